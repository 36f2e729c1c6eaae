"""Every diagram, table and form opens in Camunda Modeler without a warning and comes back from it as it was."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.diagram import Diagram, read_diagram
from engine.dmn import Definitions, load
from tests.modeller.round_trip import HERE, Reading, linted_by_modeller, read_by_modeller

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "bpmn/.camunda/element-templates").glob("*.json"))
DIAGRAMS = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
TABLES = sorted((ROOT / "bpmn").glob("*/*.dmn"))
FORMS = sorted((ROOT / "bpmn").glob("*/forms/*.form"))
#: what an attribute means that is left out (BPMN 2.0, 10.5.4; DMN 1.3, 8.2): the modeller leaves it out
DEFAULTS = {("cancelActivity", "true"), ("hitPolicy", "UNIQUE")}
ALL = [*DIAGRAMS, *TABLES, *FORMS, *TEMPLATES]


def named(path: Path) -> str:
    return path.relative_to(ROOT / "bpmn").as_posix()


@pytest.fixture(scope="module")
def readings() -> dict[Path, Reading]:
    return read_by_modeller(ALL)


def tree(data: bytes) -> Any:
    """An XML file without what means nothing: layout, written defaults, order of attributes and of unlike children."""

    def plain(node: etree._Element) -> Any:
        children = defaultdict(list)
        for child in node.iterchildren(tag=etree.Element):
            children[child.tag].append(plain(child))
        own = "" if children else node.text or ""
        said = {name: value for name, value in node.attrib.items() if (name, value) not in DEFAULTS}
        return node.tag, said, own.strip(), dict(children)

    return plain(etree.fromstring(data))


def without_lines(diagram: Diagram) -> Diagram:
    """The diagram without the number of the line on which each thing stands, which means nothing."""
    processes = {
        key: replace(
            process,
            elements={key: replace(each, line=0) for key, each in process.elements.items()},
            flows={key: replace(each, line=0) for key, each in process.flows.items()},
        )
        for key, process in diagram.processes.items()
    }
    return replace(diagram, processes=processes)


def content(table: Definitions) -> tuple[Any, ...]:
    return table.inputs, table.decisions, table.knowledge_models, table.problems


@pytest.mark.parametrize("path", ALL, ids=named)
def test_a_file_opens_without_a_warning(path: Path, readings: dict[Path, Reading]) -> None:
    assert readings[path].warnings == ()
    assert readings[path].saved


@pytest.mark.parametrize("path", [*DIAGRAMS, *TABLES], ids=named)
def test_a_diagram_or_table_comes_back_with_everything_that_stood_in_it(
    path: Path, readings: dict[Path, Reading]
) -> None:
    assert tree(readings[path].saved) == tree(path.read_bytes())


@pytest.mark.parametrize("path", DIAGRAMS, ids=named)
def test_a_diagram_that_comes_back_means_the_same(path: Path, readings: dict[Path, Reading]) -> None:
    before, after = (read_diagram(data, file=path.name) for data in (path.read_bytes(), readings[path].saved))
    assert without_lines(after) == without_lines(before)


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_a_table_that_comes_back_means_the_same(path: Path, readings: dict[Path, Reading]) -> None:
    before, after = (load(data, name=path.name) for data in (path.read_bytes(), readings[path].saved))
    assert content(after) == content(before)


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_comes_back_with_everything_that_stood_in_it(path: Path, readings: dict[Path, Reading]) -> None:
    # The editor writes its own version of the format into whatever it saves.
    before, after = ({**json.loads(data), "schemaVersion": 0} for data in (path.read_bytes(), readings[path].saved))
    assert after == before


FAULTS = {
    "an unknown attribute of an extension": (
        "hertsmere/action.bpmn", '<zeebe:formDefinition formId="carry_out_action"',
        '<zeebe:formDefinition forms="carry_out_action"', "unknown attribute <forms>",
    ),
    "an unknown extension": (
        "hertsmere/action.bpmn", "<zeebe:userTask />", "<zeebe:postTask />", "unparsable content <zeebe:postTask>",
    ),
    "an unknown element": (
        "hertsmere/action.bpmn", "bpmn:sendTask", "bpmn:postTask", "unparsable content <bpmn:postTask>",
    ),
    "a reference that leads nowhere": (
        "hertsmere/action.bpmn", 'targetRef="was_it_done"', 'targetRef="nothing"', "unresolved reference <nothing>",
    ),
    "an unknown element of a table": (
        "hertsmere/threshold.dmn", "annotationEntry", "commentEntry", "unparsable content <commentEntry>",
    ),
    "an unknown kind of question": (
        "hertsmere/forms/carry_out_action.form", '"type": "radio"', '"type": "dial"', "form field of type <dial>",
    ),
    "an element template that binds to nothing": (
        ".camunda/element-templates/send-letter.json", '"type": "zeebe:input"', '"type": "zeebe:inlet"', "zeebe:input",
    ),
}  # fmt: skip


def test_what_is_wrong_in_a_file_is_seen(tmp_path: Path) -> None:
    faulty = {}
    for number, (name, old, new, sentence) in enumerate(FAULTS.values()):
        text = (ROOT / "bpmn" / name).read_text()
        assert old in text, name
        path = tmp_path / f"{number}{Path(name).suffix}"
        path.write_text(text.replace(old, new))
        faulty[path] = sentence
    found = read_by_modeller(faulty)
    unseen = {
        path.name: found[path].warnings
        for path, sentence in faulty.items()
        if not any(sentence in warning for warning in found[path].warnings)
    }
    assert unseen == {}


def test_the_modellers_own_linter_has_nothing_to_say(tmp_path: Path) -> None:
    bare = tmp_path / "bare.bpmn"  # what it would say where nobody has filled in what it looks for
    bare.write_text((ROOT / "bpmn/hertsmere/action.bpmn").read_text().replace("correlationKey", "zeebe:other"))
    found = linted_by_modeller([*DIAGRAMS, bare])
    assert {named(path): said for path, said in found.items() if said and path != bare} == {}
    assert [said.split(":")[0] for said in found[bare]] == ["desktop", "web"]


def test_what_does_not_come_back_is_seen() -> None:
    one = b'<a xmlns="m"><b x="1" y="2"/>\n<c>text</c><b/></a>'
    assert tree(one) == tree(b'<m:a xmlns:m="m"><m:b y="2" x="1"/><m:b/> <m:c> text</m:c></m:a>')
    for other in (
        b'<a xmlns="m"><b x="1"/><c>text</c><b/></a>',
        b'<a xmlns="m"><b/><c>text</c><b x="1" y="2"/></a>',
        b'<a xmlns="m"><b x="1" y="2"/><c/><b/></a>',
        b'<a xmlns="m"><b x="1" y="2"/><c>text</c></a>',
    ):
        assert tree(one) != tree(other)


def test_the_lock_names_contents_and_no_place_to_fetch_them_from() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if "resolved" in each or not each.get("integrity")] == []


def test_where_node_is_absent_the_test_says_that_it_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="needed for this test alone"):
        read_by_modeller(ALL)


def test_each_package_says_how_it_earns_its_place() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text().split("## To hold diagrams")[1]
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert re.findall(r"^\| `([^`]+)` \| \S", page, flags=re.MULTILINE) == sorted(wanted)
