"""What the door needs from the rest of the house, handed to it by app.py: it knows no store and no page itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Sitting(Protocol):
    """An open sitting: who, and a number that names it without opening it."""

    @property
    def username(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> str: ...  # noqa: D102


class Person(Protocol):
    """An account, as far as the door needs it."""

    @property
    def username(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def staff_number(self) -> str | None: ...  # noqa: D102
    @property
    def is_cast(self) -> bool: ...  # noqa: D102
    @property
    def cast_label_ja(self) -> str | None: ...  # noqa: D102
    @property
    def cast_label_en(self) -> str | None: ...  # noqa: D102
    @property
    def language(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Stores:
    """The accounts, sittings, tries and events, each as the one thing the door does with them."""

    account: Callable[[str], Person | None]
    password_hash: Callable[[str], str | None]
    plain_username: Callable[[str], str]
    cast: Callable[[], Sequence[Person]]
    set_language: Callable[[str, str], None]
    sitting: Callable[[str | None], Sitting | None]
    start: Callable[[str, str | None, str | None], str]
    touch: Callable[[str], None]
    end: Callable[..., None]
    seconds_to_wait: Callable[[str, str, str | None], int]
    succeeded: Callable[[str, str, str | None], None]
    record: Callable[..., None]


class Wall(Protocol):
    """What a projector shows now."""

    @property
    def item_id(self) -> int: ...  # noqa: D102
    @property
    def place(self) -> int: ...  # noqa: D102
    @property
    def items(self) -> int: ...  # noqa: D102
    @property
    def markup(self) -> str: ...  # noqa: D102
    @property
    def has_picture(self) -> bool: ...  # noqa: D102
    @property
    def seconds(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Screens:
    """The projectors of meetings, each as the one thing the door does with them."""

    redeem: Callable[[str, str], str | None]
    shown: Callable[[str | None], Wall | None]
    picture: Callable[..., str | None]
    step: Callable[[str | None, int], bool]
    let_go: Callable[[str | None], None]


def _no_screens() -> Screens:
    return Screens(
        redeem=lambda _code, _address: None,
        shown=lambda _token: None,
        picture=lambda *_asked, **_more: None,
        step=lambda _token, _by: False,
        let_go=lambda _token: None,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """Why the house is not open yet: `preparing` (with how far), `failed` (with a reference) or `empty`."""

    state: str
    fraction: float = 0.0
    step: str = ""
    reference: str = ""


def _always(_message: bytes) -> bool:
    return True


def _nothing() -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class House:
    """The house behind the door."""

    stores: Stores
    role_of: Callable[[str | None], str | None]
    """The role the roster gives a staff number today; None for nobody's."""
    opening: Callable[[], Opening | None] = lambda: None
    """None once a district is being served."""
    is_demo: Callable[[], bool] = lambda: False
    """Whether this is the invented district, whose people anybody may be."""
    farewell: Callable[[], bytes] = _nothing
    """The last message to a page whose sitting has ended: it makes the browser ask for the page again."""
    is_activity: Callable[[bytes], bool] = _always
    """Whether a message from a page comes from a person, and not from a page refreshing itself."""
    screens: Screens = field(default_factory=_no_screens)
    """The projectors of meetings; a house without any has none."""
    script_hashes: tuple[str, ...] = ()
    """The inline scripts of Streamlit's page, as the content policy names them."""
    watch_seconds: float = 15.0
    """How often an open page is asked whether its sitting still is."""
    always_tls: bool = False
    """Set behind a proxy that ends TLS without saying so."""
