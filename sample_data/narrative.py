"""Written assessments: a teacher's sentences at the end of a term, made of parts that fit any child."""

import numpy as np
import polars as pl

from sample_data.calendar_days import TERMS, TODAY
from sample_data.school_year import SchoolYear
from sample_data.schools import SPECIAL

_STUDY = [
    "算数では、図や式を使って自分の考えを友だちに説明できました。", "国語の物語文では、登場人物の気持ちを叙述をもとに読み取りました。",
    "理科の実験では、予想と結果を比べて考えをまとめました。", "漢字や計算の練習に、毎日こつこつと取り組みました。",
    "調べたことを資料にまとめ、聞き手を意識して発表しました。", "分からないところを自分から質問し、最後までやり遂げました。",
    "社会科の見学で気付いたことを、地域のくらしと結び付けて考えました。", "ノートを見やすく整理し、学習の振り返りに役立てました。",
]  # fmt: skip
_LIFE = [
    "係の仕事に責任をもち、学級のために進んで働きました。", "困っている友だちに声をかける優しさがあります。",
    "行事では、練習から本番まで粘り強く取り組みました。", "清掃では、すみずみまで丁寧に取り組む姿が見られました。",
    "休み時間には、学年を越えて元気に遊んでいます。", "当番の活動を忘れず、落ち着いて生活しました。",
]  # fmt: skip
_NEXT = [
    "次の学期も、自分の考えを進んで伝えることを期待しています。", "見直しの習慣が付くと、さらに力が伸びるでしょう。",
    "この調子で、得意なことを広げていきましょう。", "家庭での読書も続けてほしいと思います。",
]  # fmt: skip
_SUPPORT = [
    "絵カードを手がかりに、自分で次の活動へ移れるようになりました。", "気持ちを言葉で伝える場面が増えてきました。",
    "手順表を見ながら、最後まで作業に取り組みました。", "交流学級の友だちと一緒に活動を楽しみました。",
    "苦手な音があるときは、静かな場所で気持ちを整えることができました。", "数を数えて、必要な分を準備できました。",
]  # fmt: skip


def narrative_rows(year: SchoolYear) -> pl.DataFrame:
    """総合所見 once a year for every child (for the current 年度, of the first term), and each term where marks are in words."""
    rng = year.stream("narrative")
    ends = [np.datetime64(day) for day in TERMS[year.fiscal_year][1::2]]
    ends = [end for end in ends if end <= np.datetime64(TODAY)]
    special = np.array(
        [year.schools[room.school].kind == SPECIAL or room.is_special_needs for room in year.enrolled.rooms]
    )
    in_words = special[year.enrolled.room]
    parts: list[tuple[int, int, str, str]] = []
    for term, end in enumerate(ends, start=1):
        here = (year.enrolled.begin <= end) & (year.enrolled.end >= end) & (in_words | (term == len(ends)))
        rows_here = np.flatnonzero(here)
        drawn = rng.integers(0, 1000, (len(rows_here), 3)).tolist()
        for row, (first, second, third) in zip(rows_here.tolist(), drawn, strict=True):
            if in_words[row]:
                text = _SUPPORT[first % 6] + _SUPPORT[(first + 1 + second % 5) % 6] + _LIFE[third % 6]
                parts.append((row, term, "特別支援", text))
            else:
                parts.append((row, term, "総合所見", _STUDY[first % 8] + _LIFE[second % 6] + _NEXT[third % 4]))
    rows = [part[0] for part in parts]
    return pl.DataFrame({
        "学校コード": np.array([s.code for s in year.schools], object)[year.school[rows]],
        "児童生徒番号": np.array(year.children.student_number, object)[year.child[rows]],
        "学期": [part[1] for part in parts],
        "区分": [part[2] for part in parts],
        "文章": [part[3] for part in parts],
    })  # fmt: skip
