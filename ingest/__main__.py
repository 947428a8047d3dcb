"""The loader at the command line: `python -m ingest load`, `check`, `watch`, `explain`, `rollback`. Data goes in here, and nowhere else."""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from access.settings import settings
from ingest.drafting.draft import draft_of
from ingest.drafting.samples import print_samples
from ingest.files.reasons import IngestError, known_reasons, of_system, sentence
from ingest.handover_desk import received
from ingest.intake.report import LoadReport
from ingest.loading import load
from ingest.lock import only_load
from ingest.printing import print_reason, print_report
from ingest.published_words import write_pages
from ingest.registry import flows
from ingest.release import release
from ingest.watching import Watch, watching
from marts.publish import PublishError, rollback

FOLDERS = ", ".join(flow.source for flow in flows())
app = typer.Typer(
    name="ingest", no_args_is_help=True, add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False,
    help=f"""Load a school district's own exports into Miharashi.

    学校や教育委員会のシステムが書き出したファイルを、見晴らしに取り込みます。

    Files lie in the inbox, one folder per source: {FOLDERS}.
    Every row is either loaded or kept in rejected/ with its reason. Loading the same file again changes nothing.

    Exit status: 0 everything is in · 1 loaded, with rows or files set aside · 2 nothing was loaded.""",
)
HOME = settings().data_dir
WAIT = 60.0  # a day's load takes seconds, a whole district's minutes: whoever starts both by hand need not start again
screen = Console(stderr=True)
log = logging.getLogger(__name__)

Inbox = Annotated[Path | None, typer.Option("--inbox", help="The drop folder. 置き場所（省くと DATA/inbox）")]
DataDir = Annotated[Path, typer.Option("--data", help="The data directory. データの場所（環境変数 MIHARASHI_DATA）")]
Json = Annotated[Path | None, typer.Option("--json", help="Also write the report as JSON. 報告をJSONでも書く")]
Wait = Annotated[float, typer.Option("--wait", help="Seconds to wait for another load to end. 別の取り込みが終わるのを待つ秒数")]
Confirm = Annotated[list[str] | None, typer.Option(
    "--confirm", metavar="FILE", help="A file held back for its few rows that is right after all. 行数が減っていても正しいファイル",
)]


@app.command("load")
def load_inbox(
    inbox: Inbox = None, data_dir: DataDir = HOME, json_file: Json = None, confirmed: Confirm = None, wait: Wait = WAIT,
) -> None:
    """取り込んで公開します。 Load what lies in the inbox and publish it."""
    finish(with_progress(data_dir, inbox, confirmed=confirmed or (), wait=wait), json_file)


@app.command()
def check(inbox: Inbox = None, data_dir: DataDir = HOME, json_file: Json = None, wait: Wait = WAIT) -> None:
    """確かめるだけです。 Read and check, change nothing; rows that would be set aside go to rejected/check."""
    finish(with_progress(data_dir, inbox, is_trial=True, wait=wait), json_file)


@app.command("watch")
def watch_inbox(
    inbox: Inbox = None, data_dir: DataDir = HOME,
    every: Annotated[float, typer.Option("--every", min=0.1, help="Seconds between two looks. 見に行く間隔（秒）")] = 2.0,
) -> None:
    """置き場所を見張り、コピーの終わったファイルを取り込みます。 Watch the drop folder and load what has been copied to its end."""
    folder = inbox or data_dir / "inbox"
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("marts.building").setLevel(logging.WARNING)  # a line per table is too much, day after day
    stop = threading.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stop.set())
    log.info("watching, a look every %g s", every)
    watching(
        Watch(folder), lambda waiting: load(data_dir, inbox=folder, wait=WAIT, waiting=waiting),
        clock=time.monotonic, pause=lambda: stop.wait(every),
    )
    log.info("stopped")


@app.command()
def explain(code: Annotated[str, typer.Argument(help="A reason code, for example unknown_child.")] = "") -> None:
    """理由コードの意味と直し方を示します。 Say what a reason code means and what to do; without one, list all."""
    reasons = known_reasons()
    if code and code not in reasons:
        screen.print(f"{code}: ?  {', '.join(reasons)}")
        raise typer.Exit(2)
    for said in [reasons[code]] if code else reasons.values():
        print_reason(Console(), said)


