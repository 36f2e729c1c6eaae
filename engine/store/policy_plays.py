"""How worked examples come out on a policy, kept by the digests of all three: policy, example and program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import policy_played_examples as examples
from engine.store.schema import policy_plays as plays
from engine.store.schema import policy_versions


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayRow:
    digest: str  #: of the policy
    council_id: str
    pack: bytes | None  #: the policy with its examples; None: all were played
    asked_at: datetime
    attempts: int  #: how often a worker took it and told nothing since


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedExampleRow:
    example: str  #: digest
    name: str
    wrong: str  #: "" where it comes out as it says
    course: bytes


_PLAY = columns_of(PlayRow, plays)
_PLAYED = columns_of(PlayedExampleRow, examples)


def played_on(connection: Connection, digest: str, program: str) -> list[PlayedExampleRow]:
    """All examples that this program has played on the policy."""
    query = select(*_PLAYED).where(examples.c.digest == digest, examples.c.program == program)
    return rows_of(PlayedExampleRow, connection.execute(query))


def keep_played(connection: Connection, digest: str, program: str, row: PlayedExampleRow) -> None:
    key = {"digest": digest, "example": row.example, "program": program}
    told = {"name": row.name, "wrong": row.wrong, "course": row.course}
    insert = upserting(connection)(examples).values(**key, **told)
    connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=told))


def is_waiting(connection: Connection, digest: str) -> bool:
    """Whether somebody wants its examples played, and not all are."""
    query = select(plays.c.digest).where(plays.c.digest == digest, plays.c.pack.is_not(None))
    return connection.execute(query).first() is not None


def ask_play(connection: Connection, *, digest: str, council_id: str, pack: bytes, now: datetime) -> None:
    told = {"pack": pack, "asked_at": now, "attempts": 0}
    insert = upserting(connection)(plays).values(digest=digest, council_id=council_id, **told)
    connection.execute(insert.on_conflict_do_update(index_elements=["digest"], set_=told))


def note_play(connection: Connection, *, digest: str, council_id: str, now: datetime) -> None:
    """Its examples are played without anybody having asked for that."""
    insert = upserting(connection)(plays).values(digest=digest, council_id=council_id, asked_at=now, attempts=0)
    connection.execute(insert.on_conflict_do_nothing(index_elements=["digest"]))


def forget_plays(connection: Connection, council_id: str, *, program: str, most: int) -> None:
    """Of the council, what other programs played, and all but the last `most` policies that are no version of its."""
    versions = select(policy_versions.c.digest).where(policy_versions.c.council_id == council_id)
    of_council = select(plays.c.digest).where(plays.c.council_id == council_id)
    passing = of_council.where(plays.c.digest.not_in(versions)).order_by(plays.c.asked_at.desc())
    old = list(connection.execute(passing.offset(most)).scalars())
    stale = and_(examples.c.digest.in_(of_council), examples.c.program != program)
    connection.execute(delete(examples).where(or_(examples.c.digest.in_(old), stale)))
    connection.execute(delete(plays).where(plays.c.digest.in_(old)))


def _is_ready(now: datetime) -> ColumnElement[bool]:
    return and_(plays.c.pack.is_not(None), or_(plays.c.lease_until.is_(None), plays.c.lease_until <= now))


def has_ready_play(connection: Connection, now: datetime) -> bool:
    return connection.execute(select(plays.c.digest).where(_is_ready(now)).limit(1)).first() is not None


def lease_play(connection: Connection, *, lease: str, now: datetime, until: datetime) -> PlayRow | None:
    """Take for one worker the policy that was asked for last: somebody looks at it now. None for none."""
    first = select(plays.c.digest).where(_is_ready(now)).order_by(plays.c.asked_at.desc()).limit(1)
    found = connection.execute(first.with_for_update(skip_locked=True)).scalar()
    if found is None:
        return None
    taken = (
        update(plays)
        .where(plays.c.digest == found, _is_ready(now))
        .values(lease=lease, lease_until=until, attempts=plays.c.attempts + 1)
        .returning(*_PLAY)
    )
    return row_or_none(PlayRow, connection.execute(taken).one_or_none())


def renew_play(connection: Connection, digest: str, lease: str, *, until: datetime) -> bool:
    """Whether the lease still holds. The worker has told something: it is no attempt that failed."""
    held = update(plays).where(plays.c.digest == digest, plays.c.lease == lease)
    return connection.execute(held.values(lease_until=until, attempts=0)).rowcount == 1


def give_back_play(connection: Connection, row: PlayRow, lease: str, *, is_done: bool) -> None:
    """Where it is done, and nobody has asked for it again meanwhile, it waits no longer."""
    held = update(plays).where(plays.c.digest == row.digest, plays.c.lease == lease)
    if is_done:
        connection.execute(held.where(plays.c.asked_at == row.asked_at).values(pack=None))
    connection.execute(held.values(lease=None, lease_until=None, attempts=0))
