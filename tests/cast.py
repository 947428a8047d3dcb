"""The people of the sample district whom the tests know by name, and what each of them is."""

from __future__ import annotations

CAST: dict[str, str] = {
    "suzuki": "principal",
    "ito": "principal",
    "tanaka": "teacher",
    "nakamura": "grade_leader",
    "yamamoto": "subject_teacher",
    "watanabe": "school_nurse",
    "kobayashi": "counselor",
    "kato": "special_needs_coordinator",
    "yoshida": "clerk",
    "yamada": "aide",
    "sasaki": "teacher",
    "matsumoto": "principal",
    "kimura": "teacher",
    "sato": "board_officer",
    "takahashi": "administrator",
}
NO_ROLE = "mori"
PASSWORD = "miharashi"  # the sample district's, shown on its sign-in page
