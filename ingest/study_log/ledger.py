"""All statements of a 年度 side by side, so that one that comes twice, is taken back or is part of another is counted once or not at all.

They come chunk by chunk and lie in a table that gives way to the disk, so memory stays flat however many there are. A statement
may be taken back before it comes and in another file: only the whole can be judged.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import polars as pl

from ingest.study_log.statement import VOIDING, StatementRow

CHUNK = 50_000
MEMORY = "512MiB"  # beyond it statements lie on the disk: two million were judged within 128 MiB
JUDGED = (Path(__file__).parent / "judged.sql").read_text(encoding="utf-8")
# ids and addresses of things are only ever compared: a number of fixed width takes their place
TABLES = """
    create table statement (
        place bigint, file_id integer, file_row integer, kind tinyint, id uhugeint, content bigint, student_id integer, school_id integer,
        day date, subject varchar, tool varchar, study_session ubigint, seconds double, is_judged boolean, is_right boolean, parent ubigint,
        has_question boolean
    );
    create table voiding (id uhugeint, file_id integer);
    create table question (question ubigint);
"""
INSERT_STATEMENTS = """
    insert into statement
    select
        place, file_id, file_row, kind, md5_number(id), content, student_id, school_id, day, subject, tool, hash(study_session), seconds,
        is_judged, is_right, case when parent <> '' then hash(parent) end, has_question
    from chunk where kind <> $voiding
"""
INSERT_VOIDINGS = "insert into voiding select md5_number(id), file_id from chunk where kind = $voiding"
INSERT_QUESTIONS = "insert into question select distinct hash(question) from chunk where question <> '' and kind <> $voiding"
SCHEMA = {
    "kind": pl.Int8, "id": pl.String, "content": pl.Int64, "student_id": pl.Int32, "school_id": pl.Int32, "day": pl.Int32,
    "subject": pl.String, "tool": pl.String, "study_session": pl.String, "seconds": pl.Float64, "is_judged": pl.Boolean,
    "is_right": pl.Boolean, "question": pl.String, "parent": pl.String, "has_question": pl.Boolean, "file_id": pl.Int32,
    "file_row": pl.Int32,
}
COUNTED = """
    select
        school_id, student_id, day, subject, tool, cast(round(sum(seconds)) as integer) as seconds,
        cast(sum(answers) as integer) as answers, cast(sum(correct) as integer) as correct, file_id, min(file_row) as file_row
    from judged where verdict = 'counted'
    group by school_id, student_id, day, subject, tool, file_id
"""


class Ledger:
    """The statements of one 年度; a context, because what lies on the disk is removed at its end.

    It lies in the load's own folder: what a load that is killed leaves there, the next one clears away.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "statements.tmp"

    def __enter__(self) -> Ledger:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.connection = duckdb.connect(config={
            "memory_limit": MEMORY, "temp_directory": str(self.folder), "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
        })
        self.connection.execute(TABLES)
        self.waiting: list[tuple[object, ...]] = []
        self.count = 0
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, statement: StatementRow, file_id: int, row: int) -> None:
        """One more statement."""
        self.waiting.append((*statement, file_id, row))
        if len(self.waiting) >= CHUNK:
            self.put()

    def put(self) -> None:
        """Bring what is waiting into the table."""
        if not self.waiting:
            return
        columns = list(zip(*self.waiting, strict=True))  # twice as quick as handing over the rows
        chunk = pl.DataFrame(columns, schema=SCHEMA, orient="col").with_columns(pl.col("day").cast(pl.Date))
        chunk = chunk.with_row_index("place", offset=self.count)
        self.count += len(self.waiting)
        self.waiting.clear()
        self.connection.register("chunk", chunk)
        for insert in (INSERT_STATEMENTS, INSERT_VOIDINGS, INSERT_QUESTIONS):
            self.connection.execute(insert, {"voiding": VOIDING})
        self.connection.unregister("chunk")

    def forget(self, file_id: int) -> None:
        """Take out the statements of a file: it cannot be read to its end."""
        self.put()
        for table in ("statement", "voiding"):
            self.connection.execute(f"delete from {table} where file_id = $file_id", {"file_id": file_id})

    def judge(self, summary: pl.DataFrame) -> None:
        """Decide on every statement, now that all are known.

        Args:
            summary: student_id, day, subject and tool of what the tools' own summaries tell of.
        """
        self.put()
        self.connection.register("summary", summary)
        self.connection.execute(f"create table judged as {JUDGED}")
        self.connection.unregister("summary")

    def counted(self) -> pl.DataFrame:
        """What was learnt: a row per child, day, subject, tool and file."""
        return self.connection.sql(COUNTED).pl()

    def verdicts(self) -> dict[int, dict[str, int]]:
        """How many statements of each file met which end; voiding ones are among them."""
        found: dict[int, dict[str, int]] = {}
        rows = self.connection.execute(
            "select file_id, verdict, count(*) from judged group by file_id, verdict "
            "union all select file_id, 'voiding', count(*) from voiding group by file_id"
        ).fetchall()
        for file_id, verdict, statements in rows:
            found.setdefault(file_id, {})[verdict] = statements
        return found

    def conflicts(self) -> dict[int, frozenset[int]]:
        """file_id → the rows whose id stood for something else before."""
        rows = self.connection.execute("select file_id, list(file_row) from judged where verdict = 'conflict' group by file_id")
        return {file_id: frozenset(found) for file_id, found in rows.fetchall()}
