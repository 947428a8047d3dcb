"""What goes into the log when something breaks: where, under which number, and never what was in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from access import error_reference

CHILD = "伊藤 れん"


@pytest.fixture
def impersonal() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    error_reference.keep_log_impersonal()
    yield
    logging.setLogRecordFactory(before)


def broken() -> Exception:
    try:
        try:
            {}[CHILD]
        except KeyError as cause:
            raise ValueError(CHILD) from cause
    except ValueError as error:
        return error


def test_the_trail_names_types_and_places_of_the_whole_chain() -> None:
    trail = error_reference.trail_of(broken())
    assert "ValueError" in trail
    assert "KeyError" in trail
    assert "test_error_reference.py" in trail
    assert CHILD not in trail


def test_an_error_has_one_number_wherever_it_is_asked_for() -> None:
    error = broken()
    assert error_reference.reference_of(error) == error_reference.reference_of(error)
    assert error_reference.reference_of(error) != error_reference.reference_of(broken())


@pytest.mark.parametrize("said", ["Uncaught app execution", "Exception in %s"])
def test_no_library_prints_what_an_exception_says(impersonal: None, caplog: pytest.LogCaptureFixture, said: str) -> None:
    error = broken()
    logging.getLogger("some.library").error(said, *(["x"] if "%" in said else []), exc_info=error)
    printed = logging.Formatter("%(message)s").format(caplog.records[-1])
    assert error_reference.reference_of(error) in printed
    assert CHILD not in printed


def test_an_ordinary_line_stays_as_it_is(impersonal: None, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("some.library").warning("%d files", 3)
    assert caplog.records[-1].getMessage() == "3 files"


def test_saying_it_twice_changes_nothing(impersonal: None) -> None:
    once = logging.getLogRecordFactory()
    error_reference.keep_log_impersonal()
    assert logging.getLogRecordFactory() is once
