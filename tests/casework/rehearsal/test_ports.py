"""What a handler would do in the world is told by a preview and played by a simulation, and neither does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import bootstrap, known_handlers
from engine.casework.rehearsal import alternatives, what_follows, what_follows_telling
from engine.errors import PortRefusedError
from engine.handler import (
    POST,
    Channel,
    Effect,
    Handler,
    HandlerContext,
    HandlerResult,
    Note,
    Port,
    WrittenLetter,
    handler,
)
from engine.ports import MemoryPost, Outlet, Ports, post_outlet
from engine.scenarios import play as play_scenario
from engine.scenarios import read_scenario
from engine.store import Database
from tests.casework.builders import Play, chain_of, job, office_on, process, user, variant_of

Tell = Callable[[str], str]

#: A port that no handler of ours has: it tells a register, and gives back the register's number.
REGISTER: Port[Tell] = Port(name="register", purpose="tell the register")

BODY = '<bpmn:startEvent id="begin"/><bpmn:endEvent id="done"/>'
VARIANT = variant_of(
    process(BODY + user("decide") + job("tell") + user("act") + chain_of("begin", "decide", "tell", "act", "done")),
    process(
        '<bpmn:startEvent id="told"><bpmn:messageEventDefinition id="md" messageRef="m"/></bpmn:startEvent>'
        '<bpmn:endEvent id="heard"/>' + job("tell_too") + chain_of("told", "tell_too", "heard"),
        id="hearing",
    ),
    definitions='<bpmn:message id="m" name="news"/>',
)
SCENARIO = """
title = "The register is told"
[application]
at = 2026-03-02T10:15:00
[[step]]
at = 2026-03-03T09:00:00
by = "Officer 1"
task = "decide"
[step.then]
tasks = ["act"]
"""


@handler(name="work", title="Tell the register", ports=(REGISTER,), takes_more_inputs=True)
def tell_register(context: HandlerContext) -> HandlerResult:
    """Tell the register of the case."""
    number = context.port(REGISTER)(context.case_reference)
    return HandlerResult(note=f"The register gave it {number}.")


@handler(name="work", title="Write", ports=(POST,), takes_more_inputs=True)
def post_and_keep_quiet(context: HandlerContext) -> HandlerResult:
    """Post a letter that the case does not keep."""
    document = WrittenLetter(
        letter_id="X1", title="A word", recipient="Ada", address="", channel=Channel.HAND, text="Dear Ada", pdf=None
    )
    context.port(POST).deliver(document, once_key=context.once_key)
    return HandlerResult()


@pytest.fixture
def told() -> list[str]:
    """What has really been told."""
    return []


@pytest.fixture
def ports(told: list[str]) -> Ports:
    def real(_variant: Any) -> Tell:
        def tell(reference: str) -> str:
            told.append(reference)
            return f"number {len(told)}"

        return tell

    def stand_in(_variant: Any, note: Note) -> Tell:
        def tell(reference: str) -> str:
            note(Effect(port="register", sentence="The register is told of the case.", details=f"case: {reference}"))
            return "a number"

        return tell

    return Ports((Outlet(port=REGISTER, real=real, stand_in=stand_in),))


def played(database: Database, ports: Ports, work: Handler = tell_register) -> Play:
    return Play(database, VARIANT, handlers=(work,), ports=ports)


def test_a_preview_tells_what_a_handler_would_do_through_a_port_and_does_not_do_it(
    database: Database, ports: Ports, told: list[str]
) -> None:
    play = played(database, ports)
    found = what_follows(play.office, play.task_id("decide"), {}, by="Officer 1")
    assert [(each.sentence, each.details) for each in found.effects] == [
        ("The register is told of the case.", f"case: {play.reference}")
    ]
    assert [task.name for task in found.new_tasks] == ["act"]
    assert told == []
    play.complete("decide")
    assert (told, play.open()) == ([play.reference], ["act"])


def test_a_preview_of_a_message_and_of_each_answer_performs_nothing(
    database: Database, ports: Ports, told: list[str]
) -> None:
    play = played(database, ports)
    message = what_follows_telling(play.office, play.reference, "news", {}, by="Officer 1")
    (only,) = alternatives(play.office, play.task_id("decide"), {}, by="Officer 1")
    assert only.consequences is not None
    for found in (message, only.consequences):
        assert [each.port for each in found.effects] == ["register"]
    assert told == []


def test_a_simulation_performs_nothing_and_notes_what_was_asked(
    ports: Ports, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ports_of", lambda settings, **how: ports)
    monkeypatch.setattr(known_handlers, "HANDLERS", (tell_register,))
    noted: list[Effect] = []
    office = bootstrap.build_simulation_office(note=noted.append)
    outcome = play_scenario(read_scenario(SCENARIO.encode(), file="scenarios/told.toml"), VARIANT, office)
    assert outcome.misses == ()
    assert ([each.port for each in noted], told) == (["register"], [])


def test_a_letter_that_a_handler_posts_and_the_case_does_not_keep_is_told_too(
    database: Database, tmp_path: Any
) -> None:
    play = played(database, Ports((post_outlet(tmp_path / "post"),)), post_and_keep_quiet)
    found = what_follows(play.office, play.task_id("decide"), {}, by="Officer 1")
    assert [each.sentence for each in found.effects] == ["A letter is printed for Ada, to be handed over: “A word”."]
    assert found.letters == ()
    assert not (tmp_path / "post").exists()


def test_two_answers_whose_effects_differ_in_words_alone_are_alike(database: Database, ports: Ports) -> None:
    play = played(database, ports)
    found = what_follows(play.office, play.task_id("decide"), {}, by="Officer 1").without_words()
    assert [each.details for each in found.effects] == [""]


def test_an_office_without_a_port_that_a_handler_needs_is_not_put_together(database: Database) -> None:
    with pytest.raises(PortRefusedError, match="“work” needs the port “register” to tell the register"):
        office_on(database, handlers=(tell_register,))


def test_a_port_without_a_stand_in_is_not_put_into_an_office() -> None:
    with pytest.raises(TypeError, match="stand_in"):
        Outlet(port=REGISTER, real=lambda variant: lambda reference: reference)  # type: ignore[call-arg]


def test_two_ports_of_one_name_are_refused(ports: Ports) -> None:
    with pytest.raises(PortRefusedError, match="“register”"):
        Ports(ports.outlets * 2)


def test_every_port_is_replaced_by_its_stand_in() -> None:
    """Whatever ports an installation has: nothing real is opened once they are rehearsed."""

    def refuse(_variant: Any) -> Any:
        raise AssertionError("the real thing is opened")

    keys = [Port[Any](name=name, purpose="do something") for name in ("a", "b", "c")]
    outlets = tuple(Outlet(port=key, real=refuse, stand_in=lambda _variant, _note: MemoryPost()) for key in keys)
    rehearsed = Ports(outlets).rehearsed(lambda _effect: None)
    assert rehearsed.opened(VARIANT, keys).keys() == set(keys)
    assert rehearsed.rehearsed(lambda _effect: None).opened(VARIANT, keys[:1]).keys() == {keys[0]}
