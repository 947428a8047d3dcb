"""`python -m bench` lists what can be measured; `python -m bench pages` measures it."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.districts import KEPT_DISTRICT, kept_district

command = typer.Typer(add_completion=False, help="Figures of speed, as ratios within one run. Nothing here fails by being slow.")
console = Console()
CITIES = KEPT_DISTRICT.with_name("city")
Runs = Annotated[int, typer.Option("--runs", help="Measured repetitions of each thing, after a warm-up.")]
DataFolder = Annotated[
    Path, typer.Option("--district", help="A loaded data directory; the sample district is made there if it is empty.")
]


@command.callback(invoke_without_command=True)
def suites(context: typer.Context) -> None:
    """List the suites when none is named."""
    if context.invoked_subcommand is None:
        console.print("questions     every question of every page: median and p95 ms, warm")
        console.print("pages         server time of each page against a bare Streamlit page with the same charts")
        console.print("constant      server time of each page against the same page on constant data: first opening, and every touch")
        console.print("xapi          rows per second of the statement reader against a bare read_json of the same bytes")
        console.print("loaders       rows a second of each loader against a bare read_csv, and peak memory at two file sizes")
        console.print("city          a city's lake of any size, built: seconds of work and peak memory, size by size")
        console.print("city-questions  every question of every page asked of a city, warm and cold, beside the sample district")
        console.print("signals       each signal looked back upon: planted stories found, how soon, and flags a class and week")
        console.print("first-start   from the first command to the first page")
        console.print("same          two district files, table by table: whether another version makes the same of the same inbox")
        console.print("mondays       a real spring and summer day by day: what must hold after every load, and whether it did")
        console.print("daily         from a day's files in a watched drop folder to an open page, part by part")
        console.print("\nuv run python -m bench SUITE [--help]")


@command.command()
def questions(runs: Runs = 30, district: DataFolder = KEPT_DISTRICT) -> None:
    """Time every question of every page on the sample district, warm."""
    from bench import questions as suite

    gc.freeze()
    suite.measured(kept_district(district), runs, console)


@command.command()
def pages(runs: Runs = 30, district: DataFolder = KEPT_DISTRICT) -> None:
    """Time every page's server side against a bare page with the same charts."""
    from bench import pages as suite

    suite.measured(kept_district(district), runs, console)


@command.command()
def constant(runs: Runs = 10, district: DataFolder = KEPT_DISTRICT) -> None:
    """Time every page with its questions against the same page on constant data."""
    from bench import constant as suite

    suite.measured(kept_district(district), runs, console)


@command.command()
def xapi(runs: Runs = 5, district: DataFolder = KEPT_DISTRICT) -> None:
    """Time the reader of xAPI statements against DuckDB's bare read_json of the same bytes."""
    from bench import xapi as suite

    suite.measured(kept_district(district), runs, console)


@command.command()
def loaders(
    district: DataFolder = KEPT_DISTRICT,
    times: Annotated[int, typer.Option("--times", help="Each file so many times over: memory must not grow with it.")] = 1,
) -> None:
    """Time each loader against DuckDB's bare read_csv of the same bytes."""
    from bench import loaders as suite

    suite.measured(kept_district(district), times, console)


@command.command()
def daily(district: DataFolder = KEPT_DISTRICT) -> None:
    """Time a day's files from a watched drop folder to a page that is open."""
    from bench import daily as suite

    suite.measured(kept_district(district), console)


@command.command()
def city(
    schools: Annotated[list[int], typer.Option("--schools", help="How many schools; give it again for another size.")],
    place: Annotated[Path, typer.Option("--place", help="Where the cities are written: 10 GB for 500 schools.")] = CITIES,
    district: DataFolder = KEPT_DISTRICT,
) -> None:
    """Write and build cities of the sizes given: 24 is the sample district, 500 a designated city of 266,000 children."""
    from bench import city as suite

    suite.measured(kept_district(district), schools, place, console)


@command.command()
def city_questions(
    schools: Annotated[int, typer.Option("--schools", help="Which city; it is written and built if it is not there.")],
    runs: Runs = 30,
    place: Annotated[Path, typer.Option("--place", help="Where the cities are.")] = CITIES,
    district: DataFolder = KEPT_DISTRICT,
) -> None:
    """Ask every question of every page of a city, warm and cold, and of the sample district in turn."""
    from bench import city as builder
    from bench import city_questions as suite

    sample, asked = kept_district(district), place / str(schools)
    if not (asked / builder.PUBLISHED).is_file():
        builder.measured(sample, [schools], place, console)
    gc.freeze()
    suite.measured(sample, asked, runs, console)


@command.command()
def signals(district: DataFolder = KEPT_DISTRICT) -> None:
    """Look back on a year of signals in the sample district: what they found, how soon, how often they spoke."""
    from bench import signals as suite

    suite.measured(kept_district(district), console)


@command.command()
def mondays(
    whole: Annotated[bool, typer.Option("--whole", help="Every child and source, not two cohorts and four sources.")] = False,
) -> None:
    """Live through real days with all that goes wrong on them; ends with 1 where something did not hold."""
    from bench import mondays as suite

    if not suite.measured(console, is_whole=whole):
        raise typer.Exit(1)


@command.command()
def same(
    before: Annotated[Path, typer.Argument(help="A data directory with a published district.")],
    after: Annotated[Path, typer.Argument(help="Another, of the same inbox, loaded from nothing by another version.")],
    renamed: Annotated[list[str] | None, typer.Option("--renamed", help="OLD=NEW or TABLE.OLD=NEW; again for more.")] = None,
    named: Annotated[list[str] | None, typer.Option("--named", help="A TABLE or TABLE.COLUMN meant to be different.")] = None,
) -> None:
    """Compare two published district files; ends with 1 where something differs that was not named."""
    from bench import same as suite

    pairs = (each.partition("=") for each in renamed or [])
    expected = suite.Expected({old: new for old, _sign, new in pairs}, named or [])
    if not suite.measured(before, after, expected, console):
        raise typer.Exit(1)


@command.command()
def first_start() -> None:
    """Time a first and a second start, in a directory of its own."""
    from bench import first_start as suite

    suite.measured(console)


if __name__ == "__main__":
    command()
