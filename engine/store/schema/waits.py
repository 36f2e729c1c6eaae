"""What waits for the world: tasks with their deadlines, timers, jobs, incidents."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, text

from engine.model import DeadlineStatus, FrameStatus, IncidentKind, IncidentStatus, JobStatus, TaskStatus, TimerStatus
from engine.store.schema.base import Instant, Word, case, council, metadata, number


def _open_index(name: str, *columns: str) -> Index:
    """Of what is open alone: a million closed ones cost the inbox nothing."""
    is_open = text("status = 'open'")
    return Index(name, *columns, sqlite_where=is_open, postgresql_where=is_open)


tasks = Table(
    "tasks",
    metadata,
    case(),
    number(),
    council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("team", String(120), nullable=False),
    Column("assignee", String(200)),
    Column("status", Word(TaskStatus), nullable=False),
    Column("claimed_by", String(200)),
    Column("claimed_at", Instant),
    Column("form_id", String(200)),
    Column("priority", Integer, nullable=False),
    Column("due_on", Date),
    Column("follow_up_on", Date),
    Column("collection", String(80), nullable=False),
    Column("item_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("completed_at", Instant),
    Column("completed_by", String(200)),
    Column("completed_on", Date, comment="the day on which it was really done, or completed"),
    Column("ladder", Integer, comment="token of the sub-process on whose edge its ladder stands; null: on its own"),
    Column("frame", Integer, comment="number of the nearest time frame round it; null: none"),
    _open_index("ix_tasks_counts", "council_id", "team", "due_on", "claimed_by", "assignee", "follow_up_on"),
    _open_index("ix_tasks_due", "council_id", "due_on"),
    _open_index("ix_tasks_claimed", "council_id", "claimed_by", "due_on", "follow_up_on"),
    _open_index("ix_tasks_assigned", "council_id", "assignee", "claimed_by", "due_on", "follow_up_on"),
    Index(
        "ix_tasks_completed",
        "council_id",
        "due_on",
        sqlite_where=text("status = 'completed'"),
        postgresql_where=text("status = 'completed'"),
    ),
)

frames = Table(
    "frames",
    metadata,
    case(),
    Column(
        "number",
        Integer,
        primary_key=True,
        autoincrement=False,
        comment="token of the sub-process or call activity, or number of the process instance, that it is",
    ),
    council(),
    Column("instance", Integer, nullable=False, comment="process instance in which it stands, or which it is"),
    Column("element_id", String(200), comment="sub-process or call activity; null: the process itself"),
    Column("name", Text, nullable=False),
    Column("within", Integer, comment="number of the nearest time frame round it; null: none"),
    Column("due_on", Date, comment="null while it is not known from when it counts, and while its clock stands still"),
    Column("status", Word(FrameStatus), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_on", Date, comment="the day of that in London"),
    _open_index("ix_frames_due", "council_id", "due_on"),
    Index(
        "ix_frames_ended",
        "council_id",
        "due_on",
        sqlite_where=text("status = 'ended'"),
        postgresql_where=text("status = 'ended'"),
    ),
    comment="processes, sub-processes and call activities with a deadline for all that is inside",
)

timers = Table(
    "timers",
    metadata,
    case(),
    number(),
    council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("host", Integer, comment="token of the activity a boundary timer is armed on"),
    Column("fires_at", Instant, nullable=False),
    Column("repeats", Integer, nullable=False, comment="firings left after this one; -1 without end"),
    Column("period", Text, comment="of a cycle, as FEEL duration"),
    Column("rung", Integer),
    Column("status", Word(TimerStatus), nullable=False),
    Column("fired_at", Instant),
    Column("armed_at", Instant, comment="since when it waits; null: it was armed before that was kept"),
    Index(
        "ix_timers_due",
        "fires_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_timers_rungs",
        "council_id",
        "fired_at",
        sqlite_where=text("rung IS NOT NULL AND status = 'fired'"),
        postgresql_where=text("rung IS NOT NULL AND status = 'fired'"),
    ),
)

jobs = Table(
    "jobs",
    metadata,
    case(),
    number(),
    council(),
    Column("instance", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("handler", String(120), nullable=False),
    Column("inputs", Text, nullable=False),
    Column("once_key", String(200), nullable=False, unique=True),
    Column("status", Word(JobStatus), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("lease", String(80)),
    Column("lease_until", Instant),
    Column("announced_at", Instant),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(
        "ix_jobs_ready",
        "ready_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index(
        "ix_jobs_leased",
        "lease_until",
        sqlite_where=text("status = 'leased'"),
        postgresql_where=text("status = 'leased'"),
    ),
)

incidents = Table(
    "incidents",
    metadata,
    case(),
    number(),
    council(),
    Column("instance", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("kind", Word(IncidentKind), nullable=False, comment="what is stuck: token, job, call, child or message"),
    Column("message", Text, nullable=False),
    Column("status", Word(IncidentStatus), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", String(200)),
    Column("reason", Text),
    Column("process_id", String(200), comment="of the element, where that is not its instance's; null: it is"),
    Column("change", Text, comment="JSON: the change of a deadline that could not be heard"),
    Index(
        "ix_incidents_open",
        "council_id",
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
)

deadlines = Table(
    "deadlines",
    metadata,
    case(),
    number(),
    council(),
    Column("token", Integer, nullable=False, comment="number of the task, timer or frame it is the deadline of"),
    Column("limit_name", String(200), nullable=False),
    Column("counted_from", Text, nullable=False, comment="the fact it counts from, as time_limits.dmn says it"),
    Column("start_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("calendar_version", String(64), nullable=False),
    Column("explanation", Text, nullable=False),
    Column("status", Word(DeadlineStatus), nullable=False),
    Column("superseded_by", Integer),
    Column("set_at", Instant, nullable=False),
    Column("set_by", String(200), nullable=False),
    Column("reason", Text),
    Column("stopped_on", Date, comment="the day on which it was due when its clock was stopped; null: that runs"),
    Index("ix_deadlines_token", "case_id", "token"),
)
