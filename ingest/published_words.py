"""The data dictionary and the privacy note as pages to read (docs/), made from what the program declares about its data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingest.registry import declarations, flows
from marts.building import build_district
from marts.declared import ENTRY_COLUMNS, flow_rows
from marts.engines import DuckDB
from queries.catalogue import indicators
from queries.rules import signals

DOCS = Path(__file__).parents[1] / "docs"
COMMAND = "uv run python -m ingest dictionary"
MADE_FROM = "queries/dictionary.toml, queries/indicators.toml, queries/signals.toml or a source's Flow"
HEAD = f"<!-- Made by `{COMMAND}`; change {MADE_FROM} instead. -->\n"
PRIVACY_WORDS = {
    "ja": {
        "title": "# 見晴らしが扱う情報",
        "about": "見晴らしは、学校と教育委員会がすでに持っている記録だけを読みます。\n"
        "何のために読み、だれに見え、いつまで残すかを、取り込み元ごとに書きます。\n"
        "見える範囲は、名簿の担当と、教育委員会が決める表（`access/sharing.toml`）で決まります。だれがいつ見たかは記録されます。",
        "purpose": "何のために", "seen_by": "だれに見えるか", "retention": "いつまで残すか", "frequency": "届く頻度",
        "people": "## 人が書いたもの\n\n"
        "- **「見た」の記録**: だれが、いつ、どのサインを見たか。その子を氏名で見られる人に見えます。取り消しても、行は残ります。\n"
        "- **アシストログ**: 子ども・ことば・ひとこと。その子を氏名で見られる人に見え、限定の記録は管理職・養護教諭・SCだけに見えます。"
        "直しても前の文は残ります。書いた学校の外には見えません。\n"
        "- **支援計画**: めあて・手だて・だれが・いつからいつまで・見直しの日。その子を氏名で見られ、支援計画を見てよい人が読み、直せます。"
        "前の計画は残ります。書いた学校の外には見えません。\n"
        "- **書きかけの文**: アシストログに書きかけた文。本人だけに、7日間。残すか消すとなくなります。\n"
        "- **閲覧の記録**: 子どもの記録をだれが、いつ、どの役割で見たか。その子の学校の管理職に見えます。\n"
        "- **持ち出しの記録**: 面談・引き継ぎの資料、会議の資料とまとめ、表や図の写しを、だれがいつ作ったか。資料そのものは残しません。\n"
        "- **学校のできごと**: 管理職が図に書き入れた、日付と短いことば。その学校の数字を見る人みんなに見えます。人の名前は書きません。\n"
        "- **学校の工夫**: 管理職が自分の学校のしたことを書いて共有したもの。教育委員会とほかの学校の職員が読めます。"
        "取り下げても、行は残ります。\n"
        "- **会議**: 議題と決定。その学校の管理職だけに見えます。プロジェクターに映した画面は、名前のない形で残ります。\n\n"
        "これらは取り込んだ記録とは別に保管します（`MIHARASHI_RECORDS`）。\n\n"
        "## ほかの教育委員会と都道府県\n\n"
        "- 一つの見晴らしを複数の教育委員会で使うとき、名簿も記録もアカウントも、教育委員会ごとに別の場所にあり、互いに見えません。\n"
        "- 都道府県に出ていくのは、市区町村全体と学校種ごとの集計だけで、10人未満の数字と、引き算でそれが分かる数字は入りません。"
        "何を出すかは、その教育委員会の `sharing.toml` で決まり、`release.toml` を置かなければ何も出ません。",
    },
    "en": {
        "title": "# What Miharashi does with data",
        "about": "Miharashi reads only records that schools and their board already keep.\n"
        "For each source this note says what it is read for, who sees it and how long it is kept.\n"
        "The roster and a table set by the board (`access/sharing.toml`) decide who sees what."
        " Whoever looks is recorded.",
        "purpose": "What for", "seen_by": "Seen by", "retention": "Kept", "frequency": "Comes",
        "people": "## What people write\n\n"
        "- **Looks**: who looked at which signal, and when. Seen by those who see the child by name; one taken back stays in the store.\n"
        "- **Notes**: a child, a tag, a text. Seen by those who see the child by name; restricted ones by"
        " head, nurse and counselor only. A changed text stays behind the new one. Never seen outside the school they were written at.\n"
        "- **Support plans**: aim, measures, who, from when to when, day of review. Read and changed by those who see the child by"
        " name and may see plans. What stood before is kept. Never seen outside the school they were written at.\n"
        "- **Drafts**: a note somebody has begun, for that person alone, for seven days; gone once kept or emptied.\n"
        "- **Viewings**: who saw which child's record, when and in which role. Seen by the head of the child's school.\n"
        "- **Exports**: who made a paper about a child, a meeting's slides or recap, or a copy of a table or chart, and when. The file"
        " itself is not kept.\n"
        "- **Events of a school**: a day and a few words the head has written into its charts. Seen by all who see the school's"
        " figures; no names are written there.\n"
        "- **What schools share**: what a head tells of what the school did. Read by the board and by staff of other schools; one taken"
        " back stays in the store.\n"
        "- **Meetings**: agenda and decisions, for the heads of a school alone. Slides a projector showed are kept, without names.\n\n"
        "They are kept apart from what was loaded (`MIHARASHI_RECORDS`).\n\n"
        "## Other boards, and the prefecture\n\n"
        "- Where several boards share one instance, rosters, records and accounts of each lie in a place of their own, and none sees"
        " another's.\n"
        "- To a prefecture go sums of the whole municipality and of its kinds of schools alone, without figures of fewer than ten people"
        " and without those that would give one away. The board's `sharing.toml` says which; without a `release.toml` nothing goes.",
    },
}
FIGURE_HEAD = "| 名前 Name | 表示 Label | 意味 | Meaning | 単位 Unit | 取り込み元 Source |"
SIGNAL_HEAD = "| 名前 Name | 表示 Label | きまり | Rule |"
ANY_DAY = date(2026, 4, 1)  # nothing is counted of a district without a row, on whatever day


def written() -> dict[str, str]:
    """The pages by file name, as they have to stand in docs/."""
    return {"data-dictionary.md": dictionary_page(entries()), "privacy.md": privacy_page()}


def write_pages(docs: Path = DOCS) -> list[Path]:
    """Write the pages anew; returns those that have changed."""
    changed = []
    for name, text in written().items():
        path = docs / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def entries() -> list[dict[str, Any]]:
    """The dictionary of a district file without a single row: tables and types are those of any other."""
    with TemporaryDirectory() as place:
        lake = Path(place) / "lake"
        lake.mkdir()
        path = build_district(lake, Path(place) / "district", 1, declared=declarations(), day=ANY_DAY)
        engine = DuckDB(path, lake, ANY_DAY)
        columns = list(ENTRY_COLUMNS)
        rows = engine.run(f"select {', '.join(columns)} from dictionary_entry order by list_order, column_order")
        engine.abandon()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def dictionary_page(rows: list[dict[str, Any]]) -> str:
    """Every table with its columns, then every figure and every signal."""
    lines = [HEAD, "# データ辞書 Data dictionary", "", f"取り込み元 Sources: {', '.join(row['source'] for row in flow_rows(flows()))}", ""]
    for row in rows:
        if row["column_name"] is None:
            source = f"（{row['source']}）" if row["source"] else ""
            lines += ["", f"## {row['table_name']}{source}", "", f"{row['meaning_ja']} / {row['meaning_en']}", ""]
            lines += ["| 列 Column | 型 Type | 意味 | Meaning |", "|---|---|---|---|"]
        else:
            cells = (f"`{row['column_name']}`", row["column_type"], row["meaning_ja"], row["meaning_en"])
            lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    lines += ["", "# 指標 Figures", "", FIGURE_HEAD, "|---|---|---|---|---|---|"]
    for figure in indicators().values():
        label = f"{figure.label['ja']} / {figure.label['en']}"
        cells = (f"`{figure.name}`", label, figure.meaning["ja"], figure.meaning["en"], figure.unit["ja"], figure.source)
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    lines += ["", "# サイン Signals", "", SIGNAL_HEAD, "|---|---|---|---|"]
    for signal in signals().values():
        label = f"{signal.label['ja']} / {signal.label['en']}"
        cells = (f"`{signal.name}`", label, signal.rule["ja"], signal.rule["en"])
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def privacy_page() -> str:
    """What each source is for, who sees it and how long it stays: in Japanese, then in English."""
    lines = [HEAD]
    for language, words in PRIVACY_WORDS.items():
        lines += [words["title"], "", words["about"], ""]
        for flow in flow_rows(flows()):
            lines += [f"## {flow[f'label_{language}']} (`{flow['source']}`)", ""]
            lines += [f"- **{words[name]}**: {flow[f'{name}_{language}']}" for name in ("purpose", "seen_by", "retention", "frequency")]
            lines.append("")
        lines += [words["people"], ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")
