"""Whether what waits at an element may wait at what that became: a task stays a task, a call keeps its children."""

from __future__ import annotations

from engine.casework.migration.matches import Matches
from engine.casework.migration.refusals import Refusals
from engine.casework.migration.whereabouts import Standing
from engine.diagram.model import Element, ElementKind
from engine.model import JobStatus
from engine.runtime import Token

_JOBS = (ElementKind.SERVICE, ElementKind.SEND, ElementKind.THROW, ElementKind.END)


class Compatible:
    """Of one process."""

    def __init__(self, matches: Matches, standing: Standing, refusals: Refusals) -> None:
        self._matches = matches
        self._standing = standing
        self._refusals = refusals

    def may_become(self, token: Token, was: Element, image: Element) -> bool:
        """Whether what a token waits for at `was` can be waited for at `image`; if not, it is refused."""
        if token.is_parked:  # it has made nothing yet, and is tried again there
            return True
        if (was.loop is not None or image.loop is not None) and not _is_same_loop(was, image):
            self._refusals.other_loop(was, image)
            return False
        if not _is_same_kind(was, image):
            self._refusals.other_kind(was, image)
            return False
        if was.kind is ElementKind.CALL:
            return self._calls_the_same(token, was, image)
        if was.job is not None:
            return self._may_be_done(token, was, image)
        gateway = self._gateway_before(image)
        if gateway is not None:
            self._refusals.event_became_one_of_several(image, gateway)
            return False
        return True

    def is_same_event(self, token: Token, was: Element, image: Element) -> bool:
        """Whether an event that waits goes on waiting: for the same kind of thing. A timer that never fires, because
        its limit is switched off, is set anew."""
        if was.kind is not image.kind or was.begins_event_subprocess is not image.begins_event_subprocess:
            return False
        if token.is_parked:
            return True
        if was.event is None or image.event is None:
            return was.event is image.event
        if was.event.kind is not image.event.kind or was.event.timer is not image.event.timer:
            return False
        return was.event.timer is None or token.number in self._standing.timers

    def _calls_the_same(self, token: Token, was: Element, image: Element) -> bool:
        running = self._standing.children_of(token.number)
        if was.called_process == image.called_process or not running:
            return True
        if was.tag != "callActivity" and image.tag != "callActivity":  # what is repeated is called after its activity
            return True
        self._refusals.other_process_called(was, _called(was), _called(image), len(running))
        return False

    def _may_be_done(self, token: Token, was: Element, image: Element) -> bool:
        job = self._standing.jobs.get(token.number)
        if job is None:
            return True
        if job.status is JobStatus.LEASED:
            self._refusals.is_being_done(was)
            return False
        was_tried = job.attempts > 0 and job.status is not JobStatus.PARKED
        if was_tried and (was.job, was.inputs, was.outputs) != (image.job, image.inputs, image.outputs):
            self._refusals.may_have_left(was)
            return False
        return True

    def _gateway_before(self, image: Element) -> Element | None:
        sources = (self._matches.new.elements[self._matches.new.flows[each].source] for each in image.incoming)
        return next((each for each in sources if each.kind is ElementKind.EVENT_GATEWAY), None)


def _is_same_kind(was: Element, image: Element) -> bool:
    if was.job is not None or image.job is not None:
        return was.job is not None and image.job is not None and was.kind in _JOBS and image.kind in _JOBS
    if was.event is not None and image.event is not None and was.event.kind is not image.event.kind:
        return False
    return was.kind is image.kind and was.is_event_subprocess is image.is_event_subprocess


def _called(element: Element) -> str:
    return (element.called_process or "").removeprefix("=").strip('"')


def _is_same_loop(was: Element, image: Element) -> bool:
    return was.loop is not None and image.loop is not None and was.loop.is_sequential is image.loop.is_sequential
