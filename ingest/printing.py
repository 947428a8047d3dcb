"""A load report as people read it: one table of files, then every sentence in both languages."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.files.reasons import BLANK, Sentence, known_reasons
from ingest.intake.report import FileReport, LoadReport

OUTCOMES = {
    "loaded": "取り込みました · loaded",
    "checked": "確かめました（変更なし） · checked, nothing changed",
    "unchanged": "変わったものはありません · nothing has changed",
    "stopped": "公開しませんでした。前の版がそのまま使われます · not published, the version before keeps serving",
    "nothing": "取り込めるものがありません · nothing to load",
    "locked": "動かせませんでした · not started",
}
NAMES = {
    "loaded": "取込 loaded", "unchanged": "変更なし same", "refused": "読めません refused", "left_alone": "対象外 left",
}


def print_report(console: Console, report: LoadReport) -> None:
    """Print what a load did."""
    read = [file for file in report.files if file.outcome in ("loaded", "unchanged")]
    if read:
        console.print(table_of_files(read))
    for file in report.files:
        if file.sentences and file.outcome != "left_alone":
            console.print(f"[bold]{escape(full_name(file))}[/]", highlight=False)
            for message in file.sentences:
                print_reason(console, message)
    print_left_alone(console, [file for file in report.files if file.outcome == "left_alone"])
    print_rejected(console, [file for file in read if file.outcome == "loaded" and file.rejected])
    for message in (*report.alarms, *report.sentences):
        print_reason(console, message)
    whole = f"  {report.seconds['whole']:.1f} s" if "whole" in report.seconds else ""
    console.print(f"[bold]{OUTCOMES[report.outcome]}[/]{whole}", highlight=False)


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
    """A file with its folder; what stands inside a zip goes without the zip's ending."""
    name = file.file.replace(".zip/", "/")
    return f"{file.source}/{name}" if file.source else name


def print_left_alone(console: Console, files: list[FileReport]) -> None:
    """Print once per folder what is left as it is."""
    folders: dict[tuple[str, str], list[FileReport]] = {}
    for file in files:
        folders.setdefault((file.source, file.sentences[0].code), []).append(file)
    for (source, _), those in folders.items():
        console.print(f"[bold]{escape(source or those[0].file)}[/] × {len(those)}", highlight=False)
        print_reason(console, those[0].sentences[0])


def print_rejected(console: Console, files: list[FileReport]) -> None:
    """Print why rows were rejected, reason by reason, and where they are kept."""
    totals: Counter[str] = Counter()
    for file in files:
        totals.update(file.rejected)
    for code, rows in totals.most_common():
        message = known_reasons()[code]
        console.print(f"  [bold]{rows:,} × {code}[/]  {escape(open_blanks(message.remedy_ja))}", highlight=False)
        console.print(f"    {escape(open_blanks(message.remedy_en))}", style="dim", highlight=False)
    if files:
        kept = sorted({str(file.kept_in).rpartition("/")[0] for file in files})
        console.print(f"  → {', '.join(kept)}/", highlight=False)


def open_blanks(text: str) -> str:
    """A sentence whose blanks differ from row to row."""
    return BLANK.sub("…", text)


def print_reason(console: Console, message: Sentence) -> None:
    """Print one sentence and its remedy in both languages."""
    console.print(f"  [bold]{message.code}[/]  {escape(open_blanks(message.ja))} {escape(open_blanks(message.remedy_ja))}", highlight=False)
    console.print(f"    {escape(open_blanks(message.en))} {escape(open_blanks(message.remedy_en))}", style="dim", highlight=False)
