"""Every file, module, command and option that a page names in backticks, links or blocks to type is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath

import click
import pytest

from engine.cli import main
from tests.house.checkout import PACKAGES, ROOT, paths, sources, texts

#: All but the history, which names what was, and a policy's letters and pages.
PAGES = sorted(path for path in texts() if re.fullmatch(r"(?!bpmn/|CHANGELOG).*\.md", path))
#: What an installation copies
EXAMPLES = sorted(path for path in paths() if path.startswith("docs/examples/"))
PICTURES = sorted(path for path in texts() if re.fullmatch(r"docs/\w+\.svg", path))
#: Where the guides for policy owners are played as tests, in folders of their own, which they make.
GUIDES = "docs/policy-owners/"
MADE_BY_GUIDES = ("bpmn/trial", "bpmn/othershire")

#: Files that pages name and that are no part of the checkout, and what they are.
ELSEWHERE = {
    ".venv/bin": "made by make",
    "build/": "made by make",
    "asb.sqlite": "the database of an installation without another",
    "config.json": "what Camunda Modeler keeps for itself",
    "base.lock": "written beside variant.toml by asb new and asb update",
    "envelope.json": "written beside each letter that leaves",
    "/etc/asb/asb.env": "the settings of an installation as a service",
}
_FILE = re.compile(
    r"[\w@-][\w@.-]*(?:/[\w@.-]+)*\.(?:py|toml|md|dmn|bpmn|form|json|typ|svg|css|js|service|conf|lock|sqlite)"
)
_FOLDER = re.compile(r"(?:[\w.-]+/)+|(?:bpmn|docs|tests|\.venv|" + "|".join(PACKAGES) + r")(?:/[\w.-]+)+")
_IN_CHECKOUT = re.compile(rf"(?:bpmn|docs|tests|{'|'.join(PACKAGES)})(?:/[\w.-]+)+/?")
_MODULE = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:[.:]\w+)+(?:\(\))?")
#: A call as a page has it typed, after a prompt, a folder of programs or nothing
_CALL = re.compile(r"^(?:\$ )?(?:[\w/.]*bin/)?asb(?= |$)(.*)$")


def in_backticks(page: str) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", texts()[page], flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", prose)


def typed(page: str) -> list[str]:
    """The lines of the page's blocks, as a shell would take them."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", texts()[page], flags=re.DOTALL | re.MULTILINE)
    return [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]


@cache
def ends() -> frozenset[str]:
    """Every path of the checkout without any number of its first folders, and each folder's with a stroke behind it."""
    files = [PurePosixPath(path) for path in paths()]
    parts = {each.parts for each in files} | {(*above.parts, "") for each in files for above in each.parents}
    return frozenset("/".join(each[start:]) for each in parts for start in range(len(each)))


def is_there(name: str) -> bool:
    """Whether the checkout holds a file or folder of this path, or of a path that ends so."""
    return name in ends() or f"{name}/" in ends()


def paths_named(page: str) -> set[str]:
    """Files and folders in backticks, and those in blocks that begin with a folder of the checkout."""
    named = {name for name in in_backticks(page) if _FILE.fullmatch(name) or _FOLDER.fullmatch(name)}
    named |= {word for line in typed(page) for word in line.split() if _IN_CHECKOUT.fullmatch(word)}
    return {name for name in named if not _MODULE.fullmatch(name)}


def modules_named(page: str) -> set[str]:
    text = re.sub(r"https?://\S+", "", (ROOT / page).read_text(encoding="utf-8"))
    return {name for name in _MODULE.findall(text) if not re.search(r"\.(?:py|md|svg|toml)$", name)}


def calls_named(page: str) -> Iterator[list[str]]:
    """The words behind `asb` of every call, without what stands behind a comment, a pipe or another command."""
    for line in [*typed(page), *in_backticks(page)]:
        if call := _CALL.match(line):
            yield re.split(r"\s[#|&>]", call[1])[0].split()


def unknown_in(call: list[str]) -> str | None:
    """The first command or option of a call that there is not."""
    command: click.Command = main
    known = options(main)
    words = iter(call)
    for word in words:
        if word.startswith("-") and word != "-":
            name, _, value = word.partition("=")
            if name not in known:
                return word
            if not known[name].is_flag and isinstance(known[name].type, click.Choice):
                value = value or next(words, "")
                if value and value not in known[name].type.choices:
                    return value
        elif isinstance(command, click.Group) and word not in ("COMMAND", "…"):
            if word not in command.commands:
                return word
            command = command.commands[word]
            known |= options(command)
    return None


