"""What SpiffWorkflow does wrong and the engine does right. The numbers are those of docs/decisions/0002."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.casework.cases.intake import open_case
from engine.store import record as chain
from engine.store.schema import timers
from tests.casework.builders import diagram, process, variant_of
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    exclusive,
    parallel,
    receive,
    script,
    service,
    start,
    sub,
    throw,
    user,
    variant,
    wire,
)


def _rows(case: Case, query: Any) -> list[Any]:
    with case.office.database.read() as connection:
        return list(connection.execute(query).all())


# 2


def test_cases_share_one_program_and_nothing_else() -> None:
    played = variant(
        start()
        + sub("all", start("s") + user("act") + end("e") + wire("s act e"))
        + boundary("stop", "all", "message", "withdraw")
        + end()
        + end("e2")
        + wire("start all end", "stop e2")
    )
    first = Case(played)
    first.tell("withdraw")
    reference = open_case(first.office, played, {}, by="the applicant")
    second = Case(played)
    second.office, second.reference = first.office, reference
    assert second.open() == ["act"]
    assert second.can_be_told() == ["withdraw"]
    assert first.office.versions.put(played).program("main") is first.office.versions.put(played).program("main")


# 3


def test_a_join_brings_back_no_older_value_and_cuts_no_list() -> None:
    case = Case(
        start()
        + script("one", "=1", "x")
        + script("list", "=[1]", "l")
        + parallel("split")
        + user("a")
        + script("two", "=2", "x")
        + script("longer", "=append(l, 2)", "l")
        + user("b")
        + parallel("join")
        + user("last")
        + end()
        + wire("start one list split a two longer join last end", "split b join")
    )
    case.complete("a", {"seen": 2, "reports": [{"kind": "noise"}]})
    case.complete("b", {"heard": 3})
    assert case.variables() == {"x": 2, "l": [1, 2]}
    assert case.facts() == {"seen": 2, "heard": 3}
    assert case.facts("reports-1") == {"kind": "noise"}


# 10


def test_a_child_that_is_ended_early_does_not_keep_its_call_open() -> None:
    child = (
        start("cs")
        + parallel("p")
        + user("act")
        + end("ce")
        + user("stop")
        + end("te", "terminate")
        + wire("cs p act ce", "p stop te")
    )
    case = Case(
        start() + call("calls", over="=[1,2,3]") + user("after") + end() + wire("start calls after end"), child=child
    )
    for _ in range(3):
        case.complete("stop")
    assert case.open() == ["after"]


# 11


def test_a_message_is_known_by_its_name_whichever_file_it_was_drawn_in() -> None:
    thrown = (
        start()
        + parallel("p")
        + throw("say", "message", "news")
        + end()
        + call("calls")
        + end("e2")
        + wire("start p calls e2", "p say end")
    )
    heard = start("cs") + receive("hear", "news") + user("after") + end("ce") + wire("cs hear after ce")
    definitions = '<bpmn:message id="message_news" name="news"/>'
    case = Case(
        variant_of(
            process(thrown),
            definitions=definitions,
            files={"child.bpmn": diagram(process(heard, "child"), definitions=definitions)},
        )
    )
    assert case.open() == ["after"]


def test_a_message_reaches_only_the_one_of_several_waiters_whom_it_is_about() -> None:
    child = start("cs") + receive("hear", "answer") + user("read") + end("ce") + wire("cs hear read ce")
    case = Case(
        start() + call("calls", over="=agencies") + end() + wire("start calls end"),
        child=child,
        answers={"agencies": [{"name": "Police"}, {"name": "Health"}]},
    )
    case.tell("answer", "agencies-2", word="yes")
    assert case.open() == ["read:agencies-2"]
    assert case.can_be_told() == ["answer:agencies-1"]


# 12

EVIL = (
    '=__import__("os").system("touch {}")',
    "=().__class__.__base__.__subclasses__()",
    '="".__class__',
    '=open("/etc/passwd")',
    '=eval("1")',
    "=case.__class__",
)


@pytest.mark.parametrize("evil", EVIL)
def test_no_expression_of_a_diagram_reaches_python(evil: str, tmp_path: Path) -> None:
    evil = evil.replace("{}", str(tmp_path / "was_here"))
    for body in (
        start() + script("act", evil, "x") + end() + wire("start act end"),
        start()
        + exclusive("act")
        + end()
        + end("e2")
        + wire("start act end", "act e2", act_to_end=evil.replace('"', "&quot;"), act_to_e2="=false"),
        start() + catch("act", "timer", evil) + end() + wire("start act end"),
        start() + service("act", inputs={"give": evil}) + end() + wire("start act end"),
    ):
        case = Case(body)
        if case.stuck() != ["act"]:  # or it is null, as FEEL says of a name that nobody knows
            assert case.variables() in ({"x": None}, {})
    assert list(tmp_path.iterdir()) == []


# 13


def test_a_step_that_breaks_in_the_middle_has_not_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(
        start()
        + user("act")
        + boundary("late", "act", "timer", "P3D")
        + script("note", "=1", "x")
        + user("after")
        + end()
        + end("e2")
        + wire("start act note after end", "late e2")
    )
    before = (case.record(), case.open(), case.facts(), case.variables(), _rows(case, select(timers)))
    with monkeypatch.context() as patched:

        def broken(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("the disk is full")

        patched.setattr(chain, "append", broken)
        with pytest.raises(RuntimeError):
            case.complete("act", {"seen": True})
    assert (case.record(), case.open(), case.facts(), case.variables(), _rows(case, select(timers))) == before
    case.complete("act", {"seen": True})
    assert case.open() == ["after"]


# 14


@pytest.mark.parametrize(
    "value",
    [
        'date("2026-03-02")',
        'time("10:15:00")',
        'date and time("2026-03-02T10:15:00Z")',
        'duration("P3M")',
        'duration("PT36H")',
        "0.1 + 0.2",
        "[1..5]",
        '{"1": [true, null, {a: date("2026-03-02")}]}',
        "[]",
    ],
)
def test_every_value_comes_back_from_the_database_as_it_was(value: str) -> None:
    case = Case(
        start()
        + script("keep", f"={value}", "kept")
        + user("act")
        + script("again", f"=kept = ({value})", "same")
        + end()
        + wire("start keep act again end")
    )
    case.complete("act")
    assert case.variables()["same"] is True


# 15


def test_a_handler_that_fails_is_named_with_its_own_words() -> None:
    case = Case(start() + service("post", inputs={"fail": "yes"}) + end() + wire("start post end"))
    assert case.told("job failed")[0]["error"] == "RuntimeError: the printer is on fire"


# more traps seen elsewhere


def test_a_task_called_start_or_end_does_not_swallow_the_process() -> None:
    case = Case(
        start("begin") + user("Start") + user("End") + user("rest") + end("done") + wire("begin Start End rest done")
    )
    for element in ("Start", "End", "rest"):
        assert case.open() == [element]
        case.complete(element)
    assert case.is_closed


def test_nothing_that_is_left_open_is_taken_for_completed() -> None:
    case = Case(
        start()
        + exclusive("which", "which_to_a")
        + user("a")
        + user("b")
        + parallel("join")
        + end()
        + wire("start which a join end", "which b join", which_to_b="=false")
    )
    case.complete("a")
    assert not case.is_closed
    assert case.stuck() == ["join"]


def test_a_comment_in_a_script_task_is_only_a_comment() -> None:
    commented = script("act", "=1", "x").replace(
        "<bpmn:extensionElements>", "<!-- why --><bpmn:extensionElements><!-- how -->"
    )
    assert Case(start() + commented + end() + wire("start act end")).variables() == {"x": 1}
