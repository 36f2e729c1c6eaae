"""Whether an edit of a file changes what is run: two files that differ only in what no run reads.

- Ways that run at once may be waited for, or each end by itself, where nothing but the plain end of the level stands
  behind the gateway: the level is over when the last of them is.
- Where no two rows can match at once, the hit policies that give one row are all the same.
- The name of a result is read where there are several; of one, the value itself is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from engine import dmn
from engine.dmn.constants import is_constant
from engine.dmn.model import DecisionTable, HitPolicy
from engine.dmn.overlaps import overlapping_rules
from engine.errors import EngineError
from engine.xml import read_xml

#: Tables with more rows are not looked at.
_MOST_ROWS = 30
_ONE_ROW = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST})


def runs_alike(file: str, before: bytes, after: bytes) -> bool:
    """Whether both give the same in every case, on one of the grounds above."""
    as_run = _AS_RUN.get(file.rpartition(".")[2])
    if as_run is None:
        return False
    try:
        return as_run(file, before) == as_run(file, after)
    except EngineError:
        return False


def _diagram_as_run(file: str, data: bytes) -> bytes:
    """The diagram, where each gateway with one way out, to a plain end, is drawn as an exclusive one."""
    root = read_xml(data, name=file)
    ends = {node.get("id") for node in root.iter("{*}endEvent") if _is_plain(node)}
    targets = {flow.get("id"): flow.get("targetRef") for flow in root.iter("{*}sequenceFlow")}
    for node in list(root.iter("{*}parallelGateway")):
        ways = [way.text for way in node.iterchildren("{*}outgoing")]
        if _is_plain(node) and len(ways) == 1 and targets.get(ways[0]) in ends:
            node.tag = etree.QName(etree.QName(node).namespace, "exclusiveGateway").text
    return etree.tostring(root)


def _is_plain(node: etree._Element) -> bool:
    """Whether nothing is said of it but its ways: no event, and nothing that the engine reads."""
    return all(etree.QName(each).localname in ("incoming", "outgoing") for each in node.iterchildren("{*}*"))


def _decisions_as_run(file: str, data: bytes) -> bytes:
    """The file without what no run reads."""
    definitions = dmn.load(data, name=file)
    told_apart = {
        table.element_id
        for decision in definitions.decisions.values()
        if (table := decision.table) is not None and _rows_are_apart(table, definitions)
    }
    root = read_xml(data, name=file)
    for node in root.iter("{*}decisionTable"):
        if node.get("id") in told_apart:
            node.set("hitPolicy", HitPolicy.UNIQUE)
        outputs = list(node.iterchildren("{*}output"))
        if len(outputs) == 1:
            outputs[0].set("name", "")
    return etree.tostring(root)


def _rows_are_apart(table: DecisionTable, definitions: dmn.Definitions) -> bool:
    """Whether it is known that no two rows match at once."""
    is_plain = all(is_constant(cell.text) for rule in table.rules for cell in rule.input_entries)
    if table.hit_policy not in _ONE_ROW or not is_plain or len(table.rules) > _MOST_ROWS:
        return False
    return not any(overlapping_rules(replace(table, hit_policy=HitPolicy.UNIQUE), definitions.types))


_AS_RUN: Mapping[str, Callable[[str, bytes], bytes]] = {"dmn": _decisions_as_run, "bpmn": _diagram_as_run}