def options(command: click.Command) -> dict[str, click.Option]:
    """By each name that may be typed for it."""
    help_option = click.Option(["--help"], is_flag=True)
    listed = [each for each in command.params if isinstance(each, click.Option)]
    return {name: each for each in [*listed, help_option] for name in (*each.opts, *each.secondary_opts)}


@cache
def all_options(command: click.Command = main) -> frozenset[str]:
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return frozenset(options(command)).union(*(all_options(each) for each in below))


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    made = {name for name in paths_named(page) if page.startswith(GUIDES) and name.startswith(MADE_BY_GUIDES)}
    assert sorted(name for name in paths_named(page) - made - ELSEWHERE.keys() if not is_there(name)) == []


def test_what_is_named_as_being_elsewhere_is_named_and_is_not_in_the_checkout() -> None:
    named = {name for page in PAGES for name in in_backticks(page)}
    assert sorted(ELSEWHERE.keys() - named) == []
    assert [name for name in ELSEWHERE if is_there(name)] == []


@pytest.mark.parametrize("page", [*PAGES, *PICTURES, *EXAMPLES])
def test_every_module_that_a_page_names_can_be_imported_with_what_is_named_in_it(page: str) -> None:
    assert sorted(name for name in modules_named(page) if not can_be_imported(name)) == []


def can_be_imported(name: str) -> bool:
    """Whether it is a module, or something in one: `engine.store.record`, `webui:create_app()`."""
    dotted = name.removesuffix("()").replace(":", ".")
    module, _, attribute = dotted.rpartition(".")
    try:
        return find_spec(dotted) is not None or hasattr(import_module(module), attribute)
    except ModuleNotFoundError:  # what stands before the last dot is no package
        return find_spec(module) is not None and hasattr(import_module(module), attribute)


@pytest.mark.parametrize("page", PAGES)
def test_every_call_that_a_page_names_has_its_command_and_its_options(page: str) -> None:
    wrong = {" ".join(call): unknown_in(call) for call in calls_named(page)}
    assert {call: word for call, word in wrong.items() if word is not None} == {}


@pytest.mark.parametrize("page", PAGES)
def test_every_option_that_a_page_names_by_itself_is_one_of_some_command(page: str) -> None:
    named = {name.split()[0].partition("=")[0] for name in in_backticks(page) if re.match(r"--[a-z]", name)}
    assert sorted(named - all_options()) == []


def test_every_path_module_and_call_that_the_code_speaks_of_is_there() -> None:
    wrong = {}
    for path, source in sources().items():
        named = re.findall(rf"(?<![\w./])(?:bpmn|docs|tests|{'|'.join(PACKAGES)})/[\w./-]*[\w/]", source)
        wrong[path] = [name for name in named if not is_there(name)]
        wrong[path] += [name for name in re.findall(rf"`({_MODULE.pattern})", source) if not can_be_imported(name)]
        wrong[path] += [call for call in re.findall(r"`asb ([^`\n]+)`", source) if unknown_in(call.split())]
    assert {path: names for path, names in wrong.items() if names} == {}


def test_the_page_on_the_screens_names_every_package_and_every_script_of_ours() -> None:
    page = "docs/screens.md"
    packages = {path.rpartition("/")[0] for path in sources("webui") if re.fullmatch(r"webui/\w+/__init__\.py", path)}
    scripts = {PurePosixPath(path).name for path in paths() if re.fullmatch(r"webui/static/(draft/)?\w+\.js", path)}
    assert packages <= set(in_backticks(page))
    assert scripts == {name for name in in_backticks(page) if name.endswith(".js")}


@pytest.mark.parametrize(
    "call", ["chek hertsmere", "check --al", "simulate hertsmere --stpo", "bench wb", "bench --only stps"]
)
def test_a_call_of_something_that_there_is_not_is_seen(call: str) -> None:
    assert unknown_in(call.split()) is not None


@pytest.mark.parametrize("name", ["engine/store/schema.py", "docs/architectur.md", "lettr.py"])
def test_a_path_of_something_that_there_is_not_is_seen(name: str) -> None:
    assert _FILE.fullmatch(name)
    assert not is_there(name)


@pytest.mark.parametrize("name", ["engine.jbs", "engine.clock.Clok", "webui:create_ap()"])
def test_a_module_that_there_is_not_is_seen(name: str) -> None:
    assert _MODULE.fullmatch(name)
    assert not can_be_imported(name)
