"""No module needs itself by a way round, not even for typing: what two of them need stands below both."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.checkout import sources


def modules_of(files: Mapping[str, str]) -> dict[str, str]:
    """Source by module."""
    return {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): text for path, text in files.items()}


def named_in(source: str) -> Iterator[tuple[str, str]]:
    """Each import, wherever it stands, as module and what of it; the second is empty where it is the module itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def circle_in(modules: Mapping[str, str]) -> list[str]:
    """The modules of one circle, the first named again at the end; empty where there is none."""
    graph: dict[str, set[str]] = {}
    for name, source in modules.items():
        wanted = {f"{module}.{what}" if f"{module}.{what}" in modules else module for module, what in named_in(source)}
        graph[name] = wanted & modules.keys()
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize(
    "back",
    [
        "from engine.low import low",
        "import engine.low",
        "from engine import low",
        "if TYPE_CHECKING:\n    from engine.low import Low",
        "def later():\n    from engine.low import low",
    ],
)
def test_a_circle_is_seen_however_it_is_closed(back: str) -> None:
    circle = circle_in({"engine.low": "from engine.high import high", "engine.high": back, "engine.alone": ""})
    assert set(circle) == {"engine.low", "engine.high"}


def test_what_is_only_shared_is_no_circle() -> None:
    assert circle_in({"engine.a": "import engine.c", "engine.b": "import engine.a, engine.c", "engine.c": ""}) == []


def test_no_module_needs_itself_by_a_way_round() -> None:
    assert circle_in(modules_of(sources())) == []
