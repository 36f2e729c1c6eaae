"""A kind of entry of the record is named by the enumeration, and its words stand there and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.record_kinds import RecordKind
from tests.house.checkout import texts

#: Kinds that are words of their own elsewhere: BPMN’s event and signal, an incident in JSON, “told” in variant.toml.
_COMMON_WORDS = {RecordKind.EVENT, RecordKind.SIGNAL, RecordKind.INCIDENT, RecordKind.TOLD}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path, text in texts().items():
        if path.startswith(("engine/", "handlers/", "webui/")) and path.endswith(".py"):
            yield path, ast.parse(text)


def bare_kinds(module: ast.Module) -> Iterator[int]:
    """The lines where a kind stands as a text; for common words, only where it is compared with an entry's kind."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and node.value in set(RecordKind) - _COMMON_WORDS:
            yield node.lineno
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "entry.kind":
            yield from (n.lineno for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value in _COMMON_WORDS)


def test_no_kind_of_entry_stands_as_a_bare_text() -> None:
    found = [
        f"{path}:{line}"
        for path, module in modules()
        if path != "engine/record_kinds.py"
        for line in bare_kinds(module)
    ]
    assert found == []


def test_a_bare_kind_would_be_seen() -> None:
    assert sorted(bare_kinds(ast.parse('step.record("task claimed")\nif entry.kind == "told": pass'))) == [1, 2]


def test_every_kind_of_entry_is_written_by_some_use_case() -> None:
    used = {
        node.attr
        for path, module in modules()
        if path.startswith("engine/casework/") and path.endswith(".py")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "RecordKind"
    }
    assert used - {"having"} == set(RecordKind.__members__)
