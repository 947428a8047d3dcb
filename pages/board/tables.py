"""What a board is asked for and reports, as tables: the same for the screen, the paper and the workbook. No school is ranked in them."""

from __future__ import annotations

import polars as pl

from access import Viewer
from components.dates import grade_text, short_fiscal_year_text
from components.figures.figures import Figure, figure_in
from components.session_answers import ask
from components.tables.report import Column, ReportTable, Value, count_of, value_of
from components.wording import _, language, said
from pages.choice import Period
from queries.catalogue import indicators, shown_on

KINDS = ("elementary", "junior_high", "compulsory", "high", "special_needs")
GROUPS = ("leader", "homeroom", "subject", "other", "all")


def kinds_in(rows: pl.DataFrame) -> list[str | None]:
    """The kinds of schools there are, and none for the whole district at the end."""
    return [*(kind for kind in KINDS if kind in set(rows.get_column("school_kind").drop_nulls())), None]


def kind_text(kind: str | None) -> str:
    """A kind of school, or the whole district, in words."""
    return _("board.whole") if kind is None else _(f"school.kind_{kind}")


def figure_of_kind(rows: pl.DataFrame, name: str, kind: str | None, year: int, span: str) -> Figure:
    """One figure among rows of `figures_of_kinds`; an empty one where there is none."""
    found = rows.filter(
        (pl.col("indicator") == name)
        & pl.col("school_kind").eq_missing(pl.lit(kind, dtype=pl.String))
        & (pl.col("fiscal_year") == year)
        & (pl.col("period") == span)
    )
    return figure_in(found.row(0, named=True) if found.height else {}, name)


def long_absence_tables(viewer: Viewer, year: int, span: str) -> list[ReportTable]:
    """長期欠席: by length and kind of school, by grade, and by both ways of counting."""
    rows = ask(viewer, "figures_of_kinds")
    return [_by_length(rows, year, span), _by_grade(viewer, year, span), *_by_sex(viewer, year, span), _by_basis(rows, year, span)]


def _by_length(rows: pl.DataFrame, year: int, span: str) -> ReportTable:
    """How many children were away for how long, by kind of school."""
    # a table says what it is of: long absence is named here, and in the tables below hours and visits to the health room
    lengths_told = [each.name for each in shown_on("surveys", "length")]
    return ReportTable(
        "long_absence",
        _("board.lengths", year=short_fiscal_year_text(year, language())),
        (
            Column(_("column.school_kind")),
            Column(_("column.enrolled"), 0),
            *(Column(said(indicators()[name].label), 0) for name in lengths_told),
        ),
        tuple(
            (
                kind_text(kind),
                _people(
                    figure_of_kind(rows, "long_absence", kind, year, span),
                    figure_of_kind(rows, "absence_rate", kind, year, span),
                ),
                *(count_of(figure_of_kind(rows, name, kind, year, span)) for name in lengths_told),
            )
            for kind in kinds_in(rows.filter(pl.col("indicator") == "long_absence"))
        ),
        note=_(
            "board.lengths_note",
            second=indicators()["long_absence_50"].parameters["days"],
            third=indicators()["long_absence_90"].parameters["days"],
            few=indicators()["scarce_attendance"].parameters["attended"],
        ),
    )


def _by_grade(viewer: Viewer, year: int, span: str) -> ReportTable:
    """How many children were away for long, by kind of school and grade."""
    grades = ask(viewer, "figures_of_kind_grades", indicator="long_absence").filter(
        (pl.col("fiscal_year") == year) & (pl.col("period") == span) & (pl.col("school_kind") != "special_needs")
    )
    in_order = pl.col("school_kind").replace_strict({kind: at for at, kind in enumerate(KINDS)})
    return ReportTable(
        "long_absence_grades",
        _("board.grades", label=said(indicators()["long_absence"].label), year=short_fiscal_year_text(year, language())),
        (Column(_("column.school_kind")), Column(_("column.grade")), Column(_("column.enrolled"), 0),
         Column(said(indicators()["long_absence"].label), 0)),
        tuple(
            (
                kind_text(row["school_kind"]),
                grade_text(row["grade"], row["school_kind"], language()),
                row["enrolled"] if row["enrolled"] is not None else _("figure.hidden"),
                count_of(figure_in(row, "long_absence")),
            )
            for row in grades.sort(in_order, "grade").rows(named=True)
        ),
    )  # fmt: skip


def _by_basis(rows: pl.DataFrame, year: int, span: str) -> ReportTable:
    """How many children were away for long, counted with and without the days nobody had to come."""
    return ReportTable(
        "long_absence_bases",
        _("board.bases", label=said(indicators()["long_absence"].label), year=short_fiscal_year_text(year, language())),
        (Column(_("column.school_kind")), Column(_("board.basis_suspended"), 0), Column(_("board.basis_absent"), 0)),
        tuple(
            (
                kind_text(kind),
                count_of(figure_of_kind(rows, "long_absence", kind, year, span)),
                count_of(figure_of_kind(rows, "long_absence_absent", kind, year, span)),
            )
            for kind in kinds_in(rows.filter(pl.col("indicator") == "long_absence"))
        ),
        note=_("board.bases_note"),
    )


