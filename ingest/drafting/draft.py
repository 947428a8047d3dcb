"""A proposal as a mapping file with comments, for a person to confirm: what was recognised, why, and what is still open.

No cell that could be somebody's name or number is written into it: only titles, shares and the words of code columns.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ingest.drafting.proposals import IDENTITIES, Found, Proposal, proposals, words_of
from ingest.drafting.samples import Sample, samples_of
from ingest.files.chunks import sheets_in
from ingest.files.header import DAY_TITLE
from ingest.files.mapping import Mapping, mapping_of, plain
from ingest.files.reasons import IngestError
from ingest.files.sheet import Sheet
from ingest.files.side_rows import without_side_rows
from ingest.files.strangers import reject_other_folders, reject_stranger
from ingest.flow import Flow
from ingest.intake.roster_index import STUDENT_OF_YEAR, RosterIndex
from ingest.lake.lake import Lake
from ingest.registry import SOURCES
from ingest.study_log.pieces import holds_statements

MOST_CODES = 40
SAME_RATE = 0.006  # systems round to whole percents
LONGEST_CODE = 16
MOST_REPEATED = 0.3  # of the rows of a file may say again what makes a row of the source one
NAMES_OF_KEYS = {"student_id": ("student", "learner"), "school_id": ("school",), "class_id": ("class",), "staff_id": ("staff",)}
NEARLY = 0.8  # a source that explains nearly as much of the file is named, too


@dataclass(frozen=True)
class Draft:
    """A mapping file to be confirmed, and whether something in it is still to be decided."""

    source: str
    text: str
    samples: tuple[Sample, ...] = ()  # for the person's own console: cells of the file

    @property
    def is_open(self) -> bool:
        """Whether a line is marked for a person to decide."""
        return any("# ?" in line for line in self.text.splitlines())


def draft_of(file: Path, data_dir: Path, source: str = "") -> Draft:
    """The draft of a mapping for an unknown file.

    Args:
        file: the export.
        data_dir: the district's data directory; its latest roster helps to recognise numbers.
        source: the source, where a person knows it.

    Raises:
        IngestError: unreadable_file, unknown_source, no_proposal, no_mapping_needed, or why the file cannot be read.
    """
    reject_stranger(file)
    reject_other_folders(file)
    if holds_statements(file):
        raise IngestError("no_mapping_needed")
    flows = {each.flow.source: each.flow for each in SOURCES}
    mappings = {name: mapping for name in flows if (mapping := mapping_of(name)).columns}
    if source and source not in mappings:
        raise IngestError("unknown_source", source=source, known=", ".join(mappings))
    sheet = sheet_to_describe(file, list(mappings.values()))
    lake = Lake(data_dir / "lake")
    years = lake.parts(STUDENT_OF_YEAR)
    roster = RosterIndex(lake, years[-1]) if years else None
    wanted = [mappings[source]] if source else list(mappings.values())
    made = proposals(sheet, wanted, roster)
    if made and (table := without_totals(sheet, made[0])) is not sheet:
        sheet, made = table, proposals(table, wanted, roster)
    if not made or (made[0].score <= 0 and not source):
        raise IngestError("no_proposal", known=", ".join(mappings))
    best = made[0]
    reject_other_grain(best, flows[best.source], sheet)
    also = [flows[each.source].label["ja"] for each in made[1:] if each.score > best.score * NEARLY]
    return Draft(best.source, draft(best, flows[best.source], sheet, tuple(also)), samples_of(best, sheet, roster))


def sheet_to_describe(file: Path, mappings: list[Mapping]) -> Sheet:
    """The table of an unknown file, its header found by any title any source knows; alike sheets of a workbook are one.

    Raises:
        IngestError: unreadable_file, or why the file cannot be read.
    """
    known = {f"{each.source}.{name}": titles for each in mappings for name, titles in each.columns.items()}
    known |= {name: tuple(entry.get("words", ())) for name, entry in words_of().items()}
    try:
        raw = file.read_bytes()
    except OSError:
        raise IngestError("unreadable_file") from None
    sheets = sheets_in(raw, {}, known)
    return replace(sheets[0], frame=pl.concat([sheet.frame.select(sheets[0].frame.columns) for sheet in sheets]))


def without_totals(sheet: Sheet, made: Proposal) -> Sheet:
    """The sheet without rows that are nobody's, as a load would pass them over; the same one where it has none."""
    places = {name: found.place for name, found in made.found.items()}
    frame, said = without_side_rows(sheet.frame, sheet.titles, places, made.mapping.required, is_end=True)
    return replace(sheet, frame=frame) if said else sheet


