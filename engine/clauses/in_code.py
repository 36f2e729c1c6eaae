"""The clauses that the engine itself sees to, for every variant: what must not depend on what somebody draws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRule:
    """Something that is carried out in code."""

    name: str  #: a word or a few with hyphens
    clauses: tuple[str, ...]
    where: str  #: the module that does it, or the rule of the check: "engine.casework.step.guards", "check: floor"
    sentence: str  #: what it sees to, in a policy owner's words
    suffices: bool = False  #: nothing has to be drawn beside it


#: Nothing is found by search: what is not written here is not claimed.
IN_CODE: tuple[CodeRule, ...] = (
    CodeRule(
        name="act-holds",
        clauses=("L104.4",),
        where="engine.casework.step.guards.hold",
        sentence="Where the Act's own threshold is met, nobody can record that the threshold is not met.",
        suffices=True,
    ),
    CodeRule(
        name="floor-checked",
        clauses=("L104.4", "L104.11"),
        where="check: floor",
        sentence="The check plays cases at the boundary of the Act's threshold through the variant's own table.",
    ),
    CodeRule(
        name="days-beginning-with",
        clauses=("L104.11",),
        where="engine.calendar.Calendar.beginning_with",
        sentence="A period “beginning with” a day counts that day.",
    ),
    CodeRule(
        name="figures-counted",
        clauses=("L104.9", "L104.9b"),
        where="engine.casework.overview.figures.count_figures",
        sentence="For any period the figures that are to be published are counted from what was decided.",
        suffices=True,
    ),
    CodeRule(
        name="procedures-in-pictures",
        clauses=("L104.2",),
        where="engine.draw.write_drawings",
        sentence="The procedures are drawn as pictures and written as outlines that a council can publish.",
        suffices=True,
    ),
    CodeRule(
        name="clauses-accounted-for",
        clauses=("LS4.4",),
        where="check: clauses",
        sentence="The check names each clause that nothing carries out, and each that is not the policy's.",
        suffices=True,
    ),
    CodeRule(
        name="consulted-before-revised",
        clauses=("LS4.1", "LS4.2"),
        where="check: conflicts",
        sentence="What no case can do, such as consulting before the procedures are revised, the check says each time.",
        suffices=True,
    ),
    CodeRule(
        name="record-chained",
        clauses=("C7",),
        where="engine.store.record.append",
        sentence="What was received, and when, cannot be altered: entries are chained, a correction is a new one.",
        suffices=True,
    ),
    CodeRule(
        name="left-out-for-the-victim",
        clauses=("H11.16",),
        where="engine.casework.words.copy_contents.Copy.has_fact",
        sentence="The victim's copy of a case leaves out what its forms keep from the victim, and says that it does.",
    ),
    CodeRule(
        name="another-person-decides",
        clauses=("H12.1",),
        where="engine.casework.tasks.rights.check_may_do",
        sentence="Who took part in a decision cannot decide the appeal against it, whatever team they are in.",
    ),
    CodeRule(
        name="highest-rung-acts",
        clauses=("H13.2", "H13.3", "H13.4"),
        where="engine.casework.background.timers.fire_due_timers_of",
        sentence="Of several rungs that are due at once only the highest acts; the passed ones stay in the record.",
    ),
    CodeRule(
        name="told-is-done",
        clauses=("H13.5",),
        where="engine.casework.tasks.completion.complete_task",
        sentence="What was done in time and told late was done in time: both days stand in the record.",
    ),
)
