"""An edit of a table that no run reads changes nothing; where two rows can match at once the hit policy is read."""

from __future__ import annotations

from pathlib import Path

from engine.bench.mutations.equivalence import runs_alike

_DMN = (Path(__file__).parents[2] / "bpmn/model/legal_basis.dmn").read_bytes()
_ONE_RESULT = (Path(__file__).parents[2] / "bpmn/model/joining_agencies.dmn").read_bytes()

_DIAGRAM = (
    "<definitions><process><KINDGateway id='g'><incoming>a</incoming><incoming>b</incoming><outgoing>c</outgoing>"
    "</KINDGateway><endEvent id='e'><incoming>c</incoming>EVENT</endEvent>"
    "<sequenceFlow id='c' sourceRef='g' targetRef='e'/></process></definitions>"
)


def _altered(data: bytes, was: str, now: str) -> bytes:
    assert was.encode() in data
    return data.replace(was.encode(), now.encode(), 1)


def test_the_hit_policy_is_all_the_same_where_no_two_rows_can_match_at_once() -> None:
    assert runs_alike("a.dmn", _DMN, _altered(_DMN, 'hitPolicy="UNIQUE"', 'hitPolicy="ANY"'))


def test_the_hit_policy_is_read_where_rows_overlap() -> None:
    overlapping = _altered(_DMN, "<text>not(true)</text>", "<text>-</text>")
    assert not runs_alike("a.dmn", overlapping, _altered(overlapping, 'hitPolicy="UNIQUE"', 'hitPolicy="FIRST"'))


def test_the_name_of_an_only_result_is_not_read_and_a_cell_is() -> None:
    assert runs_alike("a.dmn", _ONE_RESULT, _altered(_ONE_RESULT, 'name="agency"', 'name="agecny"'))
    assert not runs_alike("a.dmn", _DMN, _altered(_DMN, "<text>true</text>", "<text>false</text>"))


def test_ways_that_run_at_once_may_each_end_where_nothing_else_stands_behind_them() -> None:
    apart, joined = _DIAGRAM.replace("KIND", "exclusive"), _DIAGRAM.replace("KIND", "parallel")
    assert runs_alike("a.bpmn", *(each.replace("EVENT", "").encode() for each in (joined, apart)))
    assert not runs_alike("a.bpmn", *(each.replace("EVENT", "<terminate/>").encode() for each in (joined, apart)))


def test_a_file_that_cannot_be_read_is_no_longer_alike() -> None:
    assert not runs_alike("a.dmn", _DMN, b"<definitions/>")
    assert not runs_alike("a.bpmn", b"<a/>", b"<b/>")
