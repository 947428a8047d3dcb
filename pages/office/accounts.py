"""Roster and accounts side by side: who has a role and no account, and whose account has no role any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl
import streamlit as st

from access import Refused, Role, Viewer
from components.cards.card import Card, card, plain_table
from components.cards.states import where
from components.cards.tiles import Tile, tiles
from components.documents.downloads import csv_of
from components.session_answers import ask
from components.tables.heat_table import Cell, heat_table
from components.wording import _
from pages.choice import period
from pages.origin import origin
from records import accounts as stored
from records import sessions

# Whose account it is: nobody's on the roster, somebody's without a role today, somebody's with one.
STANDINGS = {"stranger": 0, "idle": 1, "held": 2}


@dataclass(frozen=True, slots=True)
class Matched:
    """The roster beside the accounts: `staff` has a row per person, role and school, `held` the accounts in use."""

    staff: pl.DataFrame
    people: pl.DataFrame
    missing: pl.DataFrame
    held: pl.DataFrame

    @property
    def without(self) -> int:
        """How many people with a role have no account."""
        return self.missing.get_column("staff_number").n_unique()

    def odd(self, why: str) -> int:
        """How many accounts have nobody behind them (stranger) or nobody with a role today (idle)."""
        return self.held.filter(pl.col("standing") == why).height


def page(viewer: Viewer) -> None:
    """Staff by name, for whoever gives accounts; nobody's child."""
    if viewer.masked:
        raise Refused("staff_on_projector")
    found = matched(ask(viewer, "staff_directory"), stored.everyone(), sessions.last_started())
    staff, without = f"{found.people.height:,}", f"{found.without:,}"
    key = "accounts.finding_some" if found.without else "accounts.finding_all"
    st.title(_(key, staff=staff, without=without), anchor=False)
    where(_("accounts.where", until=period(viewer).until_text))
    tiles(
        [
            Tile(_("accounts.staff"), staff),
            Tile(_("accounts.with_account"), f"{found.people.height - found.without:,}"),
            Tile(_("accounts.without_account"), without),
            Tile(_("accounts.idle"), f"{found.odd('idle'):,}", (_("accounts.idle_note"),)),
            Tile(_("accounts.strangers"), f"{found.odd('stranger'):,}", (_("accounts.strangers_note"),)),
        ]
    )
    _grid_card(found.staff, origin(viewer, ("roster",)))
    _missing_card(found)
    _held_card(found)


def matched(directory: pl.DataFrame, held: list[stored.Account], signed_in: dict[str, datetime]) -> Matched:
    """Roster and accounts matched by staff number; never by name, for two people may share one."""
    in_use = [each for each in held if each.disabled_at is None]
    numbers = {each.staff_number for each in in_use if each.staff_number}
    staff = directory.filter(pl.col("role").is_not_null()).with_columns(
        has_account=pl.col("staff_number").is_in(numbers)
    )
    known, working = set(directory.get_column("staff_number")), set(staff.get_column("staff_number"))
    # grouped here: accounts are in the records store, and a question has no list of a person's roles
    roles = dict(staff.group_by("staff_number").agg(pl.col("role").unique().sort()).iter_rows())
    return Matched(
        staff,
        staff.unique("staff_number", maintain_order=True),
        staff.filter(~pl.col("has_account")),
        pl.DataFrame(
            [
                (
                    each.username,
                    each.name,
                    each.staff_number,
                    roles.get(each.staff_number, []),
                    signed_in.get(each.username),
                    _standing(each.staff_number, known, working),
                )
                for each in in_use
            ],
            schema={
                "username": pl.String,
                "name": pl.String,
                "staff_number": pl.String,
                "roles": pl.List(pl.String),
                "signed_in_at": pl.Datetime("us", "UTC"),
                "standing": pl.String,
            },
            orient="row",
        ),
    )


def _standing(staff_number: str | None, known: set[str], working: set[str]) -> str:
    if staff_number not in known:
        return "stranger"
    return "held" if staff_number in working else "idle"


