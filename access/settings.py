"""What the environment may say of an installation: every setting in one place (docs/operating.md), as it stands when it is asked for."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

HOUSE = Path(__file__).resolve().parent.parent
PREFIX = "MIHARASHI_"


class SettingError(ValueError):
    """A variable of the environment says what cannot be understood; nothing starts on a guess."""


class Settings(BaseSettings):
    """Each field is a variable of the environment; the description says what to write there."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    data_dir: Path = Field(default=HOUSE / "data", validation_alias="MIHARASHI_DATA", description="a folder")
    records: str = Field(default="", description="an SQLAlchemy address")
    demo: str = Field(default="1", description="0 or 1")
    tls: str = Field(default="", description="1")
    idle_minutes: float = Field(default=60, description="a number of minutes")  # a lesson and the break after it
    session_hours: float = Field(default=10, description="a number of hours")  # a school day: tomorrow starts with a sign-in
    today: Annotated[date, BeforeValidator(date.fromisoformat)] | None = Field(default=None, description="a day such as 2026-11-23")
    build_memory: str = Field(default="", description="an amount such as 4GB")


# every variable, and what to write there
NAMES = {str(field.validation_alias or PREFIX + name.upper()): field.description for name, field in Settings.model_fields.items()}


def settings() -> Settings:
    """The settings as the environment has them this moment.

    Raises SettingError, naming the variable and what to write.
    """
    return _read(tuple(map(os.environ.get, NAMES)))


@lru_cache(maxsize=8)
def _read(said: tuple[str | None, ...]) -> Settings:
    """Read once for each environment there is: it is asked for with every row that is written."""
    try:
        return Settings()
    except ValidationError as error:
        name = PREFIX + str(error.errors()[0]["loc"][0]).upper().removeprefix(PREFIX)
        raise SettingError(f"{name} is {dict(zip(NAMES, said, strict=True))[name]!r}; write {NAMES[name]}") from error
