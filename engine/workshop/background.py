"""Judging in the background what was proposed on the screens: half a minute of work that nobody waits for.

A worker leases a proposal and renews the lease with each worked example. What one that died had in hand is judged anew
by the next; a draft over which several died is refused. Nothing is put in force by a worker whose lease is gone.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from engine.casework.step.office import Office
from engine.errors import BadInputError, DatabaseUnusableError, EngineError
from engine.model import ProposalStatus
from engine.store import policy_proposals as stored
from engine.store.policy_proposals import ProposalRow
from engine.workshop.owners import needs_second_owner
from engine.workshop.proposals import conclude, draft_proposed, end_refused
from engine.workshop.publication import judge_as_wanted

log = logging.getLogger("asb.policies")

#: After which a worker that has told nothing counts as dead. A worked example takes a second, the check a few.
LEASE = timedelta(minutes=2)
#: So often judging one is begun: whatever stops the worker each time is in the draft.
MOST_ATTEMPTS = 3
_JUDGING = (ProposalStatus.JUDGING,)


class _Stopped(Exception):
    """Somebody else has it by now, it was taken back, or this worker is to end."""


def has_proposal_to_judge(office: Office) -> bool:
    with office.database.read() as connection:
        return stored.has_ready_proposal(connection, office.clock.now())


def judge_next_proposal(
    office: Office, root: Path, *, is_stopping: Callable[[], bool] = lambda: False, key: tuple[str, int] | None = None
) -> bool:
    """Judge the proposal that has waited longest, or that of this council and number, among the folders in `root`; put
    it in force where nobody has to approve it any more. False where none is to be judged.

    Where `is_stopping` says so it is given back, to be judged anew.
    """
    now, lease = office.clock.now(), secrets.token_hex(8)
    with office.database.begin() as connection:
        row = stored.lease_proposal(connection, lease=lease, now=now, until=now + LEASE, key=key)
    if row is None:
        return False

    def tell(words: str) -> None:
        if is_stopping():
            _give_back(office, row, lease)
            raise _Stopped
        with office.database.begin() as connection:
            until = office.clock.now() + LEASE
            if not stored.change_proposal(
                connection, row, only_in=_JUDGING, held=lease, progress=words, lease_until=until
            ):
                raise _Stopped

    try:
        if row.attempts > MOST_ATTEMPTS:
            raise BadInputError(
                f"Judging it was begun {MOST_ATTEMPTS} times, and the program was stopped each time. Try it with "
                f"`asb check` and `asb simulate`, and ask whoever runs the service."
            )
        _judge(office, row, root, tell, lease)
    except _Stopped:
        pass
    except DatabaseUnusableError:  # the lease passes, and it is judged anew
        raise
    except EngineError as error:
        end_refused(office, row, error, lease=lease)
    except Exception as error:  # whatever a draft makes the program stumble over ends that draft, and nothing else
        log.exception("Proposal %d of %s cannot be judged.", row.number, row.council_id)
        said = BadInputError(
            f"asb itself failed over it ({type(error).__name__}). Whoever runs the service has the log."
        )
        end_refused(office, row, said, lease=lease)
    return True


def _judge(office: Office, row: ProposalRow, root: Path, tell: Callable[[str], None], lease: str) -> None:
    draft = draft_proposed(office, row, root)
    earlier = json.loads(row.judgement) if row.judgement is not None else None
    judgement = judge_as_wanted(office, draft, despite=row.despite, why=row.why, tell=tell, earlier=earlier)
    if needs_second_owner(office, row.council_id, draft.variant) and row.approved_by is None:
        with office.database.begin() as connection:
            stored.change_proposal(
                connection, row, only_in=_JUDGING, held=lease, status=ProposalStatus.PROPOSED, lease_until=None,
                judgement=json.dumps(judgement, ensure_ascii=False),
            )  # fmt: skip
        return
    with office.database.begin() as connection:
        conclude(connection, office, row, draft, judgement, approved_by=row.approved_by, lease=lease)


def _give_back(office: Office, row: ProposalRow, lease: str) -> None:
    with office.database.begin() as connection:
        stored.change_proposal(
            connection, row, only_in=_JUDGING, held=lease, status=ProposalStatus.WAITING, attempts=row.attempts - 1,
            lease_until=None, progress="",
        )  # fmt: skip
