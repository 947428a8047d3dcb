"""What the gate lets through of sums: what municipalities sent, and girls and boys over the whole district."""

from __future__ import annotations

import pytest

from access import Refused, Viewer
from access.sql_allowlist import allowed
from tests.access.conftest import OKADA, SASAKI, SATO, STRANGER, SUZUKI, TAKAHASHI, TANAKA, WATANABE, YAMADA
from tests.access.test_gate import (
    EVERY_CELL,
    EVERY_CHILD,
    EVERY_CLASS,
    EVERY_DAY,
    EVERY_FLAG,
    EVERY_LOAD,
    EVERY_NAME,
    EVERY_ORIGIN,
    EVERY_SCHOOL,
    EVERY_STAFF,
    EVERY_VISIT,
    asked,
)

pytestmark = pytest.mark.usefixtures("tiny_district")

EVERY_SEX = allowed("every_sex", "select absence_by_sex.sex, absence_by_sex.cases, absence_by_sex.people from absence_by_sex")
EVERY_TOWN = allowed("every_town", "select municipality.municipality_code from municipality")
EVERY_TOWNS_FIGURE = allowed(
    "every_towns_figure", "select municipality_figure.municipality_code, municipality_figure.indicator from municipality_figure"
)


def test_a_prefecture_sees_what_towns_sent_kind_by_kind_and_no_school() -> None:
    for viewer in (OKADA, OKADA.as_masked()):
        assert asked(viewer, EVERY_TOWN).rows() == [("131998",), ("131999",)]
        assert sorted(asked(viewer, EVERY_TOWNS_FIGURE).rows()) == [("131999", "absence_rate"), ("131999", "overtime_hours")]
        assert asked(viewer, EVERY_SCHOOL).is_empty()
        assert asked(viewer, EVERY_CLASS).is_empty()
        assert set(asked(viewer, EVERY_CELL).get_column("place")) == {"district"}
        assert asked(viewer, EVERY_ORIGIN).is_empty()
        for question in (EVERY_CHILD, EVERY_NAME, EVERY_DAY, EVERY_VISIT, EVERY_FLAG, EVERY_STAFF, EVERY_LOAD):
            with pytest.raises(Refused, match="not_shared"):
                asked(viewer, question)


@pytest.mark.parametrize("viewer", [SUZUKI, TANAKA, SASAKI, YAMADA, WATANABE, SATO, TAKAHASHI, STRANGER])
def test_what_towns_sent_is_the_prefectures_alone(viewer: Viewer) -> None:
    assert asked(viewer, EVERY_TOWN).is_empty()
    assert asked(viewer, EVERY_TOWNS_FIGURE).is_empty()


def test_sexes_are_told_apart_over_the_whole_district_alone_and_never_where_suppressed() -> None:
    assert asked(SATO, EVERY_SEX).rows() == [("female", 40, 900), ("male", 38, 920), ("female", None, None)]
    for viewer in (SUZUKI, SUZUKI.as_masked(), TANAKA, SASAKI, YAMADA, WATANABE, TAKAHASHI, OKADA, STRANGER):
        assert asked(viewer, EVERY_SEX).is_empty()
