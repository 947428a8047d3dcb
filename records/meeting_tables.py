"""The tables of meetings: the agenda, what was decided, and the projectors that show it. Every column says what it holds."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, text

from records.tables import metadata
from records.utc_datetime import UtcDateTime

meeting = Table(
    "meeting",
    metadata,
    Column("meeting_id", Integer, primary_key=True, comment="running number"),
    Column("made_at", UtcDateTime, nullable=False, comment="when it was set up"),
    Column("username", String(64), nullable=False, comment="who set it up"),
    Column("staff_id", Integer, nullable=False, comment="the same person in the district file"),
    Column("school_id", Integer, nullable=False, comment="the school that meets"),
    Column("title", String(80), nullable=False, comment="what the meeting is called, without a child's name"),
    Column("held_on", Date, nullable=False, comment="the day it is held"),
    Column("started_at", UtcDateTime, comment="when it began; empty while it is prepared"),
    Column("ended_at", UtcDateTime, comment="when it ended; empty while it goes on"),
    Column("place", SmallInteger, nullable=False, server_default=text("0"), comment="which item of the agenda is on"),
    Column("seconds", SmallInteger, comment="after how many seconds the next item comes by itself; empty for never"),
    Index("ix_meeting_school_id", "school_id"),
    comment="Meetings of a school's staff.",
)

meeting_item = Table(
    "meeting_item",
    metadata,
    Column("item_id", Integer, primary_key=True, comment="running number"),
    Column("meeting_id", ForeignKey("meeting.meeting_id"), nullable=False, comment="the meeting"),
    Column("place", SmallInteger, nullable=False, comment="its place in the agenda"),
    Column("kind", String(20), nullable=False, comment="findings, xmr, trend, grid, tiles, text, case or decisions"),
    Column("topic", String(80), nullable=False, comment="an indicator, a topic of the list, or the words of a plain item"),
    Column("student_id", Integer, comment="the child a case is about; never on a wall"),
    Column("code", String(8), comment="what the child is called at this meeting alone: A1, A2"),
    Column("slide", Text, comment="what a wall shows, as markup without a name; made when the meeting begins"),
    Column("picture_dark", Text, comment="its chart for a dark room, as SVG"),
    Column("picture_light", Text, comment="its chart for a lit room, as SVG"),
    Index("ix_meeting_item_meeting_id", "meeting_id"),
    comment="The agenda of a meeting.",
)

meeting_decision = Table(
    "meeting_decision",
    metadata,
    Column("decision_id", Integer, primary_key=True, comment="running number"),
    Column("written_at", UtcDateTime, nullable=False, comment="when it was written down"),
    Column("username", String(64), nullable=False, comment="who wrote it"),
    Column("meeting_id", ForeignKey("meeting.meeting_id"), nullable=False, comment="the meeting"),
    Column("item_id", ForeignKey("meeting_item.item_id"), comment="the item it belongs to"),
    Column("what", String(300), nullable=False, comment="what was decided"),
    Column("people", String(100), nullable=False, comment="who does it"),
    Column("until", Date, comment="until when; empty where no day was set"),
    Column("state", String(20), nullable=False, comment="open, done or dropped"),
    Column("settled_on", Date, comment="on which day it was said to be done or dropped"),
    Index("ix_meeting_decision_meeting_id", "meeting_id"),
    comment="What a meeting has decided, and what became of it.",
)

meeting_screen = Table(
    "meeting_screen",
    metadata,
    Column("code_hash", String(64), primary_key=True, comment="SHA-256 of the code shown on the console; never the code"),
    Column("meeting_id", ForeignKey("meeting.meeting_id"), nullable=False, comment="the meeting it opens"),
    Column("made_at", UtcDateTime, nullable=False, comment="when the code was made; it holds for five minutes"),
    Column("used_at", UtcDateTime, comment="when a projector used it; a code is used once"),
    Column("token_hash", String(64), comment="SHA-256 of the projector's cookie; never the cookie"),
    Column("ended_at", UtcDateTime, comment="when the projector was let go; empty while it shows the meeting"),
    Column("address", String(64), comment="network address of the projector"),
    Index("ix_meeting_screen_token_hash", "token_hash"),
    Index("ix_meeting_screen_meeting_id", "meeting_id"),
    comment="Projectors that show a meeting, and the codes that let them.",
)
