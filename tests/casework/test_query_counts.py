"""What a step asks of the database does not grow with the case."""

from __future__ import annotations

import pytest

from engine.casework.cases.messages import send_message
from engine.casework.tasks.completion import complete_task
from engine.store import Database, tasks
from tests.casework.builders import Play, chain_of, process, timer, user, variant_of
from tests.casework.step.test_fifty_children import ASKING, MAIN
from tests.statements import counted

#: Statements of one step: the case, the instance, the task, what FEEL reads, a write for each kind of row
MOST_TO_COMPLETE_A_TASK = 20
MOST_TO_COMPLETE_A_CHILD_S_TASK = 20

LOOP = (
    '<bpmn:startEvent id="begin"/>'
    + user("first", boundary=timer("late", on="first", after="P21D"))
    + user("chase")
    + user("second", boundary=timer("late_too", on="second", after="P21D"))
    + user("chase_too")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="chased"/><bpmn:endEvent id="chased_too"/>'
    + chain_of("begin", "first", "second", "done")
    + chain_of("late", "chase", "chased")
    + chain_of("late_too", "chase_too", "chased_too")
)


def statements_to_complete(play: Play, element: str, answers: dict, *, item: str = "") -> list[str]:
    task = next(t.task_id for t in play.tasks() if (t.element_id, t.item_id) == (element, item))
    with counted(play.office.database) as seen:
        complete_task(play.office, task, answers, by="Officer 1")
    return seen


@pytest.mark.parametrize("facts", [1, 300])
def test_completing_a_task_costs_the_same_however_much_is_known(database: Database, facts: int) -> None:
    known = {f"fact_{number}": number for number in range(facts)}
    play = Play(database, variant_of(process(LOOP)), answers=known)
    seen = statements_to_complete(play, "first", {"reported": 1})
    assert len(seen) <= MOST_TO_COMPLETE_A_TASK
    other = Play(database, variant_of(process(LOOP)), answers={"fact_1": 1})
    assert seen == statements_to_complete(other, "first", {"reported": 1})
    print(f"completing a task: {len(seen)} statements with {facts} facts")


def with_children(database: Database, count: int) -> tuple[Play, list[str]]:
    """A case with so many children, and the statements that it took to start them."""
    message = '<bpmn:message id="message_withdraw" name="withdraw"/>'
    play = Play(database, variant_of(process(MAIN), process(ASKING, id="asking"), definitions=message))
    agencies = [{"name": f"agency {number}"} for number in range(count)]
    return play, statements_to_complete(play, "collect", {"agencies": agencies})


def test_completing_a_child_s_task_costs_the_same_however_many_children_there_are(database: Database) -> None:
    counts = [
        len(statements_to_complete(with_children(database, children)[0], "reply", {"answer": "yes"}, item="agencies-1"))
        for children in (3, 60)
    ]
    print(f"completing a child's task: {counts} statements with 3 and 60 children")
    assert counts[0] == counts[1] <= MOST_TO_COMPLETE_A_CHILD_S_TASK


def test_starting_sixty_children_costs_as_many_statements_as_three(database: Database) -> None:
    counts = [len(with_children(database, children)[1]) for children in (3, 60)]
    print(f"starting children: {counts} statements with 3 and 60 children")
    assert counts[0] == counts[1]


def test_withdrawing_from_sixty_children_costs_as_many_statements_as_three(database: Database) -> None:
    counts = []
    for children in (3, 60):
        play, _ = with_children(database, children)
        with counted(database) as seen:
            send_message(play.office, play.reference, "withdraw", {}, by="Officer 1")
        counts.append(len(seen))
    print(f"withdrawing: {counts} statements with 3 and 60 children")
    assert counts[0] == counts[1]


def test_the_inbox_is_one_statement_however_many_tasks_are_in_it(database: Database) -> None:
    play, _ = with_children(database, 60)
    with counted(database) as seen, database.begin() as connection:
        found = tasks.open_tasks(connection, team="team")
    assert (len(seen), len(found)) == (1, 60)
    assert play.reference
