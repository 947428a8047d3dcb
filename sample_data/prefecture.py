"""みはらし県: the invented prefecture above the invented city; it has officers, and of children nothing but what municipalities send."""

from pathlib import Path

from sample_data.accounts import write_accounts
from sample_data.calendar_days import THIS_YEAR, TODAY
from sample_data.cast import Member
from sample_data.oneroster import Rows, user_row, write_tables
from sample_data.seeds import SEED, stream, uuids

BOARD_CODE, BOARD_NAME = "139000", "みはらし県教育委員会"
OFFICERS = [
    Member("okada", "岡田", "亮", "オカダ", "リョウ", "prefecture_officer", None,
           "指導主事（県教育委員会）", "Officer, Prefectural Board of Education", "K000001"),
    Member("nishida", "西田", "薫", "ニシダ", "カオル", "administrator", None,
           "管理者（県教育委員会）", "Administrator, Prefectural Board of Education", "K000002"),
]  # fmt: skip
_ROLE_WORDS = {"prefecture_officer": "districtAdministrator", "administrator": "systemAdministrator"}


def write_prefecture(data_dir: Path, seed: int = SEED) -> None:
    """Write the prefecture's home into data_dir: a roster of its officers, their accounts, and the DEMO mark."""
    rng = stream(seed, "prefecture")
    board, session, *people = uuids(rng, 2 + len(OFFICERS))
    begin, end = f"{THIS_YEAR}-04-01", f"{THIS_YEAR + 1}-03-31"
    users: Rows = []
    roles: Rows = []
    for officer, person, role in zip(OFFICERS, people, uuids(rng, len(OFFICERS)), strict=True):
        name = (officer.family_name, officer.given_name, officer.family_kana, officer.given_kana)
        users.append(user_row(person, officer.username, officer.staff_number, person, name, "", board, ""))
        roles.append({"sourcedId": role, "userSourcedId": person, "roleType": "primary", "role": _ROLE_WORDS[str(officer.role)],
                      "beginDate": begin, "endDate": end, "orgSourcedId": board})  # fmt: skip
    roster = data_dir / "inbox" / "roster" / f"roster-{THIS_YEAR}.zip"
    write_tables(roster, {
        "academicSessions": [{"sourcedId": session, "title": f"{THIS_YEAR}年度", "type": "schoolYear", "startDate": begin,
                              "endDate": end, "schoolYear": str(THIS_YEAR)}],
        "orgs": [{"sourcedId": board, "name": BOARD_NAME, "type": "state", "identifier": BOARD_CODE}],
        "users": users, "roles": roles,
    })  # fmt: skip
    write_accounts(data_dir / "accounts.yaml", OFFICERS)
    (data_dir / "DEMO").write_text(f"{TODAY}\n", encoding="utf-8")
