"""Every level has the start it needs: a form for the application, one plain start inside a sub-process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    main = policy.main_process
    yield from _missing(policy)
    seen: dict[tuple[EventKind, str], str] = {}
    for file, process in policy.drawn:
        if not process.elements:
            yield error(
                place_of(file, process),
                f"The process “{process.name or process.id}” is empty. Draw it, or delete the file.",
            )
            continue
        if not process.is_executable:
            yield warning(
                place_of(file, process),
                f"The process “{process.name or process.id}” is not marked as executable. Mark it in the modeller.",
            )
        is_begun = process.id in policy.begun_processes
        yield from _of_process(file, process, is_begun=is_begun, policy_has_main=main is not None, seen=seen)
        for element in process.elements.values():
            if element.kind is ElementKind.SUBPROCESS:
                yield from _of_subprocess(file, element, process)


def _missing(policy: Policy) -> Iterator[Problem]:
    if policy.folder is None:
        return
    for start in policy.folder.settings.starts:
        if start.process not in policy.folder.processes:
            hint = meant(start.process, list(policy.folder.processes))
            yield error(
                policy.place_in_settings(),
                f"[starts.{start.name}] names the process “{start.process}”, which no diagram has. {hint}",
            )


def _of_process(
    file: str, process: Process, *, is_begun: bool, policy_has_main: bool, seen: dict[tuple[EventKind, str], str]
) -> Iterator[Problem]:
    starts = process.start_events()
    plain = [start for start in starts if _kind(start) is EventKind.NONE]
    is_other = any(_kind(start) is EventKind.UNSUPPORTED for start in starts)  # which another rule has said
    place, name = place_of(file, process), f"“{process.name or process.id}”"
    if not process.beginnings() and not starts:
        yield error(place, f"The process {name} has no start event, and flows lead to all that is in it. Draw one.")
    if len(plain) > 1:
        yield error(
            place,
            f"The process {name} has {len(plain)} plain start events. Leave one, and bring the ways together by a"
            " gateway.",
        )
    if is_begun and len(plain) != 1 and not is_other:
        yield error(
            place,
            f"The process {name} is what a case begins with, so it needs one plain start event with the form of the"
            " application, or of what `[starts]` begins.",
        )
    for start in plain:
        if is_begun and start.form_id is None:
            yield error(
                place_of(file, start),
                f"{quoted(start)} starts a case and has no form. Choose the form of the application, or of what begins"
                " it.",
            )
        if policy_has_main and not is_begun and start.form_id is not None:
            yield error(
                place_of(file, start),
                f"{quoted(start)} has a form, and only an application is asked for at a start. Ask in a user task"
                " behind it.",
            )
    for start in starts:
        if start.begins_by_time and process.frame_due_date is not None:
            yield error(
                place_of(file, start),
                f"{quoted(start)} begins a process by time that has a due_date, from before it begins. Put what is due "
                "into an embedded sub-process, and give that the due_date.",
            )
        name_of_event = start.event.name if start.event is not None else None
        if _kind(start) in (EventKind.MESSAGE, EventKind.SIGNAL) and name_of_event:
            other = seen.setdefault((_kind(start), name_of_event), process.id)
            if other != process.id or sum(s.event == start.event for s in starts) > 1:
                yield error(
                    place_of(file, start),
                    f"Two start events wait for the {_kind(start)} “{name_of_event}”. Only one would be started: give"
                    " one of them another name.",
                )


def _of_subprocess(file: str, element: Element, process: Process) -> Iterator[Problem]:
    starts = process.start_events(element.id)
    if len(starts) > 1 or not process.entries(element.id) or (element.is_event_subprocess and not starts):
        count = "no start event" if not starts else f"{len(starts)} start events"
        yield error(
            place_of(file, element), f"The {element.what} {quoted(element)} has {count}. Draw exactly one in it."
        )
    for start in starts:
        if element.is_event_subprocess:
            yield from (error(place_of(file, start), sentence) for sentence in _wrong_event_start(start, process))
        elif _kind(start) not in (EventKind.NONE, EventKind.UNSUPPORTED):
            yield error(
                place_of(file, start),
                f"{quoted(start)} stands in a sub-process, which starts when it is reached. Make it a plain start"
                " event.",
            )
        if start.form_id is not None:
            yield error(
                place_of(file, start),
                f"{quoted(start)} has a form, and only an application is asked for at a start. Ask in a user task"
                " behind it.",
            )


def _wrong_event_start(start: Element, process: Process) -> Iterator[str]:
    """What is wrong with the start of an event sub-process."""
    kind, event = _kind(start), start.event
    if kind is EventKind.NONE:
        yield (
            f"{quoted(start)} starts an event sub-process and waits for nothing, so that would never begin. Choose what"
            " it waits for: a timer, a message, an error, an escalation or a signal."
        )
    if kind is EventKind.ERROR and not start.is_interrupting:
        yield f"{quoted(start)} waits for an error and does not interrupt. Make it interrupting: what failed has ended."
    if event is None or kind in (EventKind.NONE, EventKind.TIMER, EventKind.UNSUPPORTED):
        return
    same = [other for other in process.event_starts[process.beside(start)] if other.event == event]
    if same[0] is not start:
        yield (
            f"{quoted(start)} waits for the same {kind} as {quoted(same[0])}, which starts another event sub-process"
            " here. Only one would be started: give one of them another, or bring both together."
        )


def _kind(start: Element) -> EventKind:
    return start.event.kind if start.event is not None else EventKind.NONE


RULE = Rule(
    name="starts",
    summary="Every process and sub-process has exactly the start it needs.",
    look=look,
    compares_files=True,
)
