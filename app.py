"""Where Miharashi begins: `uv run streamlit run app.py`.

Here the parts are put together: what stands in front of Streamlit, the boards and their data directories, and Streamlit itself.
The entry script lies below pages/, so Streamlit finds no folder of scripts beside it to run by URL.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import streamlit as st
from starlette.middleware import Middleware

import access
from access import error_reference, jurisdictions
from access.settings import settings
from components import streamlit_internals
from first_start import FirstStart
from records.engine import data_dir
from web import html_pages, startup
from web.middleware import OpenSessionMiddleware
from web.projector import Projector
from web.settings import WebSettings
from web.signin import SignIn

error_reference.keep_log_impersonal()
folder = data_dir()
boards = jurisdictions.declared(folder)
if boards:
    jurisdictions.use_jurisdictions(boards)
else:
    access.use_district(folder / "district", folder)
jurisdictions.ask_whose(streamlit_internals.board_of_page)
start = FirstStart(folder, may_invent=settings().demo != "0")
settings = WebSettings(
    start_state=start.state, is_demo=start.is_demo, always_tls=settings().tls == "1"
)


def on_script_error(exception: Exception) -> bool:
    """Say on the page that something went wrong, with the number under which the log has it."""
    say = partial(html_pages.said, "error", language=str(st.user.get("language") or "ja"))
    number = error_reference.reference_of(exception)
    st.error(f"**{say('title')}**\n\n{say('meaning')} {say('next')}\n\n{say('number')}: **{number}**")
    return True


@asynccontextmanager
async def started(_app: st.App) -> AsyncIterator[None]:
    """From start to stop."""
    start.failed = await asyncio.to_thread(startup.prepare)
    tasks = [
        asyncio.create_task(start.run(ready=startup.take_in_accounts)),
        asyncio.create_task(asyncio.to_thread(startup.warm_up)),
    ]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


app = st.App(
    "pages/shell.py",
    routes=[*SignIn(settings).routes(), *Projector(settings).routes()],
    middleware=[Middleware(partial(OpenSessionMiddleware, settings=settings))],
    lifespan=started,
    on_script_error=on_script_error,
)
