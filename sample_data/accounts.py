"""The accounts of the cast, in the credentials format of streamlit-authenticator."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from sample_data.cast import CAST, PASSWORD_HASH, Member


def write_accounts(path: Path, cast: Sequence[Member] = CAST) -> None:
    """Write accounts.yaml: one account per person of the cast, all with the published demo password."""
    usernames = {
        person.username: {
            "email": person.email,
            "first_name": person.given_name,
            "last_name": person.family_name,
            "password": PASSWORD_HASH,
            "roles": [],
            "staff_number": person.staff_number,
            "cast": {"ja": person.ja, "en": person.en},
        }
        for person in cast
    }
    text = yaml.safe_dump({"credentials": {"usernames": usernames}}, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
