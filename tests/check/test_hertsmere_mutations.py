"""Each rule catches a slip of the hand in Hertsmere's own folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from engine.check import RULES, Finding, Rule, Severity, check_variant
from engine.check.identity import Identity
from engine.variants import BaseFolder, Pin, Variant, load_variant
from handlers import HANDLERS
from tests.check.mutations import BPMN, DC, HERTSMERE, Diagram, Files, hertsmere, in_diagram, removing, replacing

Mutation = Callable[[Files], None]


def _move(id: str, x: float, y: float) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        bounds = diagram.bounds(id)
        bounds.set("x", str(float(bounds.get("x", "0")) + x))
        bounds.set("y", str(float(bounds.get("y", "0")) + y))

    return change


def _move_over(id: str, other: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        for side in ("x", "y"):
            diagram.bounds(id).set(side, diagram.bounds(other).get(side, "0"))

    return change


def _lead_through(source: str, target: str, shape: str) -> Callable[[Diagram], None]:
    """The line of a flow is bent through a shape."""

    def change(diagram: Diagram) -> None:
        edge = diagram.drawn(diagram.flow(source, target).get("id", ""))
        box = diagram.bounds(shape)
        x = float(box.get("x", "0")) + float(box.get("width", "0")) / 2
        y = float(box.get("y", "0")) + float(box.get("height", "0")) / 2
        first = edge[0]
        edge.insert(1, first.makeelement(first.tag, {"x": str(x), "y": str(y)}))

    return change


def _put_label_on(id: str, shape: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        label = list(diagram.drawn(id).iter(f"{DC}Bounds"))[1]
        box = diagram.bounds(shape)
        label.set("x", str(float(box.get("x", "0")) + 10))
        label.set("y", str(float(box.get("y", "0")) + 10))

    return change


def _clear(id: str, tag: str, attribute: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        del diagram.inside(id, tag).attrib[attribute]

    return change


def _set(id: str, tag: str, attribute: str, value: str) -> Callable[[Diagram], None]:
    return lambda diagram: diagram.inside(id, tag).set(attribute, value)


def _drop_condition(diagram: Diagram) -> None:
    flow = next(
        flow for flow in diagram.root.iter(f"{BPMN}sequenceFlow") if len(flow.findall(f"{BPMN}conditionExpression"))
    )
    diagram.remove(flow.findall(f"{BPMN}conditionExpression")[0])


def _misspell_condition(text: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        next(diagram.root.iter(f"{BPMN}conditionExpression")).text = text

    return change


def _write_days_for_a_date(diagram: Diagram) -> None:
    next(diagram.root.iter(f"{BPMN}timeDate")).text = "3 weeks"


def _make_end_throw(diagram: Diagram) -> None:
    """An end event is made one that throws an error nobody catches."""
    error = diagram.root.makeelement(f"{BPMN}error", {"id": "error_x", "name": "X", "errorCode": "x"})
    diagram.root.append(error)
    end = diagram.element("action_done")
    end.append(end.makeelement(f"{BPMN}errorEventDefinition", {"errorRef": "error_x"}))


def _draw_round(diagram: Diagram) -> None:
    diagram.redirect("choose_who_is_told", "send_escalation", to="rung_reached")


_TASK = "carry_out_action"
_ACKNOWLEDGE = "forms/acknowledge_application.form"
#: A line of variant.toml, before its tables.
_PREFIX = 'main_process = "case_review"\n'

#: Rule → what is done to the folder, in words, and how.
MUTATIONS: Mapping[str, tuple[tuple[str, Mutation], ...]] = {
    "readable": (("a diagram is replaced by a picture", lambda files: files.update({"action.bpmn": b"\x89PNG\r\n"})),),
    "allow-list": (
        ("a user task is made a manual task", in_diagram("action.bpmn", lambda d: d.retag(_TASK, "manualTask"))),
        ("a task of no kind is drawn", in_diagram("action.bpmn", lambda d: d.retag(_TASK, "task"))),
    ),
    "events": (
        (
            "a boundary event loses what it waits for",
            in_diagram("action.bpmn", lambda d: d.remove(d.inside("action_is_late", "timerEventDefinition"))),
        ),
    ),
    "boundary-events": (
        (
            "the host of a boundary event is made a script task",
            in_diagram("action.bpmn", lambda d: d.element("action_is_late").set("attachedToRef", "choose_who_is_told")),
        ),
    ),
    "timers": (("a period is written for a day", in_diagram("action.bpmn", _write_days_for_a_date)),),
    "scripts": (
        (
            "a script loses its result variable",
            in_diagram("action.bpmn", _clear("first_rung", "script", "resultVariable")),
        ),
    ),
    "mappings": (
        ("a mapping loses its name", replacing("action.bpmn", 'target="assignee_contacted_on"', 'target=""')),
    ),
    "properties": (
        ("a property is misspelt", replacing("action.bpmn", 'name="clause"', 'name="claus"')),
        ("what a task shows is misspelt", replacing("action.bpmn", 'value="action, ', 'value="actoin, ')),
    ),
    "ways": (
        ("a way ends without an end event", in_diagram("action.bpmn", lambda d: d.delete_flow("action_begins", _TASK))),
        (
            "a flow is pulled onto a task that has a way in",
            in_diagram("action.bpmn", lambda d: d.redirect("was_it_done", "action_done", to="agree_instead")),
        ),
    ),
    "starts": (
        (
            "the application loses its form",
            in_diagram("case_review.bpmn", _clear("application_received", "formDefinition", "formId")),
        ),
    ),
    "conditions": (("a condition is deleted", in_diagram("action.bpmn", _drop_condition)),),
    "reachable": (("a flow is deleted", in_diagram("action.bpmn", lambda d: d.delete_flow("action_begins", _TASK))),),
    "circles": (("a flow is led back to where nothing waits", in_diagram("action.bpmn", _draw_round)),),
    "sound": (
        (
            "a join is swapped for a split",
            in_diagram("preparation.bpmn", lambda d: d.retag("everyone_heard", "exclusiveGateway")),
        ),
        (
            "a split is swapped for a choice",
            in_diagram("preparation.bpmn", lambda d: d.retag("ask_everyone", "exclusiveGateway")),
        ),
        (
            "a merge is swapped for a join",
            in_diagram("action.bpmn", lambda d: d.retag("rung_reached", "parallelGateway")),
        ),
    ),
    "called-processes": (
        (
            "a called process is misspelt",
            replacing("case_review.bpmn", 'processId="application"', 'processId="aplication"'),
        ),
    ),
    "messages": (
        (
            "a message is renamed at one end",
            replacing("further_review.bpmn", 'name="review_again"', 'name="review_anew"'),
        ),
    ),
    "faults": (("an end throws an error that nothing catches", in_diagram("action.bpmn", _make_end_throw)),),
    "expressions": (
        ("a condition is cut off", in_diagram("action.bpmn", _misspell_condition("=action_outcome ="))),
        ("a function is misspelt in a form", replacing("forms/arrange_appeal.form", '"=today()"', '"=todays()"')),
        ("a function is misspelt in a table", replacing("panel.dmn", "count(", "cuont(")),
        ("a function is misspelt in a limit", replacing("time_limits.dmn", "max(", "mxa(")),
        (
            "a due date is counted the wrong way round",
            replacing("application.bpmn", "=due(&#34;acknowledge&#34;)", "=working days after(2, application_date)"),
        ),
    ),
    "values": (
        (
            "a choice is misspelt in a condition",
            replacing("application.bpmn", '=immediate_risk = "yes"', '=immediate_risk = "Yes"'),
        ),
        (
            "a number is added to a day",
            replacing("application.bpmn", "=due(&#34;acknowledge&#34;)", "=application_date + 2"),
        ),
        ("a due date is a duration", replacing("application.bpmn", "=due(&#34;acknowledge&#34;)", "P2D")),
        ("a due date is a text", replacing("application.bpmn", "=due(&#34;acknowledge&#34;)", "=applicant_name")),
        (
            "a timer waits for a day as if it were a duration",
            lambda files: files.update(
                {
                    "agency_response.bpmn": files["agency_response.bpmn"].replace(b"timeDate", b"timeDuration"),
                }
            ),
        ),
        (
            "a choice is misspelt where a question is hidden",
            replacing(
                "forms/acknowledge_application.form", 'immediate_risk != \\"yes\\"', 'immediate_risk != \\"Yes\\"'
            ),
        ),
        (
            "a choice that is a team gets another word",
            replacing("forms/acknowledge_application.form", '"icb"', '"icb2"'),
        ),
    ),
    "dead-ways": (
        (
            "a way is taken whatever the outcome is",
            in_diagram("action.bpmn", _misspell_condition('=action_outcome = "done" or action_outcome != "done"')),
        ),
    ),
    "facts": (
        ("a fact is misspelt", in_diagram("action.bpmn", _misspell_condition('=action_outcom = "done"'))),
        ("a question is renamed", replacing("forms/confirm_reports.form", '"agency_team"', '"agency"')),
    ),
    "settings-facts": (
        ("the fact that a figure counts is misspelt", replacing("variant.toml", '"told_not_met"', '"told_not_mett"')),
    ),
    "time-frames": (
        (
            "the decision gets the days of the acknowledgement alone",
            replacing(
                "case_review.bpmn",
                '<zeebe:property name="clause" value="L104.4, L104.5" />',
                '<zeebe:property name="clause" value="L104.4, L104.5" />'
                '<zeebe:property name="due_date" value=\'=due("acknowledge")\' />',
            ),
        ),
    ),
    "near-names": (
        ("a list is misspelt where it is asked", replacing("forms/confirm_reports.form", '"agencies"', '"agenices"')),
        (
            "a choice is misspelt",
            replacing("forms/application.form", '"transgender_identity"', '"transgender_idnetity"'),
        ),
    ),
    "stated-times": (
        ("a name has other weeks than its limit", replacing("action.bpmn", "More than 3 weeks", "More than 4 weeks")),
        (
            "a row of the ladder has other months",
            replacing("escalation.dmn", "More than 2 months:", "More than 5 months:"),
        ),
        ("a limit is shorter than its clause says", replacing("time_limits.dmn", "<text>14</text>", "<text>12</text>")),
        ("a hint has other months", replacing("forms/record_outcome.form", "2 months and 3", "2 months and 4")),
    ),
    "languages": (
        (
            "Welsh is spoken and nothing is written in it",
            replacing("variant.toml", _PREFIX, f'{_PREFIX}languages = ["en", "cy"]\n'),
        ),
    ),
    "translations": (
        (
            "a page is there in Welsh alone",
            lambda files: files.update(
                {
                    "variant.toml": files["variant.toml"].replace(
                        _PREFIX.encode(), f'{_PREFIX}languages = ["en", "cy"]\n'.encode()
                    ),
                    "pages/cy/help.md": b"# Cymorth\nFfoniwch ni.\n",
                }
            ),
        ),
    ),
    "logo": (("the logo is not in the folder", replacing("variant.toml", _PREFIX, f'{_PREFIX}logo = "logo.svg"\n')),),
    "bodies": (
        (
            "a letter speaks of another police force",
            replacing("letters/ct1.md", "((csio_name))", "Othershire Constabulary"),
        ),
    ),
    "below-the-floor": (
        ("complaints count for ten days", replacing("time_limits.dmn", "<text>30</text>", "<text>10</text>")),
    ),
    "owed": (
        (
            "no letter says any more that the threshold is not met",
            replacing("letters/ct3.md", '"H11.3", "L104.6", "LS4.3"', '"H11.3", "LS4.3"'),
        ),
    ),
    "limits": (
        ("a limit is misspelt in a diagram", replacing("action.bpmn", "action: line manager", "action: linemanager")),
        ("a limit is renamed in the table", replacing("time_limits.dmn", "action: line manager", "action: manager")),
    ),
    "identity": (
        ("a letter is signed by another council", replacing("letters/ct1.md", "((csio_name))", "Othershire Council")),
    ),
    "slots": (
        (
            "a slot names a process that is not there",
            lambda files: files.update({"variant.toml": files["variant.toml"] + b'\n[slots.panel]\nuse = "pannel"\n'}),
        ),
    ),
    "settings": (
        (
            "what nobody suggests is accepted",
            replacing("variant.toml", '"efforts.ways"', '"limits.pannel"'),
        ),
    ),
    "handlers": (
        ("a handler is misspelt", replacing("action.bpmn", 'type="send-letter"', 'type="send-leter"')),
        ("the letter's name is taken out", replacing("action.bpmn", 'target="letter"', 'target="letters"')),
    ),
    "given": (
        (
            "a letter prints what nobody has to say",
            replacing("letters/ct1.md", "((csio_name))", "((csio_name)), ((applicant_phone))"),
        ),
    ),
    "addressees": (
        (
            "a role is misspelt",
            replacing("letters/ct4.md", 'to = ["applicant", "victim"]', 'to = ["aplicant", "victim"]'),
        ),
    ),
    "days": (
        ("the other day is misspelt", replacing("forms/appeal.form", '"=[application_date,', '"=[aplication_date,')),
    ),
    "forms": (
        ("a form is removed", removing("forms/carry_out_action.form")),
        ("a form is misspelt", in_diagram("action.bpmn", _set(_TASK, "formDefinition", "formId", "carry_out_actions"))),
    ),
    "letters": (
        ("a letter that a table chooses is removed", removing("letters/escalation-head-of-service.md")),
        ("a letter is renamed", replacing("application.bpmn", 'source="CT1"', 'source="CT9"')),
        (
            "a placeholder is misspelt",
            lambda files: files.update(
                {k: v.replace(b"((case.reference))", b"((case.ref))") for k, v in files.items()}
            ),
        ),
    ),
    "pages": (("a placeholder is misspelt", replacing("pages/apply.md", "council.phone", "council.fone")),),
    "tables": (
        (
            "a row is made another's",
            replacing("unsuitable.dmn", '<text>"anonymous"</text>', '<text>"cps_decision"</text>'),
        ),
    ),
    "decisions": (
        ("a decision is misspelt", replacing("application.bpmn", 'decisionId="threshold"', 'decisionId="treshold"')),
    ),
    "teams": (("a team gets another id", replacing("variant.toml", "community_safety", "safety")),),
    "lanes": (
        ("a lane is renamed", replacing("action.bpmn", 'name="Community Safety Team"', 'name="Community Safety"')),
        (
            "a task goes to another team",
            in_diagram(
                "preparation.bpmn", _set("hold_panel", "assignmentDefinition", "candidateGroups", "community_safety")
            ),
        ),
    ),
    "not-same-person": (
        (
            "a task is misspelt",
            replacing("contact.bpmn", 'value="contact_victim, decide', 'value="contact_victm, decide'),
        ),
    ),
    "clauses": (
        ("a clause is misspelt", replacing("action.bpmn", 'value="H13.1"', 'value="H13.11"')),
        (
            "the only mention of a clause is taken out",
            lambda files: files.update(
                {k: v.replace(b"H13.1", b"H13.2") for k, v in files.items() if k != "policy.toml"}
            ),
        ),
    ),
    "conflicts": (
        ("a conflict names no clause of the policy", replacing("policy.toml", '"H11.4", "H12.2"', '"H11.4", "H12.22"')),
    ),
    "base": (("a limit of the base is changed", replacing("floor.dmn", "latest(report), 6,", "latest(report), 5,")),),
    "prefixes": (("another council has the prefix", replacing("variant.toml", '"HBC"', '"OBC"')),),
    "entered-years": (
        (
            "a number is entered for a year to come",
            lambda files: files.update(
                {
                    "variant.toml": files["variant.toml"]
                    + b'\n[[entered_figures]]\nlabel = "cases"\nsource = "The page"\nby_year = {"2027/28" = 2}\n'
                }
            ),
        ),
    ),
    "figures-table": (
        (
            "a line of the published table is of no figure",
            lambda files: files.update(
                {"variant.toml": files["variant.toml"] + b'\n[figures_table.figures]\naplications = "Applications"\n'}
            ),
        ),
        (
            "a figure counts what is late by no limit",
            lambda files: files.update(
                {"variant.toml": files["variant.toml"] + b'\n[figures.late]\nlabel = "Late"\nlate = "whole reviw"\n'}
            ),
        ),
    ),
    "agreements": (
        (
            "an agreement takes what nobody waits for",
            lambda files: files.update(
                {
                    "variant.toml": files["variant.toml"]
                    + b'\n[agreements.loans]\nwith = ["othershire"]\nclause = "H1"\n[agreements.loans.takes.loan]\n'
                }
            ),
        ),
    ),
    "colour": (("the colour is a bright yellow", replacing("variant.toml", '"HBC"\n', '"HBC"\ncolour = "#ffd400"\n')),),
    "floor": (("the threshold asks for four complaints", replacing("threshold.dmn", "&gt;= 3", "&gt;= 4")),),
    "guards": (("the decision that holds the Act is renamed", replacing("floor.dmn", 'id="floor"', 'id="the_floor"')),),
    "ends": (
        (
            "what stands before an answer is named by another fact",
            replacing("variant.toml", '["unsuitable_because"]', '["consent_asked_on"]'),
        ),
    ),
    "drawn": (
        ("a shape is deleted", in_diagram("action.bpmn", lambda d: d.remove(d.drawn(_TASK)))),
        (
            "a line is deleted",
            in_diagram("action.bpmn", lambda d: d.remove(d.drawn(d.flow("action_begins", _TASK).get("id", "")))),
        ),
    ),
    "examples": (
        (
            "a choice that nothing compares with is called something else",
            replacing("forms/application.form", '"value": "disability"', '"value": "because_of_that"'),
        ),
    ),
    "overlaps": (("a shape is moved over another", in_diagram("action.bpmn", _move_over("agree_instead", _TASK))),),
    "crossings": (
        (
            "a flow is led through a shape",
            in_diagram("action.bpmn", _lead_through("action_begins", _TASK, "agree_instead")),
        ),
    ),
    "containment": (
        ("a task is moved out of its lane", in_diagram("action.bpmn", _move(_TASK, 0, 2000))),
        ("a boundary event is moved off its task", in_diagram("action.bpmn", _move("action_is_late", 0, 60))),
    ),
    "labels": (("a label is moved onto a shape", in_diagram("action.bpmn", _put_label_on("was_it_done", _TASK))),),
    "names": (("a task loses its name", in_diagram("action.bpmn", _clear(_TASK, "userTask", "name"))),),
}


#: Rules that point out what runs all the same.
_LAYOUT = frozenset({"drawn", "overlaps", "crossings", "containment", "labels"})
_ONLY_WARN = (
    _LAYOUT
    | {"base", "bodies", "floor", "names", "circles", "tables", "dead-ways", "given", "stated-times"}
    | {"near-names", "examples"}
)
#: What another rule says only as a warning.
_POINTED_OUT = frozenset({
    "the only mention of a clause is taken out", "complaints count for ten days",
    "a way ends without an end event", "a flow is pulled onto a task that has a way in",
})  # fmt: skip


_HERTSMERE = load_variant(HERTSMERE)
#: A council whose folder stands beside it.
_BESIDE = {"othershire": Identity(folder="othershire", name="Othershire Council", marks=frozenset({"Othershire"}))}
#: A council whose folder stands beside Hertsmere's.
_NEIGHBOURS = {"othershire": "OBC"}


@cache
def _before() -> frozenset[Finding]:
    return frozenset(_check(hertsmere()))


def _check(files: Files, rules: Sequence[Rule] = RULES) -> list[Finding]:
    variant = Variant.from_files(
        files, "hertsmere", origin=_HERTSMERE.origin, bases=_HERTSMERE.bases, untold=_HERTSMERE.untold
    )
    pin = Pin(folders=_of_the_base(_HERTSMERE.files), pinned_on=date(2026, 3, 2))
    return check_variant(
        replace(variant, pin=pin),
        handlers=HANDLERS,
        others=_BESIDE,
        neighbours=_NEIGHBOURS,
        base_today=_of_the_base(files),
        today=date(2026, 3, 2),
        rules=rules,
    )


def _of_the_base(files: Mapping[str, bytes]) -> tuple[BaseFolder, ...]:
    """What Hertsmere has from its base as it was written there: its tables."""
    taken = {file: data for file, data in files.items() if _HERTSMERE.origin.get(file) == "statutory"}
    return (BaseFolder(name="statutory", files={file: data for file, data in taken.items() if file.endswith(".dmn")}),)


def test_hertsmere_as_it_is_has_no_error() -> None:
    assert [finding for finding in _before() if finding.severity is Severity.ERROR] == []


def test_every_rule_has_a_mutation() -> None:
    assert [rule.name for rule in RULES if not MUTATIONS.get(rule.name)] == []
    assert MUTATIONS.keys() <= {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "words", "mutate"),
    [(rule, words, mutate) for rule, mutations in MUTATIONS.items() for words, mutate in mutations],
    ids=[f"{rule}: {words}" for rule, mutations in MUTATIONS.items() for words, _ in mutations],
)
def test_a_slip_of_the_hand_is_found_by_its_rule(rule: str, words: str, mutate: Mutation) -> None:
    files = hertsmere()
    mutate(files)
    by_its_rule = _check(files, [each for each in RULES if each.name == rule])
    said = {finding.severity for finding in by_its_rule if finding not in _before()}
    expected = Severity.WARNING if rule in _ONLY_WARN or words in _POINTED_OUT else Severity.ERROR
    assert expected in said, f"{words}: only {set(_check(files)) - _before()} was said"
