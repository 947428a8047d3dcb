"""Many write at once: nothing is lost and nobody is told that the store is locked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import SQLAlchemyError

from access import Role, Viewer
from records import sessions, throttle, viewings
from records.engine import reading, writing
from records.tables import account, viewing, viewing_student

WRITERS, ROUNDS = 8, 15


def test_eight_people_are_recorded_while_eight_sign_in() -> None:
    viewer = Viewer(1, Role.PRINCIPAL, 1)

    def work(writer: int) -> list[str]:
        tokens = []
        for turn in range(ROUNDS):
            viewings.record(viewer, "suzuki", f"question{writer}", range(turn + 1), turn)
            tokens.append(sessions.start("tanaka"))
        return tokens

    with ThreadPoolExecutor(WRITERS) as pool:
        tokens = [token for batch in pool.map(work, range(WRITERS)) for token in batch]
    with reading() as connection:
        assert connection.execute(select(func.count()).select_from(viewing)).scalar_one() == WRITERS * ROUNDS
        children = connection.execute(select(func.count()).select_from(viewing_student)).scalar_one()
    assert children == WRITERS * ROUNDS * (ROUNDS + 1) // 2
    assert all(sessions.find(token) is not None for token in tokens)


def test_of_a_hundred_tries_sent_at_once_only_the_free_ones_are_looked_at() -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        waits = list(pool.map(lambda _: throttle.admit("suzuki", "198.51.100.7"), range(100)))
    assert waits.count(0) == throttle.FREE_TRIES


def test_an_error_half_way_leaves_nothing_half_written() -> None:
    def two_steps() -> None:
        with writing() as connection:
            connection.execute(update(account).values(staff_number="changed"))
            connection.execute(update(account).values(username="the same for all"))

    with pytest.raises(SQLAlchemyError) as caught:
        two_steps()
    assert "the same for all" not in str(caught.value), "an error must not quote what was written"
    with reading() as connection:
        assert "changed" not in connection.execute(select(account.c.staff_number)).scalars().all()
