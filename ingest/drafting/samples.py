"""What a draft would do with a file, column by column, with three cells of it: for the console of its owner, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape

from ingest.drafting.proposals import IDENTITIES, Found, Proposal, distinct_cells, reader_of, words_of
from ingest.files.header import DAY_TITLE
from ingest.files.mapping import plain
from ingest.files.sheet import Sheet
from ingest.intake.roster_index import RosterIndex

SHOWN = 3
LONGEST = 24
SURE, CHECK = "列は確か · column sure", "列は要確認 · check the column"
UNREAD = "読まない · not read"
OPEN = "? 未定 · open"


@dataclass(frozen=True)
class Sample:
    """A column of the file: what it is taken for, how sure that is, and what becomes of three of its cells."""

    title: str
    name: str
    certainty: str
    cells: tuple[tuple[str, str], ...] = ()


def samples_of(made: Proposal, sheet: Sheet, roster: RosterIndex | None) -> tuple[Sample, ...]:
    """Every column of the file; cells only of those that are read."""
    by_place = {found.place: found for found in made.found.values()}
    joined = {title: name for name, titles in made.joined.items() for title in titles}
    samples = []
    for place, title in enumerate(sheet.titles):
        found = by_place.get(place)
        name, certainty = (found.name, SURE if found.is_sure else CHECK) if found else ("", "")
        if made.wide and DAY_TITLE.fullmatch(title.strip()):
            name, certainty = made.wide["value"], SURE
        elif title in joined:
            name, certainty = joined[title], SURE
        if not name:
            samples.append(Sample(title, "", UNREAD))
            continue
        told = found or Found(name, place, 0.0, None)
        cells = tuple((cell, meaning) for cell, meaning in meanings_of(told, made, sheet, roster) if cell)
        samples.append(Sample(title, f"{name}（{made.mapping.columns.get(name, (name,))[0]}）", certainty, cells))
    return tuple(samples)


def meanings_of(found: Found, made: Proposal, sheet: Sheet, roster: RosterIndex | None) -> list[tuple[str, str]]:
    """Three different cells of a column and what each would be read as: one that cannot be read among them, where there is one."""
    kind = "code" if found.name in made.mapping.codes else words_of().get(found.name, {}).get("kind", "text")
    cells = distinct_cells(sheet, found.place)
    meaning = reader_of(kind, found.name, made.mapping, roster)
    if meaning is None:
        return [(cell, "そのまま · as it is") for cell in cells[:SHOWN]]
    read = {cell: meaning(cell) for cell in cells}
    fits = [cell for cell in cells if read[cell] is not None]
    misfits = [cell for cell in cells if read[cell] is None]
    shown = [*fits[: SHOWN - bool(misfits)], *misfits][:SHOWN]
    codes = {plain(word): means for word, means in made.mapping.codes.get(found.name, {}).items()}

    def told(cell: str) -> str:
        if kind in IDENTITIES or kind == "school":
            return "名簿にあり · known" if read[cell] is not None else "名簿になし · unknown"
        if kind == "code":
            return str(codes[plain(cell)]) if read[cell] is not None else OPEN
        return str(read[cell]) if read[cell] is not None else "読めません · not readable"

    return [(cell, told(cell)) for cell in shown]


def print_samples(console: Console, samples: tuple[Sample, ...]) -> None:
    """Print what a draft would do, on the console of whoever asked."""
    for each in samples:
        taken = f"→ {each.name} · {each.certainty}" if each.name else f"· {each.certainty}"
        console.print(f"[bold]{escape(each.title)}[/] {escape(taken)}", highlight=False, soft_wrap=True)
        for cell, meaning in each.cells:
            console.print(f"    {escape(shortened(cell))} → {escape(meaning)}", highlight=False, soft_wrap=True)


def shortened(cell: str) -> str:
    """A cell fit to stand in a line."""
    return cell if len(cell) <= LONGEST else cell[:LONGEST] + "…"
