"""Each slot runs a process that there is, each alternative tells what the slot promises, and something calls it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import listed, meant
from engine.diagram import Process
from engine.forms import facts_asked_by
from engine.problems import Problem
from engine.variants import Variant


def look(policy: Policy) -> Iterator[Problem]:
    processes = policy.variant.processes
    taken_over = {name for base in policy.variant.bases for name in base.table("slots")}
    called = {element.called_process for element, _, _ in policy.elements()}
    for slot in policy.variant.settings.slots:
        place = policy.place_in_settings()
        shipped = slot.alternatives if slot.name not in taken_over else ()  # a council has no more than it uses
        for process_id in dict.fromkeys((slot.use, *shipped)):
            process = processes.get(process_id)
            if process is None:
                hint = meant(process_id, list(processes), otherwise=f"There are: {listed(list(processes))}.")
                yield error(
                    place, f"The slot “{slot.name}” names the process “{process_id}”, which is not there. {hint}"
                )
                continue
            missing = [fact for fact in slot.leaves if fact not in _told_in(process, policy.variant, set())]
            if missing:
                yield error(
                    place,
                    f"“{process_id}” can stand in the slot “{slot.name}”, and does not tell "
                    f"{listed(missing)}, which is read after it. Ask it in one of its forms, or map it from a step.",
                )
        if slot.use in processes and slot.use not in called:
            yield warning(
                place,
                f"Nothing calls “{slot.use}”, which stands in the slot “{slot.name}”. Call it where the slot is drawn, "
                "or take the slot out.",
            )


def _told_in(process: Process, variant: Variant, seen: set[str]) -> set[str]:
    """The facts that a process tells, and those that it calls."""
    seen.add(process.id)
    told: set[str] = set()
    for element in process.elements.values():
        told.update(mapping.name for mapping in element.outputs if mapping.name)
        told.update(filter(None, (element.properties.get(name) for name in ("happened_on", "done_by"))))
        if element.result_variable:
            told.add(element.result_variable)
        form = variant.forms.get(element.form_id or "")
        for question in form.questions if form is not None else ():
            for field in question.fields:
                told.update(facts_asked_by(field))
        called = variant.processes.get(element.called_process or "")
        if called is not None and called.id not in seen:
            told |= _told_in(called, variant, seen)
    return told


RULE = Rule(
    name="slots", summary="Each slot runs a process that tells what the slot promises, and so would its alternatives.",
    look=look, needs_variant=True,
)  # fmt: skip