@app.command("rollback")
def roll_back(data_dir: DataDir = HOME) -> None:
    """一つ前の版に戻します。 Let the version before the present one serve again, until a file changes."""
    try:
        with only_load(data_dir):
            path = rollback(data_dir / "district")
    except PublishError:
        print_reason(screen, sentence("no_older_version"))
        raise typer.Exit(2) from None
    except IngestError as error:
        print_reason(screen, error.sentence)
        raise typer.Exit(2) from None
    screen.print(f"→ {path.name}")


@app.command("release")
def release_figures(data_dir: DataDir = HOME) -> None:
    """都道府県に渡す集計を書きます。 Write the figures for the prefecture anew, as release.toml and sharing.toml have it."""
    try:
        with only_load(data_dir, WAIT):
            said = release(data_dir)
    except IngestError as error:
        print_reason(screen, error.sentence)
        raise typer.Exit(2) from None
    absent = {"ja": "ファイルがありません", "en": "there is no such file"}
    print_reason(screen, said or sentence("release_unclear", file="release.toml", detail=absent))
    raise typer.Exit(0 if said else 2)


@app.command()
def propose(
    file: Annotated[Path, typer.Argument(help="An unknown export. 形の分からないファイル")],
    data_dir: DataDir = HOME,
    source: Annotated[str, typer.Option("--source", help="Which source it is, if you know. 種類（分かるとき）")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the draft; never over a file. 下書きの保存先")] = None,
) -> None:
    """対応表の下書きを作ります。 Draft a mapping for a file with other titles and codes, for a person to confirm."""
    try:
        drafted = draft_of(file, data_dir, source)
        if out is not None and out.exists():
            raise IngestError("already_there", file=out.name)
    except IngestError as error:
        print_reason(screen, error.sentence)
        raise typer.Exit(2) from None
    print_samples(screen, drafted.samples)
    if out is None:
        print(drafted.text, end="")
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(drafted.text, encoding="utf-8")
        screen.print(f"→ {out}", highlight=False)
    raise typer.Exit(1 if drafted.is_open else 0)


@app.command("hand-over")
def hand_over(
    file: Annotated[Path, typer.Argument(help="The package from the former school. 前の学校からのZIP")],
    student_number: Annotated[str, typer.Option("--student-number", help="The child's number here. こちらの児童生徒番号")] = "",
    inbox: Inbox = None, data_dir: DataDir = HOME,
) -> None:
    """引き継ぎのパッケージを受け取ります。 Put a package from a former school into the inbox; `load` takes it in."""
    try:
        path = received(file, data_dir, inbox or data_dir / "inbox", student_number)
    except IngestError as error:
        print_reason(screen, error.sentence)
        raise typer.Exit(2) from None
    screen.print(f"→ {path.parent.name}/{path.name}", highlight=False)


@app.command("dictionary")
def write_dictionary() -> None:
    """データ辞書とプライバシーの説明（docs/）を書き直します。 Write the data dictionary and the privacy note anew."""
    for path in write_pages():
        screen.print(f"→ {path.name}")


def with_progress(
    data_dir: Path, inbox: Path | None, *, confirmed: Collection[str] = (), is_trial: bool = False, wait: float = 0.0
) -> LoadReport:
    """The report of one load, watched on the screen."""
    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        return load(
            data_dir, lambda share, words: bar.update(task, completed=share, description=words),
            inbox=inbox, confirmed=confirmed, is_trial=is_trial, wait=wait,
        )


def finish(report: LoadReport, json_file: Path | None) -> None:
    """Print the report, write it where asked, and leave with its status."""
    print_report(Console(), report)
    if json_file:
        try:
            json_file.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        except OSError as error:
            print_reason(screen, sentence("report_not_written", file=json_file.name, detail=of_system(error.strerror)))
    raise typer.Exit(report.exit_status)


if __name__ == "__main__":
    app()
