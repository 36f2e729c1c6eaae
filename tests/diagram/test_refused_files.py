"""A file that is no diagram gets one sentence, never a traceback; any other file is read."""

from __future__ import annotations

import random

import pytest

from engine.diagram import read_diagram
from engine.errors import DiagramError
from tests.diagram.builders import RICH, xml

_BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"not XML at all",
        b"<definitions",
        b"\xff\xfe\x00<",
        b"<html><body>an error page</body></html>",
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        f"<process {_BPMN}/>".encode(),
        b"<definitions/>",
        f'<!DOCTYPE d [<!ENTITY a "aaaa">]><definitions {_BPMN}>&a;</definitions>'.encode(),
        f'<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions {_BPMN}/>'.encode(),
        f"<definitions {_BPMN}>{'<process>' * 200}{'</process>' * 200}</definitions>".encode(),
        f"<definitions {_BPMN}>{'<process/>' * 20_001}</definitions>".encode(),
        b"<!-- " + b"x" * 5_000_001 + b" -->",
    ],
)
def test_a_file_that_is_no_diagram_gets_one_sentence(data: bytes) -> None:
    with pytest.raises(DiagramError) as refused:
        read_diagram(data, file="review.bpmn")
    assert str(refused.value).startswith("review.bpmn ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<process/>",
        "<process/><process/>",
        '<process id="p"><sequenceFlow/><boundaryEvent/><association/><laneSet><lane/></laneSet><group/></process>',
        '<process id="p"><userTask id="a"/><userTask id="a"/></process>',
        '<process id="p"><subProcess><subProcess><endEvent/></subProcess></subProcess></process>',
        '<collaboration><participant processRef="nowhere"/><messageFlow/></collaboration>',
        "<message/><error/><signal/><escalation/><choreography/>",
        '<process id="p">text <!-- comment --><?pi here?><textAnnotation/></process>',
    ],
)
def test_a_diagram_that_says_next_to_nothing_is_read(inside: str) -> None:
    read_diagram(f"<definitions {_BPMN}>{inside}</definitions>".encode(), file="bare.bpmn")


def test_a_sub_process_that_holds_itself_in_its_lanes_ends() -> None:
    data = xml('<boundaryEvent id="a" attachedToRef="b"/><boundaryEvent id="b" attachedToRef="a"/>')
    assert read_diagram(data, file="ring.bpmn").processes["p"].elements["a"].lane is None


def test_no_damage_to_a_diagram_ends_in_anything_but_a_diagram_or_its_refusal() -> None:
    # Tokens are swapped, dropped and doubled at random, so that the XML often stays well-formed.
    chance = random.Random(20)  # noqa: S311 - repeatable damage, no secret
    pieces = RICH.read_text(encoding="utf-8").split('"')
    for _ in range(60):
        damaged = list(pieces)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(1, len(damaged) - 1, 2)  # odd places are attribute values
            damaged[place] = chance.choice(["", "nowhere", "true", "-1", "NaN", damaged[chance.randrange(1, 40, 2)]])
        try:
            read_diagram('"'.join(damaged).encode(), file="damaged.bpmn")
        except DiagramError:
            continue
