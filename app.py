"""The front door of Miharashi: `uv run streamlit run app.py`.

Here the parts that must not know each other are put together: the door, the records, the gate to the district and
Streamlit. The entry script lies below pages/, so Streamlit finds no folder of scripts beside it to run by URL.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import hashlib
import logging
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

import access
import queries
from access import error_reference, jurisdictions
from access.jurisdictions import if_chosen
from access.sharing import sharing
from first_start import FirstStart
from records import accounts, events, schema, screens, sessions, throttle
from records.engine import data_dir, home, refuse_shared_stores
from web import html_pages
from web.middleware import Door
from web.projector import Projector
from web.signin import SignIn
from web.stores import House, Opening, Screens, Stores

error_reference.keep_log_impersonal()
FOLDER = data_dir()
BOARDS = jurisdictions.declared(FOLDER)
IS_DEMO_ALLOWED = os.environ.get("MIHARASHI_DEMO", "1") != "0"
if BOARDS:
    jurisdictions.use_jurisdictions(BOARDS)
else:
    access.use_district(FOLDER / "district", FOLDER)
# several boards begin with what each of them loads: nothing is invented for them
start = FirstStart(FOLDER, may_invent=IS_DEMO_ALLOWED and not BOARDS)
log = logging.getLogger("miharashi")
failed: dict[str, str] = {}  # boards that could not be prepared, and the number under which the log has why


def seated_in() -> str | None:
    """The board of education whose page is drawn now: the door said it, and binds the page's state to it."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else str((context.user_info or {}).get("jurisdiction") or "")


def opening() -> Opening | None:
    """Why the house is not open yet, for the board this is about; None once it is."""
    if not BOARDS:
        return start.opening()
    if not jurisdictions.is_chosen():
        return None
    board = jurisdictions.current()
    if board.key in failed:
        return Opening("failed", reference=failed[board.key])
    return None if board.is_published else Opening("empty")


def is_demo() -> bool:
    """Whether this is an invented district, whose people anybody may be."""
    if not BOARDS:
        return start.is_demo
    return IS_DEMO_ALLOWED and jurisdictions.is_chosen() and (home() / "DEMO").is_file()


def role_of(staff_number: str | None) -> str | None:
    """The role the roster gives this member of staff today."""
    viewer = access.viewer_of(staff_number) if staff_number else None
    return None if viewer is None else str(viewer.role)


def farewell() -> bytes:
    """Makes the browser ask for its page again, which the door then answers with the sign-in page."""
    message = ForwardMsg()
    message.auth_redirect.url = ""  # an empty address is the page's own
    return message.SerializeToString()


def is_activity(message: bytes) -> bool:
    """Whether a person did something: a page that refreshes itself must not keep a session open for ever."""
    told = BackMsg()
    try:
        told.ParseFromString(message)
    except Exception:  # noqa: BLE001 - not a message of Streamlit's
        return False
    return told.WhichOneof("type") == "rerun_script" and not told.rerun_script.is_auto_rerun


def script_hashes() -> tuple[str, ...]:
    """The inline scripts of Streamlit's page, as the content policy names them."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return tuple(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)


def on_script_error(exception: Exception) -> bool:
    """Say on the page that something went wrong, with the number under which the log has it."""
    language = str(st.user.get("language") or "ja")
    st.error(
        f"**{html_pages.said('error', 'title', language)}**\n\n{html_pages.said('error', 'meaning', language)} "
        f"{html_pages.said('error', 'next', language)}\n\n"
        f"{html_pages.said('error', 'number', language)}: **{error_reference.reference_of(exception)}**"
    )
    return True


def take_in_accounts() -> None:
    """Add the accounts listed in the data directory that are not known yet."""
    listed = home() / "accounts.yaml"
    if listed.is_file():
        accounts.import_credentials(listed)


def prepare() -> None:
    """What must be there before anybody can sign in; a question that reaches past the gate stops the start."""
    queries.questions()
    if not BOARDS:
        prepare_board()
        return
    refuse_shared_stores()
    for board in BOARDS:
        with jurisdictions.within(board.key):
            try:
                prepare_board()
            except Exception as error:  # noqa: BLE001 - one board's file must not keep the others out
                failed[board.key] = error_reference.logged(error, f"start of {board.key}")


def prepare_board() -> None:
    """The same for the board this is about: its matrix, its store, its accounts."""
    sharing()
    schema.migrate()
    throttle.forget_old()
    sessions.forget_older_than()
    take_in_accounts()


def warm_up() -> None:
    """Import now what the first page would otherwise wait for, and take it out of the collector's rounds."""
    import altair  # noqa: F401
    import pandas  # noqa: F401, TID251 - Streamlit imports it with its first table
    import plotly.graph_objects  # noqa: F401
    import polars  # noqa: F401

    from records import passwords

    passwords.matches("", None)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def opened(_app: st.App) -> AsyncIterator[None]:
    """From start to stop."""
    await asyncio.to_thread(prepare)
    tasks = [
        asyncio.create_task(start.run(ready=take_in_accounts)),
        asyncio.create_task(asyncio.to_thread(warm_up)),
    ]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


jurisdictions.ask_whose(seated_in)
# where no board is chosen nobody sits, nobody is known and nothing is written down
house = House(
    stores=Stores(
        account=if_chosen(accounts.find, None),
        password_hash=if_chosen(accounts.password_hash, None),
        plain_username=accounts.plain_username,
        cast=if_chosen(accounts.cast, ()),
        set_language=accounts.set_language,
        sitting=if_chosen(sessions.find, None),
        start=sessions.start,
        touch=sessions.touch,
        end=if_chosen(sessions.end, None),
        seconds_to_wait=throttle.admit,
        succeeded=throttle.succeeded,
        record=if_chosen(events.record, None),
    ),
    screens=Screens(
        redeem=screens.redeem,
        shown=if_chosen(screens.shown, None),
        picture=if_chosen(screens.picture, None),
        step=if_chosen(screens.step, False),
        let_go=if_chosen(screens.let_go, None),
    ),
    role_of=role_of,
    opening=opening,
    is_demo=is_demo,
    farewell=farewell,
    is_activity=is_activity,
    script_hashes=script_hashes(),
    always_tls=os.environ.get("MIHARASHI_TLS") == "1",
)

app = st.App(
    "pages/shell.py",
    routes=[*SignIn(house).routes(), *Projector(house).routes()],
    middleware=[Middleware(partial(Door, house=house))],
    lifespan=opened,
    on_script_error=on_script_error,
)
