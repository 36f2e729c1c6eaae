"""Each dependency is explained in docs/dependencies.md and pinned in requirements.lock."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.checkout import pyproject, texts


def wanted(*, to: str) -> list[Requirement]:
    """What is needed from outside, to run, to measure or to develop."""
    project = pyproject()["project"]
    bench = tomllib.loads(texts()["engine/bench/pyproject.toml"])["project"]
    lines = {
        "run": project["dependencies"],
        "measure": [line for line in bench["dependencies"] if not line.startswith(project["name"])],
        "develop": project["optional-dependencies"]["test"],
    }[to]
    return [Requirement(line) for line in lines]


def pins() -> dict[str, str]:
    """Canonical name → version, of the lock."""
    lines = [line for line in texts()["requirements.lock"].splitlines() if not line.startswith("#")]
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines}


def explained(heading: str) -> list[str]:
    """The packages of one table of the page, in its order."""
    section = texts()["docs/dependencies.md"].split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \| \S", section, flags=re.MULTILINE)


def test_every_dependency_says_how_it_earns_its_place() -> None:
    assert explained("To run") == [each.name for each in wanted(to="run")]
    assert explained("To measure") == [each.name for each in wanted(to="measure")]
    assert explained("To develop") == [each.name for each in wanted(to="develop")]


def test_every_dependency_is_pinned_to_a_version_that_is_allowed() -> None:
    for each in wanted(to="run") + wanted(to="measure") + wanted(to="develop"):
        assert each.specifier.contains(pins()[canonicalize_name(each.name)]), each.name


def test_the_lock_holds_versions_and_nothing_of_the_machine_that_wrote_it() -> None:
    lines = [line for line in texts()["requirements.lock"].splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.\-]+==[\w.+!]+", line)] == []


def test_spiffworkflow_is_pinned_exactly() -> None:
    (spiff,) = [each for each in wanted(to="run") if each.name == "SpiffWorkflow"]
    assert [clause.operator for clause in spiff.specifier] == ["=="]
