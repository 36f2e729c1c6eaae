"""What a rehearsal says would follow is what follows: held against every task and message of worked examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.messages import send_message
from engine.casework.rehearsal import Consequences, alternatives, what_follows, what_follows_telling
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.casework.words.items import item_names
from engine.casework.words.sentences import Narrator
from engine.errors import EngineError
from engine.model import TaskId
from engine.scenarios import movement, play, scenarios_of
from engine.store import cases, incidents, record, tasks, timers
from engine.store.letters import letters_of
from engine.variants import load_variant

VARIANTS = Path(__file__).parents[3] / "bpmn"
HERTSMERE = load_variant(VARIANTS / "hertsmere", root=VARIANTS)
SCENARIOS = {scenario.name: scenario for scenario in scenarios_of(HERTSMERE)}
#: Between them: a whole review with its actions, rungs that were taken, a withdrawal, an appeal, refusals.
HANDFUL = (
    "01_threshold_just_met",
    "14_withdrawn_before_the_panel",
    "55_further_application_refused",
    "47_action_delayed_with_reasons",
)


class Seen:
    """A case as its rows tell it, read without the rehearsal's own queries."""

    def __init__(self, office: Office, reference: str) -> None:
        with office.database.read() as connection:
            self.case = cases.find_case(connection, reference)
            case_id = self.case.case_id
            self.tasks = {task.task_id.number: task for task in tasks.open_tasks(connection, reference=reference)}
            self.letters = list(letters_of(connection, case_id))
            self.entries = record.entries_of(connection, case_id)
            self.stuck = {row.number: row.message for row in incidents.open_incidents(connection, case_id=case_id)}
            self.next_timer_at = timers.next_timer_at(connection)
            self.names = item_names(connection, case_id, HERTSMERE.settings)


def hold_against(said: Consequences, before: Seen, after: Seen, done: int | None) -> None:
    team = HERTSMERE.settings.team
    assert Counter(
        (task.element_id, task.name, task.team, task.item, task.due_on, task.explanation) for task in said.new_tasks
    ) == Counter(
        (
            task.element_id,
            task.name,
            team(task.team).name,
            after.names.get(task.item_id, ""),
            task.due_on,
            task.explanation,
        )
        for number, task in after.tasks.items()
        if number not in before.tasks
    )
    assert Counter((task.element_id, task.due_on) for task in said.tasks_gone) == Counter(
        (task.element_id, task.due_on)
        for number, task in before.tasks.items()
        if number not in after.tasks and number != done
    )
    assert Counter(
        (letter.letter, letter.title, letter.recipient, letter.channel, letter.address, letter.text)
        for letter in said.letters
    ) == Counter(
        (row.letter, row.title, row.recipient, row.channel, row.address, row.text)
        for row in after.letters[len(before.letters) :]
    )
    narrator = Narrator(HERTSMERE, lambda: after.names)
    new = after.entries[len(before.entries) :]
    assert Counter(said.record) == Counter((entry.kind, narrator.narrate(entry).sentence) for entry in new)
    assert said.closes == (before.case.status == "open" and after.case.status == "closed")
    assert said.reopens == (before.case.status == "closed" and after.case.status == "open")
    assert said.closed_as == (after.case.closed_as if said.closes else None)
    assert [incident.message for incident in said.incidents] == [
        message for number, message in after.stuck.items() if number not in before.stuck
    ]
    if after.next_timer_at != before.next_timer_at:
        changed = {timer.at for timer in (*said.by_itself, *said.no_longer_by_itself)}
        assert changed & {before.next_timer_at, after.next_timer_at}
    assert not said.is_cut_off


class Rehearsed:
    """Stands where the scenario completes tasks and tells messages: it looks first, then does it and compares."""

    def __init__(self) -> None:
        self.compared = 0
        self.refused = 0

    def complete(self, office: Office, task: TaskId, answers: Mapping[str, Any], *, by: str) -> None:
        self._both(
            office,
            task.reference,
            lambda: what_follows(office, task, answers, by=by),
            lambda: complete_task(office, task, answers, by=by),
            task.number,
        )

    def tell(
        self, office: Office, reference: str, message: str, answers: Mapping[str, Any], *, by: str, item_id: str
    ) -> None:
        self._both(
            office,
            reference,
            lambda: what_follows_telling(office, reference, message, answers, by=by, item_id=item_id),
            lambda: send_message(office, reference, message, answers, by=by, item_id=item_id),
            None,
        )

    def _both(self, office: Office, reference: str, look: Any, do: Any, done: int | None) -> None:
        before = Seen(office, reference)
        said: Consequences | None = None
        refusal: EngineError | None = None
        try:
            said = look()
        except EngineError as error:
            refusal = error
        assert Seen(office, reference).entries == before.entries
        if said is None:
            with pytest.raises(EngineError) as refused:
                do()
            assert repr(refused.value) == repr(refusal)
            self.refused += 1
            raise refused.value
        do()
        bring_up_to_date(office)
        hold_against(said, before, Seen(office, reference), done)
        self.compared += 1


def rehearse_all_of(name: str, monkeypatch: pytest.MonkeyPatch) -> Rehearsed:
    rehearsed = Rehearsed()
    monkeypatch.setattr(movement, "complete_task", rehearsed.complete)
    monkeypatch.setattr(movement, "send_message", rehearsed.tell)
    assert play(SCENARIOS[name], HERTSMERE, build_simulation_office()).misses == ()
    acts = [step for step in SCENARIOS[name].steps if step.task or step.tell]
    assert rehearsed.compared + rehearsed.refused == len(acts)
    return rehearsed


@pytest.mark.parametrize("name", HANDFUL)
def test_what_was_rehearsed_is_what_happens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rehearse_all_of(name, monkeypatch).compared


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_what_was_rehearsed_is_what_happens_in_every_scenario(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearse_all_of(name, monkeypatch)


def explore(
    name: str, monkeypatch: pytest.MonkeyPatch, element_ids: Collection[str] | None = None
) -> dict[str, list[str]]:
    """By element, the headings of the alternatives of a form on which nothing has been filled in."""
    found: dict[str, list[str]] = {}

    def complete(office: Office, task: TaskId, answers: Mapping[str, Any], *, by: str) -> None:
        before = Seen(office, task.reference)
        element_id = before.tasks[task.number].element_id
        if element_id not in found and (element_ids is None or element_id in element_ids):
            ways = alternatives(office, task, {}, by=by)
            assert all(way.consequences is not None or way.refused_because for way in ways)
            assert Seen(office, task.reference).entries == before.entries
            found[element_id] = [f"{way.question} {way.heading}".strip() for way in ways]
        complete_task(office, task, answers, by=by)

    monkeypatch.setattr(movement, "complete_task", complete)
    assert play(SCENARIOS[name], HERTSMERE, build_simulation_office()).misses == ()
    return found


def test_each_form_of_a_review_tells_which_of_its_questions_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ("decide_threshold", "carry_out_action", "arrange_panel")
    found = explore("01_threshold_just_met", monkeypatch, wanted)
    assert found["decide_threshold"] == [
        "Is the threshold met? If you answer “Yes”",
        "Is the threshold met? If you answer “No”",
    ]
    assert found["carry_out_action"] == [
        "What became of it? If you answer “Done”",
        "What became of it? If you answer “No longer viable” or “No longer necessary: something else has resolved it”",
    ]
    assert found["arrange_panel"] == ["When you complete it"]


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_every_form_of_every_scenario_tells_what_would_follow(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    explore(name, monkeypatch)
