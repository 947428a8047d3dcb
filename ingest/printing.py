"""A load report as people read it: one table of files, then every sentence in both languages."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.files.reasons import BLANK, Sentence
from ingest.intake.report import FileReport, LoadReport

OUTCOMES = {
    "loaded": "取り込みました · loaded",
    "checked": "確かめました（変更なし） · checked, nothing changed",
    "unchanged": "変わったものはありません · nothing has changed",
    "stopped": "公開しませんでした。前の版がそのまま使われます · not published, the version before keeps serving",
    "none": "1行も取り込めませんでした · not one row was loaded",
    "nothing": "取り込めるものがありません · nothing to load",
    "locked": "動かせませんでした · not started",
}
NAMES = {
    "loaded": "取込 loaded", "unchanged": "変更なし same", "rejected": "取り込まずに分けた行 set aside",
    "remarked": "取り込み、確かめてほしい行 loaded, worth a look",
}
# what follows from another row that was rejected: mended there, it is loaded by itself
FOLLOWING = ("rejected_reference", "rejected_person", "rejected_school", "rejected_class", "rejected_enrollment")
MOST_PRINTED = 40
MOST_PLACES = 3
MOST_NAMED = 6  # files with the same to be said of them


def print_report(console: Console, report: LoadReport) -> None:
    """Print what a load did."""
    read = [file for file in report.files if file.outcome in ("loaded", "unchanged")]
    if read:
        console.print(table_of_files(read))
    print_sentences(console, [file for file in report.files if file.outcome != "left_alone"])
    print_left_alone(console, [file for file in report.files if file.outcome == "left_alone"])
    print_issues(console, [file for file in read if file.outcome == "loaded"])
    for message in (*report.alarms, *report.sentences):
        print_reason(console, message)
    whole = f"  {report.seconds['whole']:.1f} s" if "whole" in report.seconds else ""
    outcome = report.outcome if report.is_anything_in or report.outcome not in ("loaded", "checked", "unchanged") else "none"
    console.print(f"[bold]{OUTCOMES[outcome]}[/]{whole}", highlight=False)


def table_of_files(read: list[FileReport]) -> Table:
    """One line per file, with its rows."""
    table = Table(box=None, pad_edge=False)
    table.add_column("file", no_wrap=True, min_width=38)
    for title in ("", "rows", "loaded", "unchanged", "rejected", "remarked"):
        table.add_column(title, justify="right" if title else "left", no_wrap=True)
    for file in read:
        table.add_row(
            escape(full_name(file)), NAMES[file.outcome], f"{file.rows_read:,}", f"{file.rows_loaded:,}",
            f"{file.rows_unchanged:,}", f"[bold]{file.rows_rejected:,}[/]" if file.rows_rejected else "0",
            f"{sum(file.remarked.values()):,}",
        )
    return table


def full_name(file: FileReport) -> str:
    """A file with its folder; what stands inside a zip comes behind the zip's name and an exclamation mark."""
    return f"{file.source}/{file.file}" if file.source else file.file


def print_sentences(console: Console, files: list[FileReport]) -> None:
    """Print what is said of whole files, each sentence once with the files it is about."""
    about: dict[Sentence, list[str]] = {}
    for file in files:
        for message in file.sentences:
            about.setdefault(message, []).append(full_name(file))
    for message, names in about.items():
        more = f" · +{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
        console.print(f"[bold]{escape(' · '.join(names[:MOST_NAMED]))}[/]{more}", highlight=False)
        print_reason(console, message)


def print_left_alone(console: Console, files: list[FileReport]) -> None:
    """Print once per folder what is left as it is."""
    folders: dict[tuple[str, str], list[FileReport]] = {}
    for file in files:
        folders.setdefault((file.source, file.sentences[0].code), []).append(file)
    for (source, _), those in folders.items():
        console.print(f"[bold]{escape(source or those[0].file)}[/] × {len(those)}", highlight=False)
        print_reason(console, those[0].sentences[0])


def print_issues(console: Console, files: list[FileReport]) -> None:
    """Print what is said of rows, each sentence once with its rows: of rejected ones, causes before what follows, then remarks."""
    rows: Counter[tuple[Sentence, bool]] = Counter()
    places: dict[tuple[Sentence, bool], list[str]] = {}
    for file in files:
        for issue in file.issues:
            about = (issue.sentence, issue.is_rejected)
            rows[about] += issue.rows
            more = " …" if issue.rows > len(issue.first) else ""
            places.setdefault(about, []).append(f"{full_name(file)} {', '.join(map(str, issue.first))}{more}")
    ordered = sorted(rows, key=lambda about: (not about[1], about[0].code in FOLLOWING, -rows[about]))
    for said, is_rejected in ordered[:MOST_PRINTED]:
        where = places[said, is_rejected]
        outcome = NAMES["rejected" if is_rejected else "remarked"]
        console.print(f"  [bold]{rows[said, is_rejected]:,} × {said.code}[/]  {outcome}", highlight=False)
        print_words(console, said)
        shown = " · ".join(where[:MOST_PLACES]) + (f" · +{len(where) - MOST_PLACES}" if len(where) > MOST_PLACES else "")
        console.print(f"    行 rows: {escape(shown)}", highlight=False)
    if len(ordered) > MOST_PRINTED:
        console.print(f"  +{len(ordered) - MOST_PRINTED}", highlight=False)
    kept = sorted({file.kept_in.rpartition("/")[0] for file in files if file.kept_in})
    if kept:
        console.print(f"  → {', '.join(kept)}/", highlight=False)


def open_blanks(text: str) -> str:
    """A sentence whose blanks differ from row to row."""
    return BLANK.sub("…", text)


def print_reason(console: Console, message: Sentence) -> None:
    """Print one sentence and its remedy in both languages, with its code."""
    console.print(f"  [bold]{message.code}[/]", highlight=False)
    print_words(console, message)


def print_words(console: Console, message: Sentence) -> None:
    """Print one sentence and its remedy in both languages."""
    console.print(f"    {escape(open_blanks(message.ja))} {escape(open_blanks(message.remedy_ja))}", highlight=False)
    console.print(f"    {escape(open_blanks(message.en))} {escape(open_blanks(message.remedy_en))}", style="dim", highlight=False)