def reject_other_grain(made: Proposal, flow: Flow, sheet: Sheet) -> None:
    """Refuse a file that has many rows for what is one row of the source: one of a child where the source has one of a class.

    Raises:
        IngestError: another_grain.
    """
    asked = {name for key in flow.keys for name in NAMES_OF_KEYS.get(key, (key,)) if name in made.mapping.required}
    names = asked & made.found.keys()
    if not names or asked - names:
        return  # reshaped, or something is missing and said
    places = [f"c{made.found[name].place}" for name in names]
    rows = sheet.frame.select(pl.col(places).str.strip_chars())
    if rows.height and 1 - rows.n_unique() / rows.height > MOST_REPEATED:
        titles = "、".join(sheet.titles[made.found[name].place] for name in made.found if name in names)
        raise IngestError("another_grain", source=flow.label, column=titles)


def draft(made: Proposal, flow: Flow, sheet: Sheet, also: tuple[str, ...] = ()) -> str:
    """The mapping file, ready to be read over and put into the data directory.

    Args:
        made: what was recognised.
        flow: the source.
        sheet: the file.
        also: other sources the file could be.
    """
    lines = [
        f"# 「{flow.label['ja']}」({flow.source}) の対応表の下書き · draft mapping for {flow.label['en']}",
        f"# {len(sheet.titles)} 列 {sheet.frame.height} 行から作りました · from {len(sheet.titles)} columns and {sheet.frame.height} rows",
        "# ? のついた行を確かめ、直したらデータの場所の mappings フォルダに置いてください。",
        f"# Check the lines marked with ?, then save as mappings/{flow.source}.toml in the data directory.",
        f"# 確かさ · how sure: {how_sure(made, also)}",
        *(f"# ? {other} とも読めます · it might also be {other}" for other in also), "",
        f"required = {json.dumps(sorted(made.mapping.required))}",
        *settings_of(made, sheet), "", "[columns]", *column_lines(made, sheet), *unused_lines(made, sheet),
    ]
    if made.joined:
        lines += ["", "[joined]  # ひとつの値がいくつかの列に分かれています · one value in several columns"]
        lines += [f"{name} = {toml_list(parts)}" for name, parts in made.joined.items()]
    if made.wide:
        month = made.found.get("month")
        lines += [
            "", "[wide]  # 1人1か月が1行、日ごとに1列 · one row per person and month, one column per day",
            f"titles = '{DAY_TITLE.pattern}'", 'into = "day"', f'value = "{made.wide["value"]}"',
            f"month = {quoted(sheet.titles[month.place] if month else made.wide['month'])}" if month or "month" in made.wide
            else '# ? month = "年月の列" · the column that names the month',
        ]
    for name in (*made.mapping.codes, "school"):
        if (name in made.found and has_codes(made, name)) or name == made.wide.get("value"):
            lines += ["", *code_lines(made, name, sheet)]
    return "\n".join(lines) + "\n"


def how_sure(made: Proposal, also: tuple[str, ...]) -> str:
    """How sure the draft is, in both languages."""
    found = [name for name in sorted(made.mapping.required) if name in made.found or name in made.joined or name in made.wide.values()]
    sure = [name for name in found if name not in made.found or made.found[name].is_sure]
    needed = len(made.mapping.required)
    if also or made.missing:
        words = ("まだ決められません", "not yet")
    elif len(sure) < needed:
        words = ("たぶん", "probably")
    else:
        words = ("確か", "sure")
    return f"{words[0]}（必要な列 {needed} のうち {len(sure)} が確か） · {words[1]} ({len(sure)} of {needed} needed columns are sure)"


def column_lines(made: Proposal, sheet: Sheet) -> list[str]:
    """One line per column of ours: the title it has in this file and why, or that it was not found."""
    lines = []
    for name, titles in made.mapping.columns.items():
        if name in made.joined or name in made.wide.values():
            continue
        found = made.found.get(name)
        if found is not None and found.is_sure:
            lines.append(f"{name} = {toml_list([sheet.titles[found.place]])}  # {why(name, found)}")
        elif found is not None:
            others = "、".join(sheet.titles[place] for place in found.rivals)
            reason = f"{others} かもしれません · or {others}" if others else f"{why(name, found)}。よければ行頭の # ? を外します · if so"
            lines.append(f"# ? {name} = {toml_list([sheet.titles[found.place]])}  # {reason}")
        elif name in made.mapping.required:
            lines.append(f"# ? {name} = {toml_list(titles[:1])}  # {missing_words(name)}")
    return lines


def why(name: str, found: Found) -> str:
    """Why a column was taken for one of ours, with a mark where a person should look twice."""
    if found.fitting is None:
        return "見出しから · by its title"
    share = f"{found.fitting:.0%}"
    if words_of().get(name, {}).get("kind") in IDENTITIES:
        if found.fitting < 0.5:
            return f"? 名簿の番号と合うのは {share} です。別の番号なら使えません · only {share} are numbers of the roster"
        return f"値の {share} が名簿の番号です · {share} of its cells are numbers of the roster"
    return f"値の {share} がそう読めます · {share} of its cells read as such"


