"""Bytes into cells: encodings, line ends, ragged rows, stray quotes, and what is no CSV at all."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.files.reasons import IngestError
from ingest.files.sheet import sheet_of

TEXT = "番号,氏名\r\n1,髙橋\r\n2,山﨑\r\n"


def cells(raw: bytes) -> list[tuple]:
    sheet = sheet_of(raw)
    return sheet.frame.drop("flaw").rows()


def flaws(raw: bytes) -> dict[int, str]:
    frame = sheet_of(raw).frame
    return {row: flaw for row, flaw in frame.select("file_row", "flaw").rows() if flaw}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "iso2022_jp"])
def test_the_same_cells_from_every_encoding(encoding: str) -> None:
    is_unix = encoding in ("euc_jp", "iso2022_jp")  # which have neither 髙 nor 﨑
    text, names = (TEXT.replace("髙", "高").replace("﨑", "崎"), ("高橋", "山崎")) if is_unix else (TEXT, ("髙橋", "山﨑"))
    sheet = sheet_of(text.encode(encoding))
    assert sheet.titles == ("番号", "氏名")
    assert sheet.frame.drop("flaw").rows() == [(2, "1", names[0]), (3, "2", names[1])]


# what every register is made of, and cells in which EUC-JP and CP932 are hardest to tell apart
WORDS = ["学校コード", "児童生徒番号", "日付", "出欠", "病欠", "ア", "コード", "見晴小学校", "遅刻", "４月",
         "ｶﾞｯｺｳ", "ﾋﾞｮｳｹﾂ", "ﾁｺｸ", "ー", "、。", "「」"]


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp_ext"])
@pytest.mark.parametrize("word", WORDS)
def test_words_that_read_as_something_else_in_another_encoding(word: str, encoding: str) -> None:
    sheet = sheet_of(f"学校コード,x\n{word}\n".encode(encoding))
    assert (sheet.titles[0], sheet.frame["c0"].to_list()) == ("学校コード", [word])


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
@pytest.mark.parametrize("word", ["雨", "病欠", "晴れ"])
def test_one_word_among_ascii_is_enough(word: str, encoding: str) -> None:
    assert cells(f"id,x\n1,{word}\n".encode(encoding)) == [(2, "1", word)]


def test_half_width_kana_throughout_is_of_windows() -> None:
    sheet = sheet_of("ｶﾞｯｺｳ,ﾊﾞﾝｺﾞｳ,ｼｭｯｹﾂ\nｱ,1,ﾋﾞｮｳｹﾂ\n".encode("cp932"))
    assert (sheet.titles, sheet.frame.row(0)[2:]) == (("ｶﾞｯｺｳ", "ﾊﾞﾝｺﾞｳ", "ｼｭｯｹﾂ"), ("ｱ", "1", "ﾋﾞｮｳｹﾂ"))


def test_of_iso_2022_jp_commas_within_characters_separate_nothing() -> None:
    word = "必岡階連あ"  # whose second halves are commas and quotation marks in ASCII
    assert cells(f"a,b\n1,{word}\n".encode("iso2022_jp")) == [(2, "1", word)]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_same_cells_from_every_line_end(end: str) -> None:
    assert cells(TEXT.replace("\r\n", end).encode()) == [(2, "1", "髙橋"), (3, "2", "山﨑")]


def test_no_line_end_at_the_end() -> None:
    assert cells(TEXT.rstrip().encode()) == [(2, "1", "髙橋"), (3, "2", "山﨑")]


def test_mixed_line_ends() -> None:
    assert cells(b"a,b\r\n1,2\n3,4\r\n") == [(2, "1", "2"), (3, "3", "4")]


def test_mixed_encodings_line_by_line() -> None:
    assert cells(b"a,b\n" + "1,晴れ\n".encode() + "2,くもり\n".encode("cp932")) == [(2, "1", "晴れ"), (3, "2", "くもり")]


def test_cp932_far_below_an_english_header() -> None:
    raw = b"a,b\n" + b"1,x\n" * 40_000 + "2,雨\n".encode("cp932")
    assert cells(raw)[-1] == (40_002, "2", "雨")


def test_tabs_and_semicolons_separate_too() -> None:
    assert cells(b"a\tb\n1\t2\n") == cells(b"a;b\n1;2\n") == [(2, "1", "2")]


def test_a_short_row_has_empty_cells() -> None:
    assert cells(b"a,b,c\n1\n") == [(2, "1", "", "")]


def test_blank_lines_and_rows_without_cells_are_no_rows() -> None:
    assert cells(b"a,b\n1,2\n\n,\n3,4\n") == [(2, "1", "2"), (5, "3", "4")]


def test_a_longer_row_is_set_aside_whole_and_the_others_stay() -> None:
    raw = b"a,b\n1,2\n3,4,5\n6,7,\n"
    assert flaws(raw) == {3: "row_too_long"}
    assert cells(raw) == [(2, "1", "2"), (3, "3", "4,5"), (4, "6", "7")]


def test_an_open_quote_breaks_its_own_row_only() -> None:
    raw = b'a,b\n1,"2\n3,4\n5,"six, seven"\n'
    assert flaws(raw) == {2: "broken_quotes"}
    assert cells(raw)[1:] == [(3, "3", "4"), (4, "5", "six, seven")]


def test_two_stray_quotes_do_not_swallow_the_rows_between_them() -> None:
    raw = b'a,b\n1,"\n3,4\n5,"\n6,7\n'
    assert flaws(raw) == {2: "broken_quotes", 4: "broken_quotes"}
    assert cells(raw)[1::2] == [(3, "3", "4"), (5, "6", "7")]


def test_a_break_within_quotes_stays_in_its_cell() -> None:
    assert cells(b'a,b\n1,"x\ny"\n2,z\n') == [(2, "1", "x\ny"), (3, "2", "z")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_title_may_be_broken_over_lines_inside_quotation_marks(end: str) -> None:
    sheet = sheet_of(end.join(['学年,"出席', '番号",日付', "1,2,2026-04-07", '2,"3', '",2026-04-08', ""]).encode("cp932"))
    assert sheet.titles == ("学年", "出席番号", "日付")
    assert sheet.frame.rows() == [(2, None, "1", "2", "2026-04-07"), (3, None, "2", f"3{end}", "2026-04-08")]


def test_a_stray_quote_in_a_title_swallows_no_row() -> None:
    raw = b'a,"b\n1,2\n3,"4\n5,6\n'
    assert sheet_of(raw).titles[0] == "a"
    assert [(row, first) for row, first, _ in cells(raw)] == [(2, "1"), (3, "3"), (4, "5")]


def test_a_row_with_nul_is_set_aside() -> None:
    assert flaws(b"a,b\n1,2\n3,\x004\n") == {3: "nul_character"}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_file"), (b"\xef\xbb\xbf\r\n", "empty_file"), (b"PK\x03\x04rest", "not_csv"), (b"%PDF-1.7", "not_csv"),
        (b"<!DOCTYPE html><html>", "not_csv"), (b"\xef\xbb\xbf  <?xml version='1.0'?>", "not_csv"), (b'{"a": 1}', "not_csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_csv"), (bytes(range(256)) * 4, "not_csv"), (b"a" * 3_000_000, "not_csv"),
    ],
)
def test_what_is_no_csv_is_refused_with_a_reason(raw: bytes, code: str) -> None:
    with pytest.raises(IngestError) as refused:
        sheet_of(raw)
    assert refused.value.code == code
    assert refused.value.sentence.ja
    assert "{" not in refused.value.sentence.en


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    try:
        sheet = sheet_of(raw)
    except IngestError:
        return
    assert sheet.frame.width == len(sheet.titles) + 2
    assert sheet.frame["file_row"].is_sorted()


def tables(alphabet: str) -> st.SearchStrategy[list[list[str]]]:
    """Rows of three cells."""
    return st.lists(st.lists(st.text(alphabet=alphabet, max_size=5), min_size=3, max_size=3), max_size=8)


# not line breaks and commas in one table: those cannot be told from stray quotes with whole rows between them
@given(st.one_of(tables('ab,"あ= '), tables('ab"あ\n= ')))
@settings(max_examples=100)
def test_what_a_csv_writer_writes_comes_back(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["x", "y", "z"], *rows])
    told = [tuple(row) for row in rows if any(row)]
    assert [row[1:] for row in cells(out.getvalue().encode())] == told
