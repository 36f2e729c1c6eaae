"""A handler is one file, one page, one test and one template; and without a port it has no way out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from engine.bootstrap import ports_of
from engine.settings import Settings
from handlers import HANDLERS
from tests.house.checkout import ROOT, sources, texts

#: What computes, and does nothing in the world.
COMPUTING = {
    "__future__", "collections", "dataclasses", "datetime", "decimal", "enum", "functools", "hashlib", "itertools",
    "json", "math", "re", "types", "typing", "zoneinfo",
}  # fmt: skip
#: What the engine gives handlers: their contract, and plain types below it.
OF_THE_ENGINE = {"engine.handler", "engine.model", "engine.calendar", "engine.clock", "engine.errors"}
#: Built-in functions that open, run or import something.
WAYS_OUT = {"open", "exec", "eval", "compile", "__import__", "input", "print", "breakpoint", "globals", "vars"}

FILES = [path for path in sources("handlers") if not path.endswith("__init__.py")]
HOW_TO = texts()["docs/handlers/README.md"]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def kept(tree: ast.Module) -> Iterator[str]:
    """The names at the top of a file to which something is given that can be changed later."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
            node.value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
        ):
            yield ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def refusals(source: str) -> list[str]:
    """What in a handler's file could do something in the world, or keep something from one run to the next."""
    tree = ast.parse(source)
    foreign = [
        name for name in imported(tree)
        if name.split(".")[0] not in COMPUTING and not any(f"{name}.".startswith(f"{each}.") for each in OF_THE_ENGINE)
    ]  # fmt: skip
    called = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in WAYS_OUT]
    changed = [name for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names]
    return sorted({*foreign, *called, *changed, *kept(tree)})


@pytest.mark.parametrize("path", FILES)
def test_a_handler_has_no_way_out_but_its_ports_and_keeps_nothing(path: str) -> None:
    assert refusals(sources("handlers")[path]) == []


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("import requests", "requests"),
        ("from urllib.request import urlopen", "urllib.request"),
        ("from engine.ports import FolderPost", "engine.ports"),
        ("def f():\n    import socket", "socket"),
        ("def f():\n    open('x', 'w')", "open"),
        ("left = []\ndef f():\n    left.append(1)", "left"),
        ("count = 0\ndef f():\n    global count\n    count += 1", "count"),
    ],
)
def test_each_way_out_is_named(source: str, named: str) -> None:
    assert refusals(source) == [named]


def test_every_module_of_the_folder_is_listed_and_named_after_its_handler() -> None:
    modules = {path.stem for path in (ROOT / "handlers").glob("*.py")} - {"__init__"}
    assert {each.name.replace("-", "_") for each in HANDLERS} == modules
    assert len({each.name for each in HANDLERS}) == len(HANDLERS)


def test_each_handler_has_its_page_and_each_page_its_handler() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "handlers").glob("*.md")} - {"README"}
    assert pages == {each.name for each in HANDLERS}


def test_each_handler_has_its_test() -> None:
    tests = {path.stem for path in (ROOT / "tests" / "handlers").glob("test_*.py")}
    assert {f"test_{each.name.replace('-', '_')}" for each in HANDLERS} <= tests


def test_each_port_of_the_installation_stands_in_the_list_with_its_contract_and_what_it_is_for() -> None:
    rows = re.findall(r"^\| `([A-Z]+)` \| `(\w+)` \| (.*) \|$", HOW_TO, flags=re.MULTILINE)
    source = "\n".join(text for path, text in sources("engine").items() if path.startswith("engine/handler/"))
    contracts = dict(re.findall(r"^([A-Z]+): Port\[(\w+)\]", source, flags=re.MULTILINE))
    ports = [outlet.port for outlet in ports_of(Settings.from_environment({})).outlets]
    assert rows == [(port.name.upper(), contracts[port.name.upper()], port.purpose) for port in ports]
