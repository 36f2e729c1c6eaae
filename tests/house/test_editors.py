"""The editors are served from the repository: as they were built, of packages that are pinned and named."""

import hashlib
import json
import re
from pathlib import PurePosixPath

import pytest

from tests.house.checkout import ROOT, paths, pyproject
from tests.house.editors import FUNCTIONS, functions
from tests.house.test_dependencies import explained

SOURCES = ROOT / "webui" / "editors"
BUILT = ROOT / "webui" / "static" / "editors"
#: Bundles the others, and is in none of the bundles.
BUNDLER = "esbuild"


def pins() -> dict[str, str]:
    lines = (BUILT / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def wanted() -> dict[str, str]:
    """Package → version, of those that the sources name."""
    found: dict[str, str] = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    return found


def locked() -> set[str]:
    """“name version” of every package that may be installed."""
    packages = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {f"{place.rpartition('node_modules/')[2]} {each['version']}" for place, each in packages.items() if place}


def noticed() -> dict[str, str]:
    """“name version” → the licence, of NOTICE.txt."""
    parts = re.split(r"^== (.+) ==$", (BUILT / "NOTICE.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_file_is_the_one_that_was_built() -> None:
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in BUILT.iterdir()}
    del there["SHA256SUMS"]
    assert there == pins()


def test_every_package_is_pinned_exactly_and_says_how_it_earns_its_place() -> None:
    assert [version for version in wanted().values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert explained("To draw in the browser") == sorted(wanted())


def test_the_notice_names_what_is_in_the_bundles_in_the_version_that_is_pinned() -> None:
    packages = noticed().keys() - {"The typefaces bpmn and dmn"}
    assert packages <= locked()
    assert {f"{name} {version}" for name, version in wanted().items() if name != BUNDLER} <= packages


@pytest.mark.parametrize("name", ["bpmn-js", "dmn-js", "@bpmn-io/form-js-editor", "@bpmn-io/form-js-viewer"])
def test_the_licence_that_asks_for_the_mark_of_its_makers_is_there_in_full(name: str) -> None:
    (text,) = [text for package, text in noticed().items() if package.startswith(f"{name} ")]
    assert "the watermark must stay fully visible and not visually overlapped by other elements" in text


@pytest.mark.parametrize("bundle", ["bpmn.js", "dmn.js"])
def test_the_mark_is_in_the_bundles(bundle: str) -> None:
    assert "bjs-powered-by" in (BUILT / bundle).read_text(encoding="utf-8")


def test_the_editors_ask_no_other_machine_for_anything() -> None:
    styles = [path.read_text(encoding="utf-8") for path in BUILT.glob("*.css")]
    elsewhere = re.compile(r"(?:url\(|@import)[\"' ]*(?:data|https?|//)")
    assert [found for style in styles for found in elsewhere.findall(style)] == []


def test_the_functions_that_are_completed_are_those_that_an_expression_may_use() -> None:
    assert FUNCTIONS.read_text(encoding="utf-8") == functions()


def test_an_installation_gets_the_bundles_and_not_their_sources() -> None:
    wheel = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "webui" in wheel["packages"]
    assert "webui/editors" in wheel["exclude"]
    assert {PurePosixPath(path).parent.as_posix() for path in paths() if path.startswith("webui/editors/")} == {
        "webui/editors"
    }
