"""Accounts, sessions, tries, viewings, events."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# long: one table after the other, as they were first made
def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "account",
        sa.Column("username", sa.String(length=64), nullable=False, comment="the name typed at sign-in, lower case"),
        sa.Column(
            "staff_number",
            sa.String(length=32),
            nullable=True,
            comment="職員番号: the link to the roster, which decides the role",
        ),
        sa.Column("password_hash", sa.String(length=100), nullable=False, comment="bcrypt; never the password"),
        sa.Column("family_name", sa.String(length=100), nullable=False, comment="姓"),
        sa.Column("given_name", sa.String(length=100), nullable=False, comment="名"),
        sa.Column("email", sa.String(length=254), nullable=True, comment="address of the account, when there is one"),
        sa.Column("is_cast", sa.Boolean(), nullable=False, comment="one of the people of the sample district"),
        sa.Column(
            "cast_label_ja",
            sa.String(length=200),
            nullable=True,
            comment="what this person of the cast does, in Japanese",
        ),
        sa.Column("cast_label_en", sa.String(length=200), nullable=True, comment="the same in English"),
        sa.Column("language", sa.String(length=2), nullable=True, comment="ja or en, as last chosen"),
        sa.Column("created_at", UtcDateTime(), nullable=False, comment="when the account was added"),
        sa.Column("password_set_at", UtcDateTime(), nullable=False, comment="when the password last changed"),
        sa.Column(
            "disabled_at",
            UtcDateTime(),
            nullable=True,
            comment="since when nobody can sign in with it; empty while in use",
        ),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_account")),
        comment="People who can sign in.",
    )
    op.create_table(
        "event",
        sa.Column("event_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("happened_at", UtcDateTime(), nullable=False, comment="when"),
        sa.Column(
            "kind",
            sa.String(length=40),
            nullable=False,
            comment="a code such as signed_in or refused_wrong_password",
        ),
        sa.Column(
            "username",
            sa.String(length=64),
            nullable=True,
            comment="whose account; empty when the name typed is nobody's",
        ),
        sa.Column("address", sa.String(length=64), nullable=True, comment="network address"),
        sa.Column(
            "detail",
            sa.String(length=100),
            nullable=True,
            comment="a further code; never free text, a password or a child",
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event")),
        comment="What happened at the door, for whoever has to look into it later.",
    )
    op.create_index("ix_event_happened_at", "event", ["happened_at"])
    op.create_index("ix_event_username", "event", ["username", "happened_at"])

    op.create_table(
        "signin_attempt",
        sa.Column("attempt_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column(
            "username_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of what was typed as the name",
        ),
        sa.Column(
            "source",
            sa.String(length=80),
            nullable=False,
            comment="a known browser, or else a network address",
        ),
        sa.Column("attempted_at", UtcDateTime(), nullable=False, comment="when"),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_signin_attempt")),
        comment="Sign-ins that have not succeeded, kept for a day to slow down guessing.",
    )
    op.create_index("ix_signin_attempt_source", "signin_attempt", ["source", "attempted_at"])
    op.create_index("ix_signin_attempt_username_hash", "signin_attempt", ["username_hash", "attempted_at"])

    op.create_table(
        "viewing",
        sa.Column("viewing_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("viewed_at", UtcDateTime(), nullable=False, comment="when"),
        sa.Column("username", sa.String(length=64), nullable=False, comment="who was signed in"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(length=40), nullable=False, comment="the role in which they looked"),
        sa.Column(
            "question",
            sa.String(length=100),
            nullable=False,
            comment="what was asked: the name of the question's file",
        ),
        sa.Column("is_masked", sa.Boolean(), nullable=False, comment="asked for the projector, without names"),
        sa.Column("students", sa.SmallInteger(), nullable=False, comment="how many children were in the answer"),
        sa.Column("answer_rows", sa.Integer(), nullable=False, comment="how many rows were in the answer"),
        sa.PrimaryKeyConstraint("viewing_id", name=op.f("pk_viewing")),
        comment="Who saw what: one row for each answer that had children in it.",
    )
    op.create_index("ix_viewing_username", "viewing", ["username", "viewed_at"])
    op.create_index("ix_viewing_viewed_at", "viewing", ["viewed_at"])

    op.create_table(
        "device",
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the browser's device cookie",
        ),
        sa.Column("username", sa.String(length=64), nullable=False, comment="who signed in on it"),
        sa.Column("seen_at", UtcDateTime(), nullable=False, comment="last successful sign-in there"),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name=op.f("fk_device_username")),
        sa.PrimaryKeyConstraint("token_hash", "username", name=op.f("pk_device")),
        comment="Browsers a person has signed in with before: strangers' wrong guesses do not slow them.",
    )
    op.create_table(
        "session",
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the cookie; never the cookie",
        ),
        sa.Column("username", sa.String(length=64), nullable=False, comment="who signed in"),
        sa.Column("started_at", UtcDateTime(), nullable=False, comment="when they signed in"),
        sa.Column("seen_at", UtcDateTime(), nullable=False, comment="last activity, to the minute"),
        sa.Column(
            "ended_at",
            UtcDateTime(),
            nullable=True,
            comment="when it was ended; empty while open or simply run out",
        ),
        sa.Column(
            "ended_by",
            sa.String(length=20),
            nullable=True,
            comment="signed_out, replaced, password or administrator",
        ),
        sa.Column("address", sa.String(length=64), nullable=True, comment="network address at sign-in"),
        sa.Column("agent_hash", sa.String(length=64), nullable=True, comment="SHA-256 of the browser's description"),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name=op.f("fk_session_username")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
        comment="One session of one person in one browser.",
    )
    op.create_index("ix_session_started_at", "session", ["started_at"])
    op.create_index("ix_session_username", "session", ["username"])

    op.create_table(
        "viewing_student",
        sa.Column("viewing_id", sa.Integer(), nullable=False, comment="the answer"),
        sa.Column("student_id", sa.Integer(), nullable=False, comment="a child in it"),
        sa.ForeignKeyConstraint(["viewing_id"], ["viewing.viewing_id"], name=op.f("fk_viewing_student_viewing_id")),
        sa.PrimaryKeyConstraint("viewing_id", "student_id", name=op.f("pk_viewing_student")),
        comment="The children in an answer.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_viewing_student_student_id", "viewing_student", ["student_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("viewing_student")
    op.drop_table("session")
    op.drop_table("device")
    op.drop_table("viewing")
    op.drop_table("signin_attempt")
    op.drop_table("event")
    op.drop_table("account")
