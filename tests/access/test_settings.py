"""What the environment says is checked as it is read, and read as it stands at that moment."""

from __future__ import annotations

from datetime import date

import pytest

from access.settings import NAMES, SettingError, settings
from tests.house import ROOMS, ROOT, files


def test_without_a_word_everything_has_its_usual_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    usual = settings()
    assert (usual.data_dir.name, usual.records, usual.idle_minutes, usual.session_hours) == ("data", "", 60, 10)
    assert (usual.today, usual.build_memory, usual.demo != "0", usual.tls == "1") == (None, "", True, False)
    monkeypatch.setenv("MIHARASHI_IDLE_MINUTES", "")
    assert settings().idle_minutes == 60, "nothing written is nothing said"


def test_a_setting_is_read_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("2026-11-23", "2026-11-24"):
        monkeypatch.setenv("MIHARASHI_TODAY", said)
        assert settings().today == date.fromisoformat(said)


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("MIHARASHI_IDLE_MINUTES", "an hour", "MIHARASHI_IDLE_MINUTES is 'an hour'; write a number of minutes"),
        ("MIHARASHI_SESSION_HOURS", "ten", "MIHARASHI_SESSION_HOURS is 'ten'; write a number of hours"),
        ("MIHARASHI_TODAY", "23 November", "MIHARASHI_TODAY is '23 November'; write a day such as 2026-11-23"),
    ],
)
def test_what_cannot_be_understood_is_named(monkeypatch: pytest.MonkeyPatch, name: str, said: str, sentence: str) -> None:
    monkeypatch.setenv(name, said)
    with pytest.raises(SettingError) as refused:
        settings()
    assert str(refused.value) == sentence


def test_nothing_else_reads_them() -> None:
    rooms = [room for room in ROOMS if room != "bench"]  # bench says where it measures
    places = [path for path in [ROOT / "app.py", *files(".py", rooms=rooms)] if path.name != "settings.py"]
    lines = [(path.name, line) for path in places for line in path.read_text(encoding="utf-8").splitlines()]
    assert [name for name, line in lines if "environ" in line and "MIHARASHI_" in line] == []
