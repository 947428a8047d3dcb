"""What the invented district exports, and how its tests read it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl

# Encoding and header of every export of the small district.
EXPORTS = {
    "calendar/calendar-{}.csv": ("utf-8-sig", "学校コード,学年,日付,区分,行事"),
    "attendance/attendance-{}.csv": ("cp932", "学校コード,児童生徒番号,日付,出欠区分,理由,備考"),
    "attendance_totals/attendance_totals-{}.csv": (
        "cp932",
        "学校コード,学級名,年月,授業日数,欠席延べ日数,出席停止・忌引等延べ日数",
    ),
    "mood/mood-{}.csv": ("utf-8", "学習者ID,日付,心の天気,回答時刻"),
    "health_room/health_room-{}.csv": (
        "cp932",
        "学校コード,児童生徒番号,来室日,来室時刻,退室時刻,来室理由,症状,体温,処置,記録者",
    ),
    "study_log/drill-{}.csv": ("utf-8-sig", "学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率"),
    "staff_hours/staff_hours-{}.csv": ("cp932", "職員番号,学校コード,年月,在校等時間,時間外在校等時間"),
    "assessment/tests-{}.csv": ("utf-8-sig", "学校コード,児童生徒番号,教科,テスト名,実施日,得点,満点"),
    "evaluation/evaluation-{}.csv": (
        "utf-8-sig",
        "学校コード,児童生徒番号,学期,教科,知識・技能,思考・判断・表現,主体的に学習に取り組む態度,評定",
    ),
    "narrative/narrative-{}.csv": ("utf-8-sig", "学校コード,児童生徒番号,学期,区分,文章"),
    "incidents/incidents-{}.csv": ("cp932", "学校コード,年月,区分,件数"),
    "staff_pulse/staff_pulse-{}.csv": ("utf-8-sig", "学校コード,年月,設問,回答,人数"),
    "dx_checklist/dx_checklist-{}.csv": ("utf-8-sig", "学校コード,項目番号,項目,回答"),
    "school_facts/school_facts-{}.csv": (
        "utf-8-sig",
        "学校コード,年度,児童生徒数,学級数,特別支援学級数,特別支援学級在籍者数,教職員数,就学援助率",
    ),
}


def rows_of(inbox: Path, file: str, year: int = 2026) -> pl.DataFrame:
    """The rows of an export as text, without those too short or wrong to be read as its own."""
    encoding, header = EXPORTS[file]
    lines = (inbox / file.format(year)).read_bytes().decode(encoding).split("\r\n")
    whole = [line.split(",") for line in lines[1:] if line.count(",") == header.count(",")]
    return pl.DataFrame(whole, schema=header.split(","), orient="row")


def roster(inbox: Path, name: str, year: int = 2026) -> pl.DataFrame:
    """One file of the roster's zip."""
    with zipfile.ZipFile(inbox / "roster" / f"roster-{year}.zip") as archive:
        return pl.read_csv(io.BytesIO(archive.read(f"{name}.csv")), infer_schema=False)
