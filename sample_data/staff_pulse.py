"""教職員アンケート: once a term, how heavy each part of the work feels; only how many chose each answer."""

import numpy as np
import polars as pl

from sample_data.incidents import finished_months
from sample_data.school_year import SchoolYear
from sample_data.seeds import stream
from sample_data.staff import StaffYear

QUESTIONS = {
    "授業の準備をする時間が足りない": 3.4,
    "調査や報告の負担が大きい": 3.8,
    "保護者への対応の負担が大きい": 3.1,
    "家庭の時間が足りない": 3.5,
    "困ったときに相談しにくい": 2.1,
}
ANSWERS = ("まったく感じない", "あまり感じない", "どちらでもない", "やや感じる", "強く感じる")
_TERMS = (6, 10, 2)  # the months it is asked in
_YEARS = {2024: 0.2, 2025: 0.1, 2026: 0.0}
_ANSWERING = 0.86


def staff_pulse_rows(year: SchoolYear, staff: StaffYear) -> pl.DataFrame:
    """One row per school, month, question and answer."""
    rng, lasting = year.stream("staff pulse"), stream(year.seed, "staff pulse")
    of_school = lasting.normal(0, 0.25, len(year.schools))
    levels = np.arange(1, len(ANSWERS) + 1)
    rows = []
    for s, school in enumerate(year.schools):
        people = len({duty.person.staff_number for duty in staff.duties if duty.school == s})
        for month in finished_months(year.fiscal_year):
            if month.month not in _TERMS:
                continue
            answering = int(rng.binomial(people, _ANSWERING))
            for question, middle in QUESTIONS.items():
                weight = np.exp(-((levels - middle - of_school[s] - _YEARS[year.fiscal_year]) ** 2) / 2.2)
                chosen = rng.multinomial(answering, weight / weight.sum())
                rows += [
                    {"学校コード": school.code, "年月": f"{month.year}/{month.month}", "設問": question, "回答": answer, "人数": int(n)}
                    for answer, n in zip(ANSWERS, chosen, strict=True)
                ]
    return pl.DataFrame(rows)
