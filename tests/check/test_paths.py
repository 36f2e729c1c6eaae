"""Whatever stands at a path, the check ends in findings or in one sentence."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from engine.check import RULES, Finding, Severity, check_paths
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.errors import BadInputError
from engine.problems import Problem
from engine.xml import read_xml
from handlers import HANDLERS
from tests.check.builders import SETTINGS, Drawing, folder, plain
from tests.house.checkout import ROOT

#: All rules but those that take long.
_QUICK = tuple(rule for rule in RULES if rule.name not in ("ends", "floor", "owed", "sound"))
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.fixture
def variant(tmp_path: Path) -> Path:
    """The plain folder on disk."""
    return _write(tmp_path / "variants" / "somewhere", plain())


def _write(home: Path, *drawings: Drawing, settings: str = SETTINGS) -> Path:
    for name, data in folder(*drawings, settings=settings).files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)
    return home


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("agencies = 5", "agencies"),
        ("contact = 5", "contact"),
        ("agencies = [{ kind = [1] }]", "kind"),
        ("teams = { a = 1 }", "teams"),
        ("main_process = [{ a = 1 }]", "main_process"),
    ],
)
def test_a_table_of_another_shape_is_named_by_itself(tmp_path: Path, line: str, key: str) -> None:
    (tmp_path / "othershire").mkdir()
    (tmp_path / "othershire/variant.toml").write_text(f'name = "Othershire"\nextends = "hertsmere"\n{line}\n')
    findings = check_paths([tmp_path / "othershire"], root=ROOT / "bpmn", handlers=HANDLERS, rules=_QUICK)
    assert [each for each in findings if each.severity is Severity.ERROR and f"“{key}” is not" in each.sentence]


def test_a_folder_that_a_rule_stumbles_over_is_named_and_the_next_is_checked(variant: Path) -> None:
    _write(variant.parent / "elsewhere", plain())

    def look(policy: Policy) -> Iterator[Problem]:
        if policy.variant.id == "somewhere":
            raise TypeError("unhashable type: 'dict'")
        yield Problem(file="variant.toml", sentence="Looked at.")

    rules = [Rule(name="stumbles", summary="Stumbles.", look=look, needs_variant=True)]
    other, stumbled = check_paths([variant.parent], handlers=HANDLERS, rules=rules)
    assert other.sentence == "Looked at."
    assert "The software stumbled over something in it (TypeError" in stumbled.sentence
    assert stumbled.file == str(variant / "variant.toml")


def test_a_sound_folder_has_no_errors(variant: Path) -> None:
    assert _errors(check_paths([variant], handlers=HANDLERS)) == []


def test_a_finding_names_a_file_that_can_be_opened_from_here(variant: Path) -> None:
    (variant / "main.bpmn").write_bytes(PNG)
    findings = _errors(check_paths([variant]))
    assert [Path(finding.file).is_file() for finding in findings] == [True] * len(findings)
    assert str(variant / "main.bpmn") in {finding.file for finding in findings}


def test_a_folder_of_variants_is_checked_variant_by_variant(variant: Path) -> None:
    _write(variant.parent / "elsewhere", plain().user("forgotten"), settings=f'reference_prefix = "EBC"\n{SETTINGS}')
    files = {finding.file for finding in _errors(check_paths([variant.parent]))}
    assert files == {str(variant.parent / "elsewhere" / "main.bpmn")}


def test_an_inherited_file_is_named_where_it_stands(variant: Path) -> None:
    child = variant.parent / "child"
    child.mkdir()
    (child / "variant.toml").write_text(
        'name = "Child"\nextends = "somewhere"\nreference_prefix = "CBC"\n'
        'without = ["people"]\n[contact]\nphone = "01234 567891"\n'
    )
    (variant / "main.bpmn").write_bytes(plain().user("forgotten").xml())
    assert {finding.file for finding in _errors(check_paths([child]))} == {str(variant / "main.bpmn")}


def test_a_single_file_of_a_variant_is_judged_together_with_it(variant: Path) -> None:
    drawing = Drawing().start(form="application").user("check", form="nowhere").end()
    (variant / "main.bpmn").write_bytes(drawing.flow("received", "check", "closed").xml())
    findings = _errors(check_paths([variant / "main.bpmn"]))
    assert [(finding.element_id, finding.rule) for finding in findings] == [("check", "forms")]
    assert findings[0].file == str(variant / "main.bpmn")


def test_a_single_form_and_letter_and_table_of_a_variant_can_be_checked(variant: Path) -> None:
    for file in ("forms/application.form", "letters/ct1.md", "time_limits.dmn"):
        assert _errors(check_paths([variant / file])) == []


def test_a_diagram_that_stands_alone_is_judged_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "main.bpmn"
    file.write_bytes(plain().xml())
    assert _errors(check_paths([file], handlers=HANDLERS)) == []
    file.write_bytes(plain().user("forgotten").xml())
    assert {finding.rule for finding in _errors(check_paths([file]))} == {"reachable"}


@pytest.mark.parametrize("name", ["x.bpmn", "x.dmn", "x.form", "x.md", "X.BPMN"])
@pytest.mark.parametrize(
    "data",
    [
        PNG,
        b"",
        b"<",
        b"<a/>",
        b"{}",
        b"[]",
        b"+++\n+++\n",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"\xff\xfe\x00",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="x" namespace="x"/>',
        b'{"id": "x", "components": [1, null, {"type": 5}], "schemaVersion": "x"}',
        bytes(range(256)),
        b"<a>" * 200,
    ],
)
def test_any_bytes_under_any_name_get_findings(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    for finding in check_paths([file]):
        assert finding.file == str(file)
        assert finding.sentence


def test_a_png_that_calls_itself_a_diagram_gets_one_finding(tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    file.write_bytes(PNG)
    (finding,) = check_paths([file])
    assert (finding.rule, finding.severity) == ("readable", "error")


def test_a_diagram_without_a_process_is_not_sound(tmp_path: Path) -> None:
    path = tmp_path / "empty.bpmn"
    path.write_text('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')
    (finding,) = check_paths([path], handlers=HANDLERS)
    assert (finding.rule, finding.severity) == ("drawn", Severity.ERROR)
    assert "no process" in finding.sentence


def test_an_element_called_like_nothing_at_all_gets_findings(tmp_path: Path) -> None:
    """A diagram without ids, with references to nowhere and with loops through itself."""
    file = tmp_path / "x.bpmn"
    file.write_bytes(
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process><startEvent/><task/><sequenceFlow'
        b' sourceRef="a" targetRef="a"/><boundaryEvent id="b" attachedToRef="b"/><subProcess id="s"><subProcess'
        b' id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="s"/></subProcess><sequenceFlow id="g" sourceRef="s"'
        b' targetRef="s"/><callActivity id="c"/><exclusiveGateway id="e" default="g"/><sequenceFlow id="h"'
        b' sourceRef="e" targetRef="e"/></process></definitions>'
    )
    assert _errors(check_paths([file], handlers=HANDLERS))


def test_a_diagram_cut_to_pieces_never_ends_in_a_traceback(tmp_path: Path) -> None:
    """Elements and attributes are thrown out of a real diagram, or swapped, at random; what is left is checked."""
    whole = (Path(__file__).parents[1] / "diagram" / "rich.bpmn").read_bytes()
    chance = random.Random(20140313)  # noqa: S311  # the same pieces each time, and nothing secret
    file = tmp_path / "rich.bpmn"
    for _ in range(100):
        root = read_xml(whole, name="rich.bpmn")
        nodes = [node for node in root.iter() if node is not root]
        for node in chance.sample(nodes, 12):
            attributes = list(node.attrib)
            parent = node.getparent()
            if attributes and chance.random() < 0.6:
                other = chance.choice(nodes)
                name = chance.choice(attributes)
                node.set(name, chance.choice(["", "=", "true", "-1", other.get("id") or "x"]))
            elif parent is not None:
                parent.remove(node)
        file.write_bytes(etree.tostring(root))
        for finding in check_paths([file], handlers=HANDLERS):
            assert finding.sentence


@pytest.mark.parametrize(
    "settings", ["", "name = ", "name = 3", 'extends = "nowhere"', 'extends = "somewhere"', "[[teams]]\nid = 5\n"]
)
def test_any_settings_get_findings_or_a_sentence(variant: Path, settings: str) -> None:
    (variant / "variant.toml").write_text(settings)
    for finding in check_paths([variant]):
        assert finding.sentence


def test_a_folder_with_nothing_in_it_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="holds no variant and no diagram"):
        check_paths([tmp_path])


def test_no_path_a_missing_path_and_a_stranger_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(PNG)
    for paths in ([], [tmp_path / "nowhere"], [tmp_path / "x.png"], [Path("a\0b")], [Path("x" * 5000)]):
        with pytest.raises(BadInputError) as refused:
            check_paths(paths)
        assert "\n" not in str(refused.value)


def test_of_several_paths_one_that_leads_nowhere_is_a_finding_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "y.bpmn").write_bytes(plain().xml())
    paths = [tmp_path / "y.bpmn", tmp_path / "nowhere", Path("a\0b"), ROOT / "bpmn/hertsmere/time_limits.dmn"]
    alone = [finding for path in (paths[0], paths[3]) for finding in check_paths([path])]
    found = check_paths(paths)
    assert [finding for finding in found if finding.rule != "readable"] == alone
    assert {finding.file for finding in found if finding.rule == "readable"} == {str(paths[1]), str(paths[2])}


def test_a_folder_called_like_a_diagram_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "x.bpmn").mkdir()
    with pytest.raises(BadInputError):
        check_paths([tmp_path / "x.bpmn"])
    # beside a diagram it is one more thing that is no file
    (tmp_path / "y.bpmn").write_bytes(plain().xml())
    rules = {finding.file: finding.rule for finding in _errors(check_paths([tmp_path]))}
    assert rules == {str(tmp_path / "x.bpmn"): "readable"}


def test_links_in_a_circle_and_links_to_nowhere_get_findings(tmp_path: Path) -> None:
    (tmp_path / "a.bpmn").symlink_to(tmp_path / "b.bpmn")
    (tmp_path / "b.bpmn").symlink_to(tmp_path / "a.bpmn")
    (tmp_path / "c.bpmn").symlink_to(tmp_path / "nowhere.bpmn")
    assert len(_errors(check_paths([tmp_path / name for name in ("a.bpmn", "b.bpmn", "c.bpmn")]))) == 3
    (tmp_path / "round").symlink_to(tmp_path)
    assert len(_errors(check_paths([tmp_path / "round"]))) == 3


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.bpmn")
    (finding,) = check_paths([tmp_path / "x.bpmn"])
    assert "not a plain file" in finding.sentence


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.bpmn"
    with file.open("wb") as stream:
        stream.truncate(10_000_000_000)
    (finding,) = check_paths([file])
    assert "more than" in finding.sentence


def test_a_file_that_may_not_be_read_gets_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.bpmn"
    file.write_bytes(plain().xml())

    def refuse(*arguments: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (finding,) = check_paths([file])
    assert "Permission denied" in finding.sentence


def test_the_same_path_twice_says_everything_once(variant: Path) -> None:
    assert check_paths([variant, variant]) == check_paths([variant])


def test_progress_is_told_rule_by_rule(variant: Path) -> None:
    told: list[tuple[str, int, int]] = []
    check_paths([variant], on_progress=lambda *at: told.append(at))
    assert [number for _, number, _ in told] == list(range(len(told)))
    assert {of for _, _, of in told} == {len(told)}


def test_a_finding_prints_as_exactly_these_keys(variant: Path) -> None:
    finding = check_paths([variant])[0]
    assert list(finding.to_json()) == ["file", "element_id", "element_name", "rule", "severity", "message"]
    assert all(type(value) is str for value in finding.to_json().values())
