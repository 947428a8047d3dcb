"""校務DXチェックリスト: what each school still does with paper and seals, asked once a year in the summer."""

import numpy as np
import polars as pl

from sample_data.school_year import SchoolYear
from sample_data.seeds import stream

ITEMS = {
    "保護者からの欠席連絡をデジタルで受けている": 0.2,
    "保護者へのお便りをデジタルで送っている": 0.1,
    "保護者アンケートをデジタルで行っている": 0.2,
    "職員会議の資料を紙で配っていない": -0.1,
    "職員間の連絡にチャットを使っている": -0.2,
    "校務支援システムと名簿を二重に入力していない": -0.5,
    "校外から校務に安全に接続できる": -0.7,
    "押印を求める文書をなくしている": -0.4,
    "FAXでのやりとりをなくしている": -0.6,
    "児童生徒の学習データを授業の見直しに使っている": -0.3,
}
_YEARS = {2024: -0.3, 2025: 0.1, 2026: 0.5}


def dx_checklist_rows(year: SchoolYear) -> pl.DataFrame:
    """One row per school and item; a school moves on from year to year and seldom back."""
    lasting = stream(year.seed, "dx checklist")
    ready = lasting.normal(0, 0.5, len(year.schools))[:, None] + lasting.normal(0, 0.5, (len(year.schools), len(ITEMS)))
    reached = ready + np.array(list(ITEMS.values())) + _YEARS[year.fiscal_year]
    answers = np.select([reached > 0.4, reached > -0.5], ["はい", "一部"], "いいえ")
    return pl.DataFrame([
        {"学校コード": school.code, "項目番号": f"{i + 1:02d}", "項目": item, "回答": str(answers[s, i])}
        for s, school in enumerate(year.schools)
        for i, item in enumerate(ITEMS)
    ])  # fmt: skip
