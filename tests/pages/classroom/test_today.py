"""今日の学級 on a school day, on a holiday, before the morning's files have come, and on a wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

import queries
from access import Viewer, jurisdictions, viewers_of
from pages.classroom import reviews_card, today, today_figures
from records import acknowledgements, engine, plans, schema
from records.plans import Draft
from sample_data.cast import member
from tests.house import words


@pytest.fixture(scope="module", autouse=True)
def small(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small district, which ends on Friday 2026-11-20; Monday the 23rd is 勤労感謝の日."""
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
        schema.migrate()
        jurisdictions.use_district(small_district / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def drawn() -> None:
    """The page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    from pages.classroom import today  # noqa: PLC0415

    today.page(st.session_state["viewer"])


def refused() -> None:
    """The page, where the frame would say that there is no such thing."""
    import streamlit as st  # noqa: PLC0415

    from access import Refused  # noqa: PLC0415
    from pages.classroom import today  # noqa: PLC0415

    try:
        today.page(st.session_state["viewer"])
    except Refused as refusal:
        st.text(refusal.code)


def viewer_of(username: str) -> Viewer:
    return viewers_of(member(username).staff_number)[0]


def shown(username: str, monkeypatch: pytest.MonkeyPatch, day: str = "2026-11-20") -> AppTest:
    monkeypatch.setenv("MIHARASHI_TODAY", day)
    page = AppTest.from_function(drawn, default_timeout=60)
    page.session_state["viewer"] = viewer_of(username)
    page.session_state["pages"] = {}
    page.run()
    assert not page.exception
    return page


def told(page: AppTest) -> str:
    return " ".join(each.proto.body for each in page.get("html"))


def said(key: str, **values: object) -> str:
    return words()[key]["ja"].format(**values)


def test_on_a_school_day_nothing_is_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown("tanaka", monkeypatch)
    assert "class=\"state\"" not in told(page)
    assert page.title[0].value.startswith("5年2組")


def test_on_a_holiday_it_says_so_and_looks_to_the_next_school_day(monkeypatch: pytest.MonkeyPatch) -> None:
    said_of_it = told(shown("tanaka", monkeypatch, "2026-11-23"))
    assert "11月23日（月）は授業日ではありません" in said_of_it
    assert "勤労感謝の日" in said_of_it
    assert said("today.next", day="11月24日（火）") in said_of_it
    assert "佐藤" not in said_of_it  # names stand on buttons, which no copy of the markup would show


def test_before_the_morning_files_have_come_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said_of_it = told(shown("tanaka", monkeypatch, "2026-11-24"))
    assert said("today.not_yet", day="11月24日（火）", until="11月20日（金）") in said_of_it


def test_one_look_by_anybody_takes_a_child_off_everybodys_list(monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown("tanaka", monkeypatch)
    seen = [button for button in page.button if button.label == said("today.seen")]
    page.button(seen[0].key).click().run()
    assert len([button for button in page.button if button.label == said("today.seen")]) == len(seen) - 1
    again = shown("tanaka", monkeypatch)
    assert len([button for button in again.button if button.label == said("today.seen")]) == len(seen) - 1
    page.button("undo-seen").click().run()
    assert len([button for button in page.button if button.label == said("today.seen")]) == len(seen)


def test_the_nurse_reads_the_whole_school_one_signal_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown("watanabe", monkeypatch)
    assert page.title[0].value.startswith("見晴小学校")
    everything = page.selectbox[0].options
    assert everything[0] == said("today.every_signal")
    assert not any("ドリル" in option or "正答率" in option for option in everything), "she sees no learning record"
    page.selectbox[0].select_index(1).run()
    assert page.subheader[0].value != said("today.waiting", children=0)


def test_a_signal_nobody_is_on_the_list_for_is_refused_before_more_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[str] = []

    def asked(viewer: Viewer, question: str, **parameters: object) -> pl.DataFrame:
        questions.append(question)
        return queries.ask(viewer, question, **parameters)

    for module in (today_figures, reviews_card):
        monkeypatch.setattr(module, "ask", asked)
    shown("watanabe", monkeypatch)
    assert {"flags_of_place", "planned_of_place", "day_of_place"} <= set(questions)
    questions.clear()
    page = AppTest.from_function(refused, default_timeout=60)
    page.session_state["viewer"] = viewer_of("watanabe")
    page.query_params["signal"] = "unheard-of"
    assert [each.value for each in page.run().text] == ["not_found"]
    assert "flags_of_place" in questions, "without them it is not known what there is to choose"
    assert not {"planned_of_place", "day_of_place", "child_by_number"} & set(questions)


def test_a_line_says_what_support_runs_and_a_review_that_is_due_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown("tanaka", monkeypatch)
    assert said("today.support", support=said("today.no_support")) in told(page)
    key = next(each.key for each in page.button if each.key and each.key.startswith("seen-")).removeprefix("seen-")
    found = queries.ask(viewer_of("tanaka"), "child", student_key=key).row(0, named=True)
    draft = Draft("朝、教室に入れる", "", "担任・養護教諭", date(2026, 10, 1), None, date(2026, 11, 20))
    plans.write(viewer_of("tanaka"), found["school_id"], found["student_id"], draft)
    page = shown("tanaka", monkeypatch)
    assert said("today.support", support="朝、教室に入れる") in told(page)
    assert said("today.reviews", plans=1) in [each.value for each in page.subheader]
    assert said("today.reviews", plans=1) not in [each.value for each in shown("tanaka", monkeypatch, "2026-11-19").subheader]


def test_a_wall_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIHARASHI_TODAY", "2026-11-20")
    from access import Refused  # noqa: PLC0415

    with pytest.raises(Refused, match="on_projector"):
        today.page(viewer_of("tanaka").as_masked())
    assert acknowledgements.of_children(viewer_of("tanaka").as_masked(), 1, range(10_000)) == []


def test_a_word_can_be_left_about_a_child_that_has_been_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.child.notes_card.notes.write", lambda *told, **_how: written.append(told[1:]) or 1)
    written: list[tuple[object, ...]] = []
    page = shown("tanaka", monkeypatch)
    seen = next(button for button in page.button if str(button.key).startswith("seen-"))
    seen.click().run()
    [area] = [each for each in page.text_area if str(each.key).startswith("seen-note-")]
    area.input("廊下で少し話した").run()
    page.button("seen-note-tag-talked").click().run()
    assert not page.exception
    [(school_id, student_id, tag, text)] = written
    assert (school_id, tag, text) == (1, "talked", "廊下で少し話した")
    assert str(student_id) in str(area.key)
    assert any(said("note.kept") == text.value for text in page.text)
    page.button("undo-seen").click().run()
