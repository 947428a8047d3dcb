"""One load: read what is new in the inbox, check it, put it into the lake, build the district file anew and let it take over.

What lies in the inbox for a source and 年度 *is* that 年度 of that source. Files whose bytes, mapping, reader and everything they
are checked against are as they were at the last load are not read again. A load that is killed leaves the old district file serving:
the lake changes in one step (see lake.py), the district file under a name of its own (see publish.py), and the next load finds out
from `district/built.json` that the last one did not get to its end.
"""

from __future__ import annotations

import getpass
import logging
import shutil
import time
from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from access.clock import today_in
from access.error_reference import reference_of
from ingest.contradictions import Remarks, contradictions
from ingest.files.inbox import Dropped, Inbox, inbox_of
from ingest.files.mapping import Mapping, mapping_of
from ingest.files.reasons import IngestError, Sentence, of_system, sentence
from ingest.intake.reading import ANY_ERROR, Reading, Source, foreseen, say_year_from_rows, tables_or_none
from ingest.intake.report import FileReport, LoadReport
from ingest.lake.lake import Lake
from ingest.load_log import in_force, now, remembered, write_log
from ingest.lock import only_load
from ingest.registry import SOURCES, declarations, flows
from ingest.release import release
from ingest.roster.source import write_everyone
from marts.building import BuildError, build_district
from marts.disk import why_not_written
from marts.fingerprints import before_of, built, digest, house_digest, is_build_due, note_built
from marts.incremental import Before
from marts.publish import PublishError, current, publish, published

Progress = Callable[[float, str], None]
NOTES = "loaded.json"
ALARM_SHARE = 0.5  # fewer rows than this share of the last load's are not believed without asking
ALARM_LEAST = 20
READING_SHARE = 0.4  # of the progress bar
REJECTED_KEPT = 30

log = logging.getLogger(__name__)


def load(
    data_dir: Path, progress: Progress | None = None, *, inbox: Path | None = None,
    is_confirmed: bool = False, is_trial: bool = False, wait: float = 0.0, waiting: frozenset[str] = frozenset(),
    confirmed: Collection[str] = (),
) -> LoadReport:
    """Load what lies in the inbox and publish it.

    Args:
        data_dir: the district's data directory.
        progress: hears how far the load is (0 to 1) and what it is at.
        inbox: the drop folder; `inbox` in the data directory if not given.
        is_confirmed: load even where far fewer rows come than last time, whatever the file.
        is_trial: read and check only; lake and district file stay as they are.
        wait: for how many seconds to wait until another load has ended.
        waiting: sources to leave as they are, because a file of theirs is still being copied.
        confirmed: files (name, or source/name) that somebody has looked at: their far fewer rows are right.

    Returns:
        What was done, file by file. Nothing that is wrong with a file raises.
    """
    try:
        with only_load(data_dir, wait):
            one = Load(data_dir, progress or (lambda _share, _words: None))
            one.confirmed = None if is_confirmed or is_trial else frozenset(confirmed)
            report = one.run(inbox or data_dir / "inbox", is_trial=is_trial, waiting=waiting)
            if report.outcome in ("loaded", "unchanged") and not is_trial:
                release_to_prefecture(data_dir, report)
            return report
    except IngestError as error:
        return LoadReport(outcome="locked", sentences=[error.sentence])
    except (OSError, pl.exceptions.PolarsError) as error:  # the disk is full or may not be written: what served before still serves
        why = why_not_written(error) or (error.strerror if isinstance(error, OSError) else "")
        if not why:
            raise
        log.error("load ended: %s", why)
        return LoadReport(outcome="stopped", sentences=[sentence("not_written", detail=of_system(why))])


def release_to_prefecture(data_dir: Path, report: LoadReport) -> None:
    """Give the prefecture what may leave; whatever goes wrong there changes nothing of the load, and is said."""
    try:
        if message := release(data_dir):
            report.sentences.append(message)
    except IngestError as error:
        report.sentences.append(error.sentence)


