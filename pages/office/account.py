"""One's own password, changed with the widget of streamlit-authenticator on top of our own store."""

from __future__ import annotations

import streamlit as st

from access import Refused, Viewer
from components.cards.states import where
from components.wording import _
from records import accounts, passwords
from records.sessions import COOKIE


def page(viewer: Viewer) -> None:
    """Change one's own password."""
    if viewer.masked:
        raise Refused("password_on_projector")
    account = accounts.find(viewer.username)
    if account is None:
        raise Refused("not_shared")
    st.title(_("account.finding"), anchor=False)
    where(_("account.where", name=account.name, username=account.username))
    if account.is_cast:
        st.text(_("account.demo"))
        return
    st.text(_("account.about"))
    credentials = accounts.credentials(account.username)
    # its package draws as it is imported, so it is imported where it may draw
    import streamlit_authenticator as stauth  # noqa: PLC0415

    validator = stauth.Validator()
    # long enough, and short enough for bcrypt; no rule about signs, which only makes people write them down
    validator.validate_password = lambda new: passwords.unfit(new) is None
    validator.diagnose_password = lambda new: _(f"account.{passwords.unfit(new)}")
    st.session_state["authentication_status"] = True
    # it brings a cookie component we do not use: our session is the door's own
    with st.container(key="unused-cookies"):
        widget = stauth.Authenticate(
            credentials, validator=validator, auto_hash=False, password_instructions=_("account.about")
        )
    try:
        if widget.reset_password(account.username, fields=_fields(), key="password"):
            accounts.set_password_hash(
                account.username,
                credentials["usernames"][account.username]["password"],
                keep=st.context.cookies.get(COOKIE),
            )
            st.success(_("account.changed"))
    except (stauth.ResetError, stauth.CredentialsError) as refused:
        own_words = {_("account.too_short"), _("account.too_long")}
        st.error(str(refused) if str(refused) in own_words else _("account.wrong"))


def _fields() -> dict[str, str]:
    """The words on the widget's fields, in the language of the reader."""
    return {
        "Form name": _("account.form"),
        "Current password": _("account.current"),
        "New password": _("account.new"),
        "Repeat password": _("account.repeat"),
        "Reset": _("account.change"),
    }
