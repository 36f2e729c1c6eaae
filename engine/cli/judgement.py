"""Judging what was proposed on the screens, playing the worked examples that somebody wants to see and working out what
a draft would do to cases, beside the sweeps: it takes half a minute, and no timer waits for it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from engine.casework.step.office import Office
from engine.errors import DatabaseUnusableError
from engine.workshop import has_proposal_to_judge, judge_next_proposal
from engine.workshop.examples import has_examples_to_play, play_waiting_examples
from engine.workshop.impacts import has_impact_to_work_out, work_out_next_impact

log = logging.getLogger("asb.policies")


class JudgingBeside:
    """One thing at a time, proposals first, in a thread of its own, which gives back what it has in hand when `stop` is
    set."""

    def __init__(self, office: Office, root: Path, stop: threading.Event) -> None:
        self._office, self._root, self._stop = office, root, stop
        self._thread: threading.Thread | None = None

    def begin_where_one_waits(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        waits = (has_proposal_to_judge, has_examples_to_play, has_impact_to_work_out)
        if any(each(self._office) for each in waits):
            self._thread = threading.Thread(target=self._judge, name="judging")
            self._thread.start()

    def end(self) -> None:
        """Wait until what is in hand has been given back."""
        if self._thread is not None:
            self._thread.join()

    def _judge(self) -> None:
        try:
            while not self._stop.is_set() and (
                judge_next_proposal(self._office, self._root, is_stopping=self._stop.is_set)
                or play_waiting_examples(self._office, is_stopping=self._is_wanted_elsewhere)
                or work_out_next_impact(self._office, is_stopping=self._is_wanted_elsewhere)
            ):
                pass
        except DatabaseUnusableError as error:
            log.error("%s", error)
        except Exception:
            log.exception("Judging failed; it is tried again.")

    def _is_wanted_elsewhere(self) -> bool:
        return self._stop.is_set() or has_proposal_to_judge(self._office)