class Load:
    """One load at work."""

    def __init__(self, data_dir: Path, progress: Progress) -> None:
        self.data_dir = data_dir
        self.district = data_dir / "district"
        self.progress = progress
        self.started_at = now()
        Lake(data_dir / "lake").begin()
        self.notes: dict[str, Any] = Lake(data_dir / "lake").notes(NOTES)
        used = [int(path.stem.rpartition("-")[2]) for path in published(self.district)]
        self.report = LoadReport(load_id=max([self.notes.get("last_load", 0), built(self.district).get("load_id", 0), *used]) + 1)
        self.lake = Lake(data_dir / "lake", self.report.load_id or 0)
        self.readings: list[Reading] = []
        self.remarks = Remarks()
        self.confirmed: frozenset[str] | None = frozenset()  # files whose far fewer rows are right; None: all

    def run(self, inbox_folder: Path, *, is_trial: bool, waiting: frozenset[str] = frozenset()) -> LoadReport:
        """Do it all."""
        report = self.report
        began = time.perf_counter()
        rejected = self.data_dir / "rejected" / ("check" if is_trial else str(report.load_id))
        shutil.rmtree(rejected, ignore_errors=True)
        inbox = inbox_of(inbox_folder, flows(), waiting)
        self.read_all(inbox, rejected)
        read = [(reading.flow.source, reading.fiscal_year) for reading in self.readings]
        self.remarks = contradictions(self.lake, read, self.data_dir / "mappings")
        for file in report.files:
            file.remarked |= self.remarks.of(file.file_id)
            file.note(self.remarks.issues(file.file_id))
        report.seconds["read"] = round(time.perf_counter() - began, 2)
        if not report.files:
            report.sentences.append(sentence("nothing_dropped"))
        if is_trial:
            self.lake.abandon()
            report.outcome = "checked"
        elif self.readings or (self.lake.has("school", "all") and is_build_due(self.district, self.notes["last_load"])):
            self.take_over()
        elif report.alarms:
            self.lake.abandon()
            report.outcome = "stopped"
        elif not report.files:
            report.outcome = "nothing"
        if report.outcome not in ("loaded", "checked", "stopped"):
            report.load_id = None
        report.seconds["whole"] = round(time.perf_counter() - began, 2)
        return report

    def read_all(self, inbox: Inbox, rejected: Path) -> None:
        """Read whatever has changed, source by source, year by year."""
        self.report.files += [FileReport(source, name, outcome="left_alone", sentences=[why])
                              for source, name, why in inbox.left_alone]
        self.report.files += [FileReport(source, name, outcome="refused", sentences=[why]) for source, name, why in inbox.refused]
        file_ids = count(self.notes.get("last_file", 0) + 1)
        known = self.notes.setdefault("sources", {})
        before = in_force(self.lake)
        due = self.due(inbox)
        weights = [sum(file.path.stat().st_size for file in files) + 1 for _, _, _, files in due]
        for place, (source, mapping, year, files) in enumerate(due):
            flow = source.flow
            words = f"{flow.label['ja']} {year}年度"
            self.progress(READING_SHARE * sum(weights[:place]) / sum(weights), words)
            rests_on = {need: known.get(need, {}).get(str(year), {}).get("fingerprint") for need in flow.needs}
            fingerprint = digest([house_digest("ingest"), mapping.digest, [(file.name, file.sha256) for file in files], rests_on])
            last = known.setdefault(flow.source, {}).setdefault(str(year), {})
            if last.get("fingerprint") == fingerprint:
                same = before.filter((pl.col("source") == flow.source) & (pl.col("fiscal_year") == year))
                self.report.files += remembered(same)
                continue
            reading = Reading(flow, year, files, mapping, self.lake, rejected, file_ids, refused_rosters=self.refused_rosters(year))
            tables = tables_or_none(source, reading)
            say_year_from_rows(reading)
            reading.rows_before = last.get("rows", {})
            reading.rows_now = {table: frame.height for table, frame in tables.items()} or reading.rows_before
            alarms = self.alarms_of(reading)
            self.report.alarms += alarms
            if alarms and not self.is_confirmed(reading):
                self.report.files += [FileReport(flow.source, file.name, file.sha256, year, outcome="held_back") for file in files]
                continue
            for table, frame in tables.items():
                self.lake.write(table, year, frame, order=flow.order)
            last["fingerprint"] = fingerprint
            last["rows"] = reading.rows_now
            self.readings.append(reading)
            self.report.files += reading.reports
        if any(reading.flow.source == "roster" and reading.rows_now for reading in self.readings):
            write_everyone(self.lake)
        self.notes["last_file"] = next(file_ids) - 1

    def due(self, inbox: Inbox) -> list[tuple[Source, Mapping, int, list[Dropped]]]:
        """What may have to be read: each source with its mapping, year by year."""
        mappings = {name: mapping for name in inbox.files if (mapping := self.mapping_or_none(name))}
        return [(source, mapping, year, files) for source in SOURCES if (mapping := mappings.get(source.flow.source))
                for year, files in self.by_year(source, inbox, mapping).items()]

    def mapping_or_none(self, source: str) -> Mapping | None:
        """The mapping of a source; where the district's own cannot be understood that is said once, and its files stay as they were."""
        try:
            return mapping_of(source, self.data_dir / "mappings")
        except IngestError as error:
            name = str(error.words["mapping"])
            if not any(file.file == name for file in self.report.files):
                self.report.files.append(FileReport("", name, outcome="refused", sentences=[error.sentence]))
            return None

    def refused_rosters(self, year: int) -> list[str]:
        """The roster files that may be of a 年度 and could not be read."""
        refused = [file for file in self.report.files if file.source == "roster" and file.outcome == "refused"]
        return list(dict.fromkeys(file.file.partition("!")[0] for file in refused if file.fiscal_year in (None, year)))

    def by_year(self, source: Source, inbox: Inbox, mapping: Mapping) -> dict[int, list[Dropped]]:
        """A source's files by 年度, oldest year first; a file of no year is refused."""
        found: dict[int, list[Dropped]] = {}
        for file in inbox.files.get(source.flow.source, []):
            year = file.fiscal_year
            try:
                year = year or source.year_of(file, mapping)
                if year is None:
                    raise IngestError("no_fiscal_year")
            except ANY_ERROR as caught:
                error = foreseen(caught, source.flow.source)
                error.words.setdefault("mapping", mapping.file)
                self.report.files.append(FileReport(file.source, file.name, file.sha256, outcome="refused", sentences=[error.sentence]))
                continue
            found.setdefault(year, []).append(file)
        return dict(sorted(found.items()))

    def alarms_of(self, reading: Reading) -> list[Sentence]:
        """Tables of which far fewer rows came than last time."""
        return [
            sentence("row_count_alarm", source=dict(reading.flow.label), year=reading.fiscal_year, before=before,
                     now=reading.rows_now.get(table, 0), file=f"{reading.flow.source}/{reading.files[-1].name}")
            for table, before in reading.rows_before.items()
            if reading.flow.is_watched and before >= ALARM_LEAST and reading.rows_now.get(table, 0) < before * ALARM_SHARE
        ]

    def is_confirmed(self, reading: Reading) -> bool:
        """Whether somebody has said that far fewer rows are right; who and when stays in the notes of the lake."""
        names = {name for file in reading.files for name in (file.name, f"{reading.flow.source}/{file.name}")}
        if self.confirmed is not None and not names & self.confirmed:
            return False
        self.notes.setdefault("confirmed", []).append({
            "source": reading.flow.source, "fiscal_year": reading.fiscal_year, "rows_before": reading.rows_before,
            "rows_now": reading.rows_now, "at": str(self.started_at), "by": getpass.getuser(), "load_id": self.report.load_id,
        })
        return True

    def take_over(self) -> None:
        """Make the lake's change count, build the district file and let it serve."""
        report = self.report
        began = time.perf_counter()
        self.notes["last_load"] = report.load_id
        write_log(self.lake, report, self.readings, self.remarks, self.started_at)
        self.lake.write_notes(NOTES, self.notes)
        self.lake.commit()
        report.seconds["lake"] = round(time.perf_counter() - began, 2)
        if not self.lake.has_rows("enrollment", "municipality_figure"):
            report.outcome, report.sentences = "nothing", [*report.sentences, sentence("nobody_enrolled")]
            return
        self.district.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        before = before_of(self.district)
        try:
            try:
                self.built_and_published(before)
            except (BuildError, PublishError) as error:
                if before is None or why_not_written(error):
                    raise
                log.error("load %s could not be built upon %s: %s", report.load_id, before.path.name, error)
                self.built_and_published(None)
        except (BuildError, PublishError) as error:
            log.error("load %s was not published: %s [%s]", report.load_id, error, reference_of(error))
            why = why_not_written(error)
            report.sentences.append(
                sentence("not_written", detail=of_system(why)) if why else sentence("not_published", reference=reference_of(error))
            )
            report.outcome = "stopped"
            return
        note_built(self.district, report.load_id or 0, self.lake.root)
        report.seconds["build"] = round(time.perf_counter() - began, 2)
        report.outcome = "loaded"
        report.district = current(self.district)
        forget_old(self.data_dir / "rejected")
        self.progress(1.0, "")

    def built_and_published(self, before: Before | None) -> None:
        """Build the district file upon the one before, or from nothing, and let it serve."""
        load_id = self.report.load_id or 0
        unpublished = build_district(
            self.lake.root, self.district, load_id,
            lambda share, words: self.progress(READING_SHARE + (1 - READING_SHARE) * share, words), before=before,
            declared=declarations(), day=today_in(self.data_dir),
        )
        publish(unpublished, self.district, load_id)


def forget_old(rejected: Path) -> None:
    """Keep the rejected rows of the latest loads only: they are personal data, too."""
    kept = sorted((folder for folder in rejected.glob("*") if folder.name.isdigit()), key=lambda folder: int(folder.name))
    for folder in kept[:-REJECTED_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)
