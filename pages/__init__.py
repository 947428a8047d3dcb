"""What each screen shows, and for whom: one function per file, and this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from access import Role, Viewer
from pages.board import compare, district, dx, equity, municipalities, staff_plan, surveys
from pages.child import handover, student
from pages.classroom import classroom, today
from pages.meeting import meeting
from pages.office import account, accounts, dictionary, loads, reconciliation, sharing, tour
from pages.school import school, workload

EVERYONE = frozenset(Role)
SEES_CHILDREN = frozenset(
    {
        Role.TEACHER,
        Role.SUBJECT_TEACHER,
        Role.GRADE_LEADER,
        Role.SCHOOL_NURSE,
        Role.COUNSELOR,
        Role.SPECIAL_NEEDS_COORDINATOR,
        Role.PRINCIPAL,
    }
)

# Whose hours the time clock knows; counselors and volunteers come from outside it.
HAS_HOURS = (SEES_CHILDREN - {Role.COUNSELOR}) | {Role.CLERK}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One screen: its address, its words in the menu, its sign, who has it, and the function that draws it."""

    path: str
    title: str
    icon: str
    roles: frozenset[Role]
    page: Callable[[Viewer], None]
    section: str


# In the order of the menu. The first one a role has is where that person lands after sign-in.
PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        "municipalities", "menu.municipalities", ":material/landscape:", frozenset({Role.PREFECTURE_OFFICER}), municipalities.page,
        "figures",
    ),
    PageEntry(
        "district", "menu.district", ":material/landscape:", frozenset({Role.BOARD_OFFICER}), district.page, "figures"
    ),
    PageEntry(
        "compare", "menu.compare", ":material/query_stats:", frozenset({Role.BOARD_OFFICER}), compare.page, "figures"
    ),
    PageEntry(
        "staff-plan", "menu.staff_plan", ":material/schedule:", frozenset({Role.BOARD_OFFICER}), staff_plan.page, "figures"
    ),
    PageEntry("surveys", "menu.surveys", ":material/assignment:", frozenset({Role.BOARD_OFFICER}), surveys.page, "figures"),
    PageEntry("equity", "menu.equity", ":material/balance:", frozenset({Role.BOARD_OFFICER}), equity.page, "figures"),
    PageEntry("dx", "menu.dx", ":material/devices:", frozenset({Role.BOARD_OFFICER}), dx.page, "figures"),
    PageEntry(
        "school",
        "menu.school",
        ":material/apartment:",
        frozenset({Role.PRINCIPAL, Role.CLERK, Role.AIDE}),
        school.page,
        "figures",
    ),
    PageEntry("today", "menu.today", ":material/wb_twilight:", SEES_CHILDREN, today.page, "figures"),
    PageEntry("class", "menu.class", ":material/groups:", SEES_CHILDREN, classroom.page, "figures"),
    PageEntry("student", "menu.student", ":material/person:", SEES_CHILDREN, student.page, "figures"),
    PageEntry(
        "school",
        "menu.school",
        ":material/apartment:",
        EVERYONE - {Role.ADMINISTRATOR, Role.PREFECTURE_OFFICER, Role.PRINCIPAL, Role.CLERK, Role.AIDE},
        school.page,
        "figures",
    ),
    PageEntry("meeting", "menu.meeting", ":material/groups_3:", frozenset({Role.PRINCIPAL}), meeting.page, "figures"),
    PageEntry("workload", "menu.workload", ":material/schedule:", HAS_HOURS, workload.page, "figures"),
    PageEntry("loads", "menu.loads", ":material/inbox:", frozenset({Role.ADMINISTRATOR}), loads.page, "figures"),
    PageEntry("handover", "menu.handover", ":material/moving:", frozenset({Role.PRINCIPAL}), handover.page, "figures"),
    PageEntry(
        "reconciliation",
        "menu.reconciliation",
        ":material/balance:",
        frozenset({Role.PRINCIPAL, Role.ADMINISTRATOR}),
        reconciliation.page,
        "figures",
    ),
    PageEntry(
        "accounts", "menu.accounts", ":material/badge:", frozenset({Role.ADMINISTRATOR}), accounts.page, "figures"
    ),
    PageEntry("tour", "menu.tour", ":material/hiking:", EVERYONE, tour.page, "about"),
    PageEntry("dictionary", "menu.dictionary", ":material/menu_book:", EVERYONE, dictionary.page, "about"),
    PageEntry("sharing", "menu.sharing", ":material/visibility:", EVERYONE, sharing.page, "about"),
    PageEntry("account", "menu.account", ":material/key:", EVERYONE, account.page, "about"),
)


def pages_for(role: Role) -> tuple[PageEntry, ...]:
    """The screens of a role, in menu order; the menu is courtesy, the gate is the protection."""
    return tuple(entry for entry in PAGES if role in entry.roles)
