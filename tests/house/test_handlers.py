"""A handler that declares no port has no way out: what its file may import and call is listed here, and is all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.checkout import sources

#: What computes, and does nothing in the world.
COMPUTING = {
    "__future__", "collections", "dataclasses", "datetime", "decimal", "enum", "functools", "hashlib", "itertools",
    "json", "math", "re", "types", "typing", "zoneinfo",
}  # fmt: skip
#: What the engine gives handlers: their contract, and plain types below it.
OF_THE_ENGINE = {"engine.handling", "engine.model", "engine.calendar", "engine.clock", "engine.errors"}
#: Built-in functions that open, run or import something.
WAYS_OUT = {"open", "exec", "eval", "compile", "__import__", "input", "print", "breakpoint", "globals", "vars"}

HANDLERS = [path for path in sources("handlers") if not path.endswith("__init__.py")]


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


@pytest.mark.parametrize("path", HANDLERS)
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


def test_there_are_handlers_to_look_at() -> None:
    assert "handlers/send_letter.py" in HANDLERS