def missing_words(name: str) -> str:
    """What to do about a column that was not found."""
    if words_of().get(name, {}).get("kind") in IDENTITIES:
        return "番号の列がありません。氏名や出席番号からは結びつけません · no column of numbers; nobody is matched by name"
    if name == "school":
        return '見つかりません。1校だけのファイルなら [fixed] school = "学校コード" · not found; for one school write [fixed] school = "…"'
    return "見つかりません。見出しを入れてください · not found: write its title"


def unused_lines(made: Proposal, sheet: Sheet) -> list[str]:
    """The titles nothing is read from."""
    used = {found.place for found in made.found.values()}
    joined = {part for parts in made.joined.values() for part in parts}
    unused = [title for place, title in enumerate(sheet.titles)
              if place not in used and title not in joined and not (made.wide and DAY_TITLE.fullmatch(title.strip()))]
    return [f"# 読まない列 · not read: {'、'.join(unused)}"] if unused else []


def has_codes(made: Proposal, name: str) -> bool:
    """Whether a column's words need meanings: a school's do where they are not 学校コード."""
    return name in made.mapping.codes or (made.found[name].fitting or 0) < 1


def code_lines(made: Proposal, name: str, sheet: Sheet) -> list[str]:
    """The words of a code column: known ones with their meaning, others for a person to decide."""
    codes = made.mapping.codes.get(name, {})
    known = {plain(word): (word, means) for word, means in codes.items()}
    counted = words_in(made, name, sheet)
    choices = "、".join(dict.fromkeys(str(means) for means in codes.values())) or "学校コード（13けた）"
    lines = [f"[codes.{name}]  # 選べる意味 · meanings: {choices}"]
    if len(counted) > MOST_CODES:
        return [*lines, f"# ? {len(counted)} 種類の値があります。区分の列でしょうか · {len(counted)} different values: are these codes?"]
    for word, rows in sorted(counted.items(), key=lambda each: (-each[1], each[0])):
        if plain(word) in known:
            lines.append(f"{quoted(word)} = {quoted(known[plain(word)][1])}  # {rows}")
        elif len(word) <= LONGEST_CODE:
            lines.append(f'# ? {quoted(word)} = ""  # {rows} 行。意味を選び、行頭の # ? を外してください · choose a meaning')
        else:
            lines.append(f"# ? {rows} 行に長い文があります · {rows} rows hold a longer text")
    return lines


def words_in(made: Proposal, name: str, sheet: Sheet) -> Counter[str]:
    """The words of a code column and how often each stands there."""
    if name in made.found:
        places = [made.found[name].place]
    else:
        places = [place for place, title in enumerate(sheet.titles) if DAY_TITLE.fullmatch(title.strip())]
    counted: Counter[str] = Counter()
    for place in places:
        for word, rows in sheet.frame.select(pl.col(f"c{place}").str.strip_chars()).to_series().value_counts().iter_rows():
            if word:
                counted[word] += rows
    return counted


def settings_of(made: Proposal, sheet: Sheet) -> list[str]:
    """Settings of the source whose right value the cells tell; where they do not, it is left open.

    A rate of 1 or less may be meant for either scale, unless the counts beside it say which.
    """
    if "rate" not in made.found or "rate_scale" not in made.mapping.settings:
        return []

    def numbers(name: str) -> pl.Expr:
        cells = pl.col(f"c{made.found[name].place}") if name in made.found else pl.lit(None, pl.String)
        return cells.str.strip_chars().str.strip_suffix("%").cast(pl.Float64, strict=False)

    counted = sheet.frame.select(rate=numbers("rate"), answers=numbers("answers"), correct=numbers("correct"))
    highest = counted["rate"].max()
    if highest is not None and highest > 1:
        return [f"rate_scale = 100  # 正答率のいちばん大きい値は {highest} です · the highest rate is {highest}"]
    share = pl.col("correct") / pl.col("answers")
    told = counted.filter((pl.col("answers") > 0) & (pl.col("correct") > 0) & pl.col("rate").is_not_null())
    if told.height and told.select(((pl.col("rate") - share).abs() < SAME_RATE).all()).item():
        return ["rate_scale = 1  # 正答数÷解答数と合います · it is correct ÷ answers"]
    return ["# ? rate_scale = 1  # 正答率が 1 までです。0.75 が 75% なら 1、0.75% なら 100 · 1 if 0.75 means 75 %, 100 if 0.75 %"]


def quoted(value: object) -> str:
    """A value as TOML writes it."""
    return json.dumps(value, ensure_ascii=False)


def toml_list(values: list[str] | tuple[str, ...]) -> str:
    """A list of texts as TOML writes it."""
    return f"[{', '.join(quoted(value) for value in values)}]"
