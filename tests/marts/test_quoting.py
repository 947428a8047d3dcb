"""What is written into SQL comes out of it as it was."""

from __future__ import annotations

import duckdb
import pytest

from marts.quoting import among, identifier, identifiers, literal

ODD = ["plain", "two words", 'a "quoted" one', "l'école", "欠席", "select", "a;b--c", "back\\slash"]


@pytest.mark.parametrize("words", ODD)
def test_words_and_names_come_back_as_they_were(words: str) -> None:
    with duckdb.connect() as connection:
        answer = connection.sql(f"select {literal(words)} as {identifier(words)}")
        assert (answer.columns, answer.fetchall()) == ([words], [(words,)])


def test_names_stand_one_after_another() -> None:
    assert identifiers(["day", 'a"b']) == '"day", "a""b"'


@pytest.mark.parametrize(("years", "found"), [([2026, 2024], [2024, 2026]), ([2025], [2025]), ([], [])])
def test_only_rows_of_these_years_are_found(years: list[int], found: list[int]) -> None:
    with duckdb.connect() as connection:
        rows = connection.sql(
            f"select fiscal_year from (values (2024), (2025), (2026)) as t (fiscal_year) where {among(years)} order by 1"
        ).fetchall()
    assert [row[0] for row in rows] == found
