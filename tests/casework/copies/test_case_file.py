"""An exported case file holds everything and its chain; a copy leaves out what is kept from its reader, and says so."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import update

from engine.casework.cases.corrections import correct_fact
from engine.casework.copies.case_file import CaseFile, read_case_file
from engine.casework.copies.pdf import case_file_as_pdf, left_out_in_words
from engine.errors import BadInputError, CaseNotFoundError
from engine.handler import Channel, HandlerContext, HandlerResult, WrittenLetter, handler
from engine.store import Database, schema
from engine.store.record import digest_of
from tests.casework.builders import SETTINGS, Play, chain_of, job, process, user, variant_of

COPIES = """
[copies.victim]
leaves_out = 'told_to_victim = "no"'
letters_to = ["victim_name"]
[copies.agencies]
letters_to = ["agency_name"]
"""


def field(key: str, seen_by: str = "", **more: Any) -> dict[str, Any]:
    properties = {"visible_to": seen_by} if seen_by else {}
    return {"type": "textfield", "key": key, "id": key, "label": key.capitalize(), "properties": properties, **more}


FORM = {
    "type": "default", "id": "agree", "schemaVersion": 18,
    "components": [
        field("victim_name", "victim, officers"),
        field("outcome", "victim, agencies, officers"),
        field("suspicion"),
        {"type": "dynamiclist", "path": "actions", "id": "list", "label": "Actions", "components": [
            field("action", "victim, agencies, officers"), field("told_to_victim"), field("assigned_to"),
        ]},
    ],
}  # fmt: skip
#: Asks for the outcome too, and does not show it to agencies.
OTHER = {**FORM, "id": "other", "components": [field("outcome", "victim, officers")]}
BODY = (
    '<bpmn:startEvent id="begin"/><bpmn:endEvent id="done"/>'
    + user("agree", more='<zeebe:formDefinition formId="agree"/>')
    + job("tell", handler="tell")
    + user("close")
    + chain_of("begin", "agree", "tell", "close", "done")
)
VARIANT = variant_of(
    process(BODY),
    files={
        "variant.toml": (SETTINGS + COPIES).encode(),
        "forms/agree.form": json.dumps(FORM).encode(),
        "forms/other.form": json.dumps(OTHER).encode(),
    },
)
ANSWERS = {
    "victim_name": "Ms A", "outcome": "A notice is served.", "suspicion": "SECRET drug dealing",
    "actions": [
        {"action": "Call every week.", "told_to_victim": "yes", "assigned_to": "Officer 2"},
        {"action": "SECRET search of the flat", "told_to_victim": "no", "assigned_to": "Officer 2"},
    ],
}  # fmt: skip


@handler(name="tell", title="Tell", ports=(), inputs=())
def tell(context: HandlerContext) -> HandlerResult:
    """Two letters: to the victim, and to somebody else."""
    return HandlerResult(letters=(letter("outcome", "Ms A"), letter("request", "Mr SECRET B")))


def letter(letter_id: str, recipient: str) -> WrittenLetter:
    return WrittenLetter(
        letter_id=letter_id, title=f"Letter {letter_id}", recipient=recipient, address="", channel=Channel.POST,
        text=f"Dear {recipient}", pdf=b"%PDF of " + letter_id.encode(),
    )  # fmt: skip


@pytest.fixture
def play(database: Database) -> Play:
    play = Play(database, VARIANT, handlers=(tell,))
    play.complete("agree", ANSWERS)
    return play


def file_of(play: Play, made_for: str | None = None) -> CaseFile:
    return read_case_file(play.office, play.reference, made_for=made_for)


def known(file: CaseFile) -> set[tuple[str, str]]:
    return {(fact.item_id, fact.name) for fact in file.facts if fact.is_current}


def test_the_whole_file_holds_everything_that_was_ever_known(play: Play) -> None:
    correct_fact(play.office, play.reference, "outcome", "Two notices.", reason="A slip.", by="Officer 1")
    file = file_of(play)
    assert [fact.value for fact in file.facts if fact.name == "outcome"] == ["A notice is served.", "Two notices."]
    assert ("actions-2", "action") in known(file)
    assert [each.recipient for each in file.letters] == ["Ms A", "Mr SECRET B"]
    assert [task.name for task in file.tasks] == ["close"]
    assert len(file.history) == file.entry_count == play.case().record_seq
    assert file.head == play.case().record_head
    assert (file.breaks, file.left_out) == ((), {})
    assert left_out_in_words(file) == "Nothing is left out of this copy."


def test_the_chain_in_the_file_can_be_followed_without_this_system(play: Play) -> None:
    chain = json.loads(json.dumps(file_of(play).to_json()))["chain"]
    previous = hashlib.sha256(f"test_council\n{play.reference}".encode()).hexdigest()
    for link in chain:
        content = json.dumps(link["content"], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        assert link["digest"] == digest_of(link["salt"], content)
        assert link["previous"] == previous
        previous = link["hash"]
    assert previous == play.case().record_head


def test_the_victims_copy_leaves_out_what_is_kept_from_the_victim_and_says_so(play: Play) -> None:
    file = file_of(play, "victim")
    assert known(file) == {("", "access_code"), ("", "victim_name"), ("", "outcome"), ("actions-1", "action")}
    assert [each.recipient for each in file.letters] == ["Ms A"]
    assert "SECRET" not in json.dumps(file.to_json())
    assert "actions-2" not in json.dumps(file.to_json())
    # of eight facts three are shown; the second action is not there at all
    assert file.left_out["facts"] == 6
    assert (file.left_out["letters"], file.left_out["action"]) == (1, 1)
    assert file.left_out["entries of the record"] == file.entry_count - len(file.history) > 0
    said = left_out_in_words(file)
    assert said.startswith("Something is left out of this copy: 6 facts, 1 letter, ")
    assert "1 action." in said
    assert said.endswith("The council’s policy keeps them from the victim.")


def test_a_copy_still_says_the_head_of_the_whole_record_and_gives_away_no_link(play: Play) -> None:
    file = file_of(play, "victim")
    assert file.to_json()["record"] == {
        "head": play.case().record_head, "entries": play.case().record_seq, "is_whole": True, "breaks": [],
    }  # fmt: skip
    assert file.chain == ()


def test_a_fact_is_in_a_copy_only_where_every_form_that_asks_for_it_shows_it(play: Play) -> None:
    assert known(file_of(play, "agency")) == {("actions-1", "action"), ("actions-2", "action")}
    assert file_of(play, "agency").letters == ()


def test_the_ombudsman_gets_everything_but_the_applicants_code(play: Play) -> None:
    assert file_of(play, "ombudsman").left_out == {}
    assert known(file_of(play)) - known(file_of(play, "ombudsman")) == {("", "access_code")}
    assert file_of(play, "ombudsman").chain


def test_a_condition_that_cannot_be_judged_leaves_the_item_out(database: Database) -> None:
    files = {**VARIANT.files, "variant.toml": VARIANT.files["variant.toml"].replace(b'told_to_victim = "no"', b"1 +")}
    play = Play(database, type(VARIANT).from_files(files, "test_council"), handlers=(tell,))
    play.complete("agree", ANSWERS)
    assert {item for item, _ in known(file_of(play, "victim"))} == {""}


def test_an_altered_record_is_said_to_be_altered(play: Play) -> None:
    with play.office.database.begin() as connection:
        connection.execute(update(schema.record_contents).where(schema.record_contents.c.seq == 2).values(content="{}"))
    file = file_of(play)
    assert not file.to_json()["record"]["is_whole"]
    assert "what entry 2 says has been altered" in file.to_json()["record"]["breaks"][0]


@pytest.mark.parametrize("made_for", [None, "victim", "agency", "ombudsman"])
def test_the_file_is_a_tagged_pdf(play: Play, made_for: str | None) -> None:
    data = case_file_as_pdf(file_of(play, made_for))
    assert data.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in data
    assert b"pdfuaid" in data


def test_a_copy_is_made_for_those_that_there_are(play: Play) -> None:
    with pytest.raises(BadInputError, match="victim, agency, ombudsman"):
        file_of(play, "mayor")
    with pytest.raises(CaseNotFoundError):
        read_case_file(play.office, play.reference, council_id="other_council")
