"""The tables of the records store, one per thing people do. Every column says what it holds."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
)

from records.utc_datetime import UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

account = Table(
    "account",
    metadata,
    Column("username", String(64), primary_key=True, comment="the name typed at sign-in, lower case"),
    Column("staff_number", String(32), comment="職員番号: the link to the roster, which decides the role"),
    Column("password_hash", String(100), nullable=False, comment="bcrypt; never the password"),
    Column("family_name", String(100), nullable=False, comment="姓"),
    Column("given_name", String(100), nullable=False, comment="名"),
    Column("email", String(254), comment="address of the account, when there is one"),
    Column("is_cast", Boolean, nullable=False, comment="one of the people of the sample district"),
    Column("cast_label_ja", String(200), comment="what this person of the cast does, in Japanese"),
    Column("cast_label_en", String(200), comment="the same in English"),
    Column("language", String(2), comment="ja or en, as last chosen"),
    Column("created_at", UtcDateTime, nullable=False, comment="when the account was added"),
    Column("password_set_at", UtcDateTime, nullable=False, comment="when the password last changed"),
    Column("disabled_at", UtcDateTime, comment="since when nobody can sign in with it; empty while in use"),
    comment="People who can sign in.",
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="SHA-256 of the cookie; never the cookie"),
    Column("username", ForeignKey("account.username"), nullable=False, comment="who signed in"),
    Column("started_at", UtcDateTime, nullable=False, comment="when they signed in"),
    Column("seen_at", UtcDateTime, nullable=False, comment="last activity, to the minute"),
    Column("ended_at", UtcDateTime, comment="when it was ended; empty while open or simply run out"),
    Column("ended_by", String(20), comment="signed_out, replaced, password or administrator"),
    Column("address", String(64), comment="network address at sign-in"),
    Column("agent_hash", String(64), comment="SHA-256 of the browser's description"),
    Column(
        "is_masked",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="projector view is on: nothing by name, also after a reload",
    ),
    Index("ix_session_username", "username"),
    Index("ix_session_started_at", "started_at"),
    comment="One session of one person in one browser.",
)

device = Table(
    "device",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="SHA-256 of the browser's device cookie"),
    Column("username", ForeignKey("account.username"), primary_key=True, comment="who signed in on it"),
    Column("seen_at", UtcDateTime, nullable=False, comment="last successful sign-in there"),
    comment="Browsers a person has signed in with before: strangers' wrong guesses do not slow them.",
)

signin_attempt = Table(
    "signin_attempt",
    metadata,
    Column("attempt_id", Integer, primary_key=True, comment="running number"),
    Column("username_hash", String(64), nullable=False, comment="SHA-256 of what was typed as the name"),
    Column("source", String(80), nullable=False, comment="a known browser, or else a network address"),
    Column("attempted_at", UtcDateTime, nullable=False, comment="when"),
    Index("ix_signin_attempt_username_hash", "username_hash", "attempted_at"),
    Index("ix_signin_attempt_source", "source", "attempted_at"),
    comment="Sign-ins that have not succeeded, kept for a day to slow down guessing.",
)

viewing = Table(
    "viewing",
    metadata,
    Column("viewing_id", Integer, primary_key=True, comment="running number"),
    Column("viewed_at", UtcDateTime, nullable=False, comment="when"),
    Column("username", String(64), nullable=False, comment="who was signed in"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they looked"),
    Column("question", String(100), nullable=False, comment="what was asked: the name of the question's file"),
    Column("is_masked", Boolean, nullable=False, comment="asked for the projector, without names"),
    Column("students", SmallInteger, nullable=False, comment="how many children were in the answer"),
    Column("answer_rows", Integer, nullable=False, comment="how many rows were in the answer"),
    Index("ix_viewing_username", "username", "viewed_at"),
    Index("ix_viewing_viewed_at", "viewed_at"),
    comment="Who saw what: one row for each answer that had children in it.",
)

viewing_student = Table(
    "viewing_student",
    metadata,
    Column("viewing_id", ForeignKey("viewing.viewing_id"), primary_key=True, comment="the answer"),
    Column("student_id", Integer, primary_key=True, comment="a child in it"),
    Index("ix_viewing_student_student_id", "student_id"),
    comment="The children in an answer.",
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    Column("event_id", Integer, primary_key=True, comment="running number"),
    Column("happened_at", UtcDateTime, nullable=False, comment="when"),
    Column("kind", String(40), nullable=False, comment="a code such as signed_in or refused_wrong_password"),
    Column("username", String(64), comment="whose account; empty when the name typed is nobody's"),
    Column("address", String(64), comment="network address"),
    Column("detail", String(100), comment="a further code; never free text, a password or a child"),
    Index("ix_event_happened_at", "happened_at"),
    Index("ix_event_username", "username", "happened_at"),
    comment="What happened at the door, for whoever has to look into it later.",
)

handover = Table(
    "handover",
    metadata,
    Column("handover_id", Integer, primary_key=True, comment="running number"),
    Column("made_at", UtcDateTime, nullable=False, comment="when the package was made"),
    Column("username", String(64), nullable=False, comment="who made it"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("student_id", Integer, nullable=False, comment="the child whose record it holds"),
    Column("sources", String(200), nullable=False, comment="kinds of record in it"),
    Column("record_rows", Integer, nullable=False, comment="rows in it"),
    Column(
        "package_sha256",
        String(64),
        nullable=False,
        comment="SHA-256 of the package, by which the next school names it",
    ),
    Index("ix_handover_student_id", "student_id"),
    comment="Records of children that left the house as a package for the next school.",
)

acknowledgement = Table(
    "acknowledgement",
    metadata,
    Column("acknowledgement_id", Integer, primary_key=True, comment="running number"),
    Column("acknowledged_at", UtcDateTime, nullable=False, comment="when"),
    Column("username", String(64), nullable=False, comment="who looked"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they looked"),
    Column("school_id", Integer, nullable=False, comment="the school whose record it was"),
    Column("student_id", Integer, nullable=False, comment="the child"),
    Column("signal", String(60), nullable=False, comment="the signal looked at"),
    Column("begins_on", Date, nullable=False, comment="first day on which its rule held: which flag it was"),
    Column("last_on", Date, nullable=False, comment="last day on which it had held when it was looked at"),
    Column("taken_back_at", UtcDateTime, comment="when the person took it back; empty while it stands"),
    Index("ix_acknowledgement_student_id", "student_id", "signal", "begins_on"),
    comment="A person has looked at what a signal says of a child. Nothing is written over; what was taken back says so.",
)

note = Table(
    "note",
    metadata,
    Column("note_id", Integer, primary_key=True, comment="running number"),
    Column("written_at", UtcDateTime, nullable=False, comment="when"),
    Column("username", String(64), nullable=False, comment="who wrote it"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they wrote"),
    Column("school_id", Integer, nullable=False, comment="the school it was written at"),
    Column("student_id", Integer, nullable=False, comment="the child"),
    Column("tag", String(40), nullable=False, comment="what it is about: a name out of note_tags.toml"),
    Column("body", String(2000), nullable=False, comment="the text; may be empty, the tag alone is a note"),
    Column("is_restricted", Boolean, nullable=False, comment="only for those who may read restricted notes"),
    Column("is_withdrawn", Boolean, nullable=False, comment="the note it stands in place of no longer stands"),
    Column("replaces_id", ForeignKey("note.note_id"), comment="the note it stands in place of; empty for a first writing"),
    Index("ix_note_student_id", "student_id", "school_id"),
    Index("ix_note_replaces_id", "replaces_id"),
    comment="アシストログ: what people write about a child. A change is a new row in place of the old one, which stays.",
)

draft = Table(
    "draft",
    metadata,
    Column("username", String(64), primary_key=True, comment="whose draft; nobody else reads it"),
    Column("school_id", Integer, primary_key=True, comment="the school of the page it was typed on"),
    Column("student_id", Integer, primary_key=True, comment="the child it is about; below zero a class, by its first child"),
    Column("saved_at", UtcDateTime, nullable=False, comment="when it was last typed at"),
    Column("body", String(2000), nullable=False, comment="the text as far as it has been typed"),
    comment="A note somebody has begun: it outlasts the session, and goes when the note is kept, when it is emptied, or after a week.",
)

support_plan = Table(
    "support_plan",
    metadata,
    Column("plan_id", Integer, primary_key=True, comment="running number"),
    Column("written_at", UtcDateTime, nullable=False, comment="when"),
    Column("username", String(64), nullable=False, comment="who wrote it"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they wrote"),
    Column("school_id", Integer, nullable=False, comment="the school that supports the child"),
    Column("student_id", Integer, nullable=False, comment="the child"),
    Column("aim", String(200), nullable=False, comment="what is to become possible"),
    Column("measures", String(2000), nullable=False, comment="what is done"),
    Column("people", String(200), nullable=False, comment="who does it, in words"),
    Column("starts_on", Date, nullable=False, comment="first day of the support"),
    Column("ends_on", Date, comment="last day of the support; empty while it goes on"),
    Column("review_on", Date, nullable=False, comment="day on which it is to be looked at again"),
    Column("outcome", String(2000), nullable=False, comment="what a review has found; empty where nothing was reviewed"),
    Column("is_withdrawn", Boolean, nullable=False, comment="the plan it stands in place of no longer stands"),
    Column("replaces_id", ForeignKey("support_plan.plan_id"), comment="the plan it stands in place of; empty for a first writing"),
    Index("ix_support_plan_student_id", "student_id", "school_id"),
    # of two who change a plan at once, one comes second and is told so
    UniqueConstraint("replaces_id", name="uq_support_plan_replaces_id"),
    comment="支援計画: what is done for a child, by whom, until when. A change is a new row in place of the old one, which stays.",
)

export = Table(
    "export",
    metadata,
    Column("export_id", Integer, primary_key=True, comment="running number"),
    Column("made_at", UtcDateTime, nullable=False, comment="when"),
    Column("username", String(64), nullable=False, comment="who made it"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they made it"),
    Column("kind", String(40), nullable=False, comment="what was made, such as child_talk"),
    Column("student_id", Integer, comment="the child it is about; empty for one about no single child"),
    Column("parts", String(400), nullable=False, comment="the sections in it"),
    Column("starts_on", Date, comment="first day it tells of"),
    Column("ends_on", Date, comment="last day it tells of"),
    Column("file_sha256", String(64), nullable=False, comment="SHA-256 of the file, by which a copy can be known again"),
    Column("reason", String(200), nullable=False, server_default="", comment="what for, where names leave a meeting; else empty"),
    Index("ix_export_student_id", "student_id"),
    comment="Files that left the house on paper or as a copy: who made which, when, of whom.",
)

school_event = Table(
    "school_event",
    metadata,
    Column("event_id", Integer, primary_key=True, comment="running number"),
    Column("written_at", UtcDateTime, nullable=False, comment="when it was written down"),
    Column("username", String(64), nullable=False, comment="who wrote it"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they wrote"),
    Column("school_id", Integer, nullable=False, comment="the school it happened at"),
    Column("happened_on", Date, nullable=False, comment="from which day it holds"),
    Column("kind", String(40), nullable=False, comment="what kind of change: system, rule, staffing, initiative or other"),
    Column("title", String(100), nullable=False, comment="what happened, in a few words and without a name"),
    Column("is_withdrawn", Boolean, nullable=False, comment="the event it stands in place of no longer stands"),
    Column("replaces_id", ForeignKey("school_event.event_id"), comment="the event it stands in place of; empty for a first writing"),
    Index("ix_school_event_school_id", "school_id"),
    UniqueConstraint("replaces_id", name="uq_school_event_replaces_id"),
    comment="What a head writes into the charts of a school: a system introduced, a rule changed, an initiative begun.",
)

practice = Table(
    "practice",
    metadata,
    Column("practice_id", Integer, primary_key=True, comment="running number"),
    Column("written_at", UtcDateTime, nullable=False, comment="when it was written down"),
    Column("username", String(64), nullable=False, comment="who wrote it"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("role", String(40), nullable=False, comment="the role in which they wrote"),
    Column("school_id", Integer, nullable=False, comment="the school that tells of it"),
    Column("school_name", String(100), nullable=False, comment="the school as it is called, for readers elsewhere"),
    Column("indicator", String(40), nullable=False, comment="the figure it is about"),
    Column("what", String(600), nullable=False, comment="what the school did, without a name"),
    Column("tags", String(200), nullable=False, comment="what kind of thing it was, a comma between them"),
    Column("contact", String(100), nullable=False, comment="whom to ask at the school: an office, a telephone number"),
    Column("is_withdrawn", Boolean, nullable=False, comment="the practice it stands in place of is shared no longer"),
    Column("replaces_id", ForeignKey("practice.practice_id"), comment="the practice it stands in place of; empty for a first writing"),
    Index("ix_practice_school_id", "school_id"),
    UniqueConstraint("replaces_id", name="uq_practice_replaces_id"),
    comment="What a school did, in its head's own words, for other schools and the board to read.",
)
