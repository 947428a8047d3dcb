"""Accounts, from the command line of the machine that keeps the records: `uv run python -m records --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from records import accounts, events, passwords, schema, sessions

commands = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
out = Console()
Username = Annotated[str, typer.Argument(help="the name typed at sign-in")]


@commands.callback()
def _ready() -> None:
    schema.migrate()


@commands.command("import")
def import_accounts(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="credentials, bcrypt hashes in them")],
) -> None:
    """Add the accounts of a credentials file that are not known yet; known ones keep their password."""
    try:
        added = accounts.import_credentials(file)
    except ValueError as fault:
        out.print(f"Nothing was added: {fault}.")
        raise typer.Exit(1) from None
    out.print(f"{added} added.")


@commands.command()
def password(username: Username) -> None:
    """Set a new password, typed twice and shown nowhere; all sessions of the account end."""
    typed = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    try:
        accounts.set_password(accounts.plain_username(username), typed)
    except passwords.Unfit as fault:
        out.print(f"Not set: {str(fault).replace('_', ' ')}.")
        raise typer.Exit(1) from None
    except LookupError:
        _unknown(username)
    events.record("password_set", username=accounts.plain_username(username))
    out.print("Set.")


@commands.command()
def close(username: Username) -> None:
    """Close an account: nobody can sign in with it, and whoever is signed in is out at once."""
    accounts.disable(_known(username))
    events.record("account_closed", username=_known(username))
    out.print("Closed.")


@commands.command()
def reopen(username: Username) -> None:
    """Open a closed account again."""
    accounts.enable(_known(username))
    events.record("account_reopened", username=_known(username))
    out.print("Open again.")


@commands.command("sign-out")
def sign_out(username: Username) -> None:
    """End every session of a person, at once."""
    out.print(f"{sessions.end_all(_known(username))} ended.")


@commands.command("events")
def list_events(limit: Annotated[int, typer.Argument(help="how many")] = 50) -> None:
    """What happened at the door lately."""
    table = Table("at (UTC)", "what", "account", "address")
    for event in events.latest(limit):
        at = event.happened_at.strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(at, event.kind, event.username or "", event.address or "")
    out.print(table)


def _known(username: str) -> str:
    name = accounts.plain_username(username)
    if accounts.find(name) is None:
        _unknown(username)
    return name


def _unknown(username: str) -> None:
    out.print(f"There is no account {username}.")
    raise typer.Exit(1)


if __name__ == "__main__":
    commands()
