"""Meetings of a school's staff: agenda, decisions, and the projectors that show them."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


# long: one table after the other
def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "meeting",
        sa.Column("meeting_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("made_at", UtcDateTime(), nullable=False, comment="when it was set up"),
        sa.Column("username", sa.String(64), nullable=False, comment="who set it up"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school that meets"),
        sa.Column("title", sa.String(80), nullable=False, comment="what the meeting is called, without a child's name"),
        sa.Column("held_on", sa.Date(), nullable=False, comment="the day it is held"),
        sa.Column("started_at", UtcDateTime(), comment="when it began; empty while it is prepared"),
        sa.Column("ended_at", UtcDateTime(), comment="when it ended; empty while it goes on"),
        sa.Column("place", sa.SmallInteger(), nullable=False, server_default=sa.text("0"), comment="which item of the agenda is on"),
        sa.Column("seconds", sa.SmallInteger(), comment="after how many seconds the next item comes by itself; empty for never"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting")),
        comment="Meetings of a school's staff.",
    )
    op.create_table(
        "meeting_item",
        sa.Column("item_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("meeting_id", sa.Integer(), nullable=False, comment="the meeting"),
        sa.Column("place", sa.SmallInteger(), nullable=False, comment="its place in the agenda"),
        sa.Column("kind", sa.String(20), nullable=False, comment="findings, xmr, trend, grid, tiles, text, case or decisions"),
        sa.Column("topic", sa.String(80), nullable=False, comment="an indicator, a topic of the list, or the words of a plain item"),
        sa.Column("student_id", sa.Integer(), comment="the child a case is about; never on a wall"),
        sa.Column("code", sa.String(8), comment="what the child is called at this meeting alone: A1, A2"),
        sa.Column("slide", sa.Text(), comment="what a wall shows, as markup without a name; made when the meeting begins"),
        sa.Column("picture_dark", sa.Text(), comment="its chart for a dark room, as SVG"),
        sa.Column("picture_light", sa.Text(), comment="its chart for a lit room, as SVG"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.meeting_id"], name=op.f("fk_meeting_item_meeting_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_meeting_item")),
        comment="The agenda of a meeting.",
    )
    op.create_table(
        "meeting_decision",
        sa.Column("decision_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("written_at", UtcDateTime(), nullable=False, comment="when it was written down"),
        sa.Column("username", sa.String(64), nullable=False, comment="who wrote it"),
        sa.Column("meeting_id", sa.Integer(), nullable=False, comment="the meeting"),
        sa.Column("item_id", sa.Integer(), comment="the item it belongs to"),
        sa.Column("what", sa.String(300), nullable=False, comment="what was decided"),
        sa.Column("people", sa.String(100), nullable=False, comment="who does it"),
        sa.Column("until", sa.Date(), comment="until when; empty where no day was set"),
        sa.Column("state", sa.String(20), nullable=False, comment="open, done or dropped"),
        sa.Column("settled_on", sa.Date(), comment="on which day it was said to be done or dropped"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.meeting_id"], name=op.f("fk_meeting_decision_meeting_id")),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.item_id"], name=op.f("fk_meeting_decision_item_id")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_meeting_decision")),
        comment="What a meeting has decided, and what became of it.",
    )
    op.create_table(
        "meeting_screen",
        sa.Column("code_hash", sa.String(64), nullable=False, comment="SHA-256 of the code shown on the console; never the code"),
        sa.Column("meeting_id", sa.Integer(), nullable=False, comment="the meeting it opens"),
        sa.Column("made_at", UtcDateTime(), nullable=False, comment="when the code was made; it holds for five minutes"),
        sa.Column("used_at", UtcDateTime(), comment="when a projector used it; a code is used once"),
        sa.Column("token_hash", sa.String(64), comment="SHA-256 of the projector's cookie; never the cookie"),
        sa.Column("ended_at", UtcDateTime(), comment="when the projector was let go; empty while it shows the meeting"),
        sa.Column("address", sa.String(64), comment="network address of the projector"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.meeting_id"], name=op.f("fk_meeting_screen_meeting_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_meeting_screen")),
        comment="Projectors that show a meeting, and the codes that let them.",
    )
    with op.batch_alter_table("meeting") as table:
        table.create_index("ix_meeting_school_id", ["school_id"])
    with op.batch_alter_table("meeting_item") as table:
        table.create_index("ix_meeting_item_meeting_id", ["meeting_id"])
    with op.batch_alter_table("meeting_decision") as table:
        table.create_index("ix_meeting_decision_meeting_id", ["meeting_id"])
    with op.batch_alter_table("meeting_screen") as table:
        table.create_index("ix_meeting_screen_token_hash", ["token_hash"])
    with op.batch_alter_table("meeting_screen") as table:
        table.create_index("ix_meeting_screen_meeting_id", ["meeting_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("meeting_screen")
    op.drop_table("meeting_decision")
    op.drop_table("meeting_item")
    op.drop_table("meeting")