def _place(row: dict[str, object]) -> str:
    return str(row["school_name"] or _("accounts.board"))


def _grid_card(staff: pl.DataFrame, came_by: pl.DataFrame) -> None:
    roles = [role for role in Role if role.value in set(staff.get_column("role"))]
    counted: dict[tuple[str, str], list[bool]] = {}
    for row in staff.rows(named=True):
        counted.setdefault((_place(row), row["role"]), []).append(row["has_account"])
    places = list(dict.fromkeys(place for place, _role in counted))
    finding = _("accounts.grid_finding")
    with card(Card(finding, "grid", _("accounts.grid_about"), origin=came_by)):
        heat_table(
            _("column.school"),
            [_(f"role.{role}") for role in roles],
            [(place, [_cell(counted.get((place, role.value), [])) for role in roles]) for place in places],
            finding,
        )


def _cell(has_account: list[bool]) -> Cell:
    if not has_account:
        return Cell("", tone="unused")
    words = _("accounts.of", held=sum(has_account), all=len(has_account))
    if not any(has_account):
        return Cell(f"▲ {words}", tone="late")
    return Cell(words, tone="good" if all(has_account) else "plain")


def _missing_card(found: Matched) -> None:
    if found.missing.is_empty():
        return
    finding = _("accounts.missing_finding", people=f"{found.without:,}")
    with card(Card(finding, "missing", _("accounts.missing_about"))):
        plain_table(
            found.missing.select(
                **{
                    _("column.school"): pl.col("school_name").fill_null(_("accounts.board")),
                    _("column.role"): pl.col("role").replace_strict(_role_words(), return_dtype=pl.String),
                    _("column.staff_number"): pl.col("staff_number"),
                    _("column.name"): pl.concat_str("staff_family_name", pl.lit(" "), "staff_given_name"),
                }
            ),
            finding,
        )
        st.download_button(
            _("accounts.missing_copy"),
            data=csv_of(
                found.missing.unique("staff_number", maintain_order=True).select(
                    "staff_number", "school_name", "role", last_name="staff_family_name", first_name="staff_given_name"
                )
            ),
            file_name="miharashi-staff-without-account.csv",
            mime="text/csv",
            key="copy-missing",
        )
        st.text(_("accounts.missing_next"))


def _held_card(found: Matched) -> None:
    odd = found.odd("stranger") + found.odd("idle")
    never = found.held.get_column("signed_in_at").null_count()
    finding = _("accounts.odd_finding", accounts=odd) if odd else _("accounts.odd_none", accounts=found.held.height)
    words = _role_words()
    standing = pl.col("standing").replace_strict(STANDINGS, return_dtype=pl.Int8)
    roles = (
        pl.col("roles")
        .list.eval(pl.element().replace_strict(words, return_dtype=pl.String))
        .list.join(_("state.comma"))
    )
    table = found.held.sort(standing, "signed_in_at", "username", nulls_last=False).select(
        **{
            _("column.username"): pl.col("username"),
            _("column.name"): pl.col("name"),
            _("column.staff_number"): pl.col("staff_number").fill_null(_("figure.none")),
            _("column.role"): pl.when(pl.col("standing") == "held")
            .then(roles)
            .when(pl.col("standing") == "idle")
            .then(pl.lit(_("accounts.odd_idle")))
            .otherwise(pl.lit(_("accounts.odd_stranger"))),
            _("column.last_sign_in"): pl.col("signed_in_at")
            .dt.convert_time_zone("Asia/Tokyo")
            .dt.strftime("%Y-%m-%d %H:%M")
            .fill_null(_("accounts.not_recorded")),
        }
    )
    with card(Card(finding, "held", _("accounts.odd_about", days=sessions.DAYS_REMEMBERED))):
        if never:
            st.text(_("accounts.never", accounts=f"{never:,}", days=sessions.DAYS_REMEMBERED))
        plain_table(table, finding)


def _role_words() -> dict[str, str]:
    return {role.value: _(f"role.{role}") for role in Role}
