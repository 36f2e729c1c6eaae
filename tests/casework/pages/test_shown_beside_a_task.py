"""What a policy says must be seen to do a task stands beside its form."""

from __future__ import annotations

import json

import pytest

from engine.casework.pages.case.known_facts import AnswerSeen, ItemSeen
from engine.casework.pages.task import read_task
from engine.forms import FieldKind
from engine.store import Database
from tests.casework.builders import Play, chain_of, process, user, variant_of

FORM = {
    "type": "default", "id": "application", "schemaVersion": 18,
    "components": [
        {"type": "textfield", "id": "n", "key": "victim_name", "label": "Name of the victim",
         "properties": {"visible_to": "agencies, officers"}},
        {"type": "textfield", "id": "s", "key": "suspicion", "label": "Suspicion"},
        {"type": "textfield", "id": "e", "key": "empty", "label": "Empty"},
        {"type": "dynamiclist", "id": "l", "path": "reports", "components": [
            {"type": "textarea", "id": "w", "key": "what", "label": "What happened",
             "properties": {"visible_to": "agencies, officers"}}]},
    ],
}  # fmt: skip
SHOWS = (
    "suspicion (What we think),counted.complaints (Complaints), victim_name, is_urgent, empty, counted.missing, "
    "counted.told"
)
BESIDE = "victim_name, reports.what, suspicion"
BODY = (
    '<bpmn:startEvent id="begin"><bpmn:extensionElements><zeebe:formDefinition formId="application"/>'
    '</bpmn:extensionElements></bpmn:startEvent><bpmn:scriptTask id="count" name="count"><bpmn:extensionElements>'
    '<zeebe:script expression="={complaints: 3, told: [{id: &quot;told-1&quot;, body_name: &quot;The police&quot;}]}" '
    'resultVariable="counted"/><zeebe:ioMapping>'
    '<zeebe:output source="=true" target="is_urgent"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:scriptTask>'
    + user("decide", more=f'<zeebe:properties><zeebe:property name="shows" value="{SHOWS}"/></zeebe:properties>')
    + user("record", more=f'<zeebe:properties><zeebe:property name="beside" value="{BESIDE}"/></zeebe:properties>')
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "count", "decide", "record", "done")
)
ANSWERS = {"victim_name": "Ms A", "suspicion": "Noise at night", "reports": [{"what": "Shouting"}, {"what": "Banging"}]}
VARIANT = variant_of(process(BODY), files={"forms/application.form": json.dumps(FORM).encode()})


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, VARIANT, answers=ANSWERS)


def shown(play: Play, audiences: frozenset[str] | None = None) -> list[tuple[str, str]]:
    view = read_task(
        play.office, play.task_id("decide"), by="Officer 1", council_id="test_council", audiences=audiences
    )
    return [(known.field.name, str(known.value)) for known in view.shown if known.field.kind is not FieldKind.LIST]


def test_items_that_no_form_asks_for_are_shown_part_by_part(play: Play) -> None:
    view = read_task(play.office, play.task_id("decide"), by="Officer 1", council_id="test_council", audiences=None)
    (told,) = [known.field for known in view.shown if known.field.kind is FieldKind.LIST]
    assert (told.name, [part.name for part in told.fields]) == ("Told", ["Body name"])


def test_facts_entries_and_what_a_script_found_are_shown_in_the_policys_order_and_words(play: Play) -> None:
    assert shown(play) == [
        ("What we think", "Noise at night"), ("Complaints", "3"), ("Name of the victim", "Ms A"), ("Is urgent", "True"),
    ]  # fmt: skip


def test_those_of_an_agency_see_only_what_is_shown_to_agencies(play: Play) -> None:
    assert shown(play, frozenset({"agencies"})) == [("Name of the victim", "Ms A")]


def test_facts_and_items_stand_beside_a_task_each_item_under_its_name(play: Play) -> None:
    play.complete("decide")
    task = play.task_id("record")
    for audiences, also in ((None, [("Suspicion", "Noise at night")]), (frozenset({"agencies"}), [])):
        view = read_task(play.office, task, by="Officer 1", council_id="test_council", audiences=audiences)
        facts = [(known.label, known.words) for known in view.beside if isinstance(known, AnswerSeen)]
        items = [(known.name, known.facts) for known in view.beside if isinstance(known, ItemSeen)]
        assert facts == [("Name of the victim", "Ms A"), *also]
        assert [said for _, said in items] == [(("What happened", "Shouting"),), (("What happened", "Banging"),)]
        assert all(name for name, _ in items)
