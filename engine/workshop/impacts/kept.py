"""The impact of a policy as it was worked out last, and having it worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.casework.step.office import Office
from engine.store import policy_impacts as stored
from engine.variants import Variant
from engine.workshop.impacts.told import ToldImpact

#: Of so many policies of a council what they would do is kept.
_MOST_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class KeptImpact:
    is_waiting: bool  #: it is being worked out, or waits to be
    progress: str  #: how far it is
    found_at: datetime | None  #: as of when it was worked out; None: not yet
    found: ToldImpact | None  #: None: not yet
    why_not: str  #: why it could not be worked out; "" where it could


def kept_impact(office: Office, variant: Variant) -> KeptImpact | None:
    """None where nobody has asked for it."""
    with office.database.read() as connection:
        row = stored.impact_of(connection, variant.id, variant.digest)
    if row is None:
        return None
    return KeptImpact(
        is_waiting=row.pack is not None, progress=row.progress, found_at=row.found_at,
        found=ToldImpact.unpack(row.found) if row.found is not None else None, why_not=row.why_not,
    )  # fmt: skip


def ask_for_impact(office: Office, variant: Variant) -> None:
    """Have it worked out in the background, anew where it was. Asking twice changes nothing while it waits."""
    kept = kept_impact(office, variant)
    if kept is not None and kept.is_waiting:
        return
    with office.database.begin() as connection:
        stored.ask_impact(
            connection, council_id=variant.id, digest=variant.digest, pack=variant.pack(), now=office.clock.now()
        )
        stored.forget_impacts(connection, variant.id, most=_MOST_KEPT)