def _by_sex(viewer: Viewer, year: int, span: str) -> list[ReportTable]:
    """Girls and boys by kind of school and length; no table where the roster does not say who is which."""
    rows = ask(viewer, "absence_by_sex").filter((pl.col("fiscal_year") == year) & (pl.col("period") == span))
    if rows.is_empty():
        return []
    lengths = shown_on("surveys", "length")
    lines: list[tuple[Value, ...]] = []
    for kind in kinds_in(rows):
        for sex in ("female", "male"):
            own = rows.filter(pl.col("sex") == sex)
            made = [figure_of_kind(own, each.name, kind, year, span) for each in lengths]
            lines.append((kind_text(kind), _(f"board.{sex}"), _people(made[0], made[0]), *map(count_of, made)))
    return [ReportTable(
        "long_absence_sexes",
        _("board.sexes", year=short_fiscal_year_text(year, language())),
        (Column(_("column.school_kind")), Column(_("column.sex")), Column(_("column.enrolled"), 0),
         *(Column(said(each.label), 0) for each in lengths)),
        tuple(lines),
        note=_("board.sexes_note"),
    )]  # fmt: skip


def hours_tables(viewer: Viewer, now: Period) -> list[ReportTable]:
    """在校等時間: 年度 by 年度 over the same months, by kind of school and by group of staff."""
    rows = ask(viewer, "figures_of_kinds")
    years = sorted(set(rows.filter(pl.col("indicator") == "overtime_hours").get_column("fiscal_year")), reverse=True)
    columns = (Column(_("board.mean_hours"), 1), Column(_("board.within_limit"), 1), Column(_("board.over_limit"), 1))
    by_year = ReportTable(
        "hours",
        _("board.hours_years"),
        (Column(_("column.year")), *columns),
        tuple((short_fiscal_year_text(year, language()), *_hours(rows, None, year)) for year in years),
        note=_("board.hours_note"),
    )
    by_kind = ReportTable(
        "hours_kinds",
        _("board.hours_kinds", year=short_fiscal_year_text(now.fiscal_year, language())),
        (Column(_("column.school_kind")), *columns),
        tuple(
            (kind_text(kind), *_hours(rows, kind, now.fiscal_year))
            for kind in kinds_in(rows.filter(pl.col("indicator") == "overtime_hours"))
        ),
    )
    groups = ask(viewer, "hours_of_district_groups")
    means: dict[tuple[str, int], Value] = {
        (group, year): mean for group, year, mean in groups.select("staff_group", "fiscal_year", "mean_hours").iter_rows()
    }
    by_group = ReportTable(
        "hours_groups",
        _("board.hours_groups"),
        (Column(_("column.group")), *(Column(short_fiscal_year_text(year, language()), 1) for year in years)),
        tuple(
            (_(f"workload.group_{group}"), *(means.get((group, year), _("report.not_available")) for year in years))
            for group in GROUPS
            if group in set(groups.get_column("staff_group"))
        ),
        note=_("board.groups_note"),
    )
    return [by_year, by_kind, by_group]


def _hours(rows: pl.DataFrame, kind: str | None, year: int) -> tuple[Value, Value, Value]:
    over = value_of(figure_of_kind(rows, "overtime_over_45", kind, year, "to_date"))
    within: Value = 100 - over if isinstance(over, float) else over
    return value_of(figure_of_kind(rows, "overtime_hours", kind, year, "to_date")), within, over


def health_room_table(viewer: Viewer, now: Period) -> ReportTable:
    """保健室: visits for every 100 children at school on a day, and how many there were."""
    rows = ask(viewer, "figures_of_kinds")
    return ReportTable(
        "health_room",
        _("board.health_room", year=short_fiscal_year_text(now.fiscal_year, language())),
        (Column(_("column.school_kind")), Column(_("board.visits"), 0), Column(_("board.visits_rate"), 2)),
        tuple(
            (
                kind_text(kind),
                count_of(made := figure_of_kind(rows, "health_room_visits", kind, now.fiscal_year, "to_date")),
                value_of(made),
            )
            for kind in kinds_in(rows.filter(pl.col("indicator") == "health_room_visits"))
        ),
    )


def facts_table(viewer: Viewer, now: Period) -> ReportTable:
    """Pupils and classes of every school on 1 May, in the order of the list."""
    rows = ask(viewer, "facts_of_schools").filter(pl.col("fiscal_year") == now.fiscal_year)
    return ReportTable(
        "facts",
        _("board.facts", year=short_fiscal_year_text(now.fiscal_year, language())),
        (Column(_("column.school")), Column(_("column.students"), 0), Column(_("column.classes"), 0)),
        tuple((row["school_name"], row["students"], row["classes"]) for row in rows.rows(named=True)),
    )


def _people(first: Figure, other: Figure) -> Value:
    """How many are enrolled, as far as one of two figures of them is told."""
    for made in (first, other):
        if made.people is not None and not made.is_hidden:
            return made.people
    return _("figure.hidden")
