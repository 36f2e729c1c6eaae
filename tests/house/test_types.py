"""What is read of a case and written to it has types wherever it goes; only the store knows rows of a database."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api

from tests.house.checkout import ROOT, sources

#: A task is added and read as elsewhere; the names in braces are those that are misspelt.
_TASK = """
from datetime import date, datetime

from engine.store import Batch, Connection
from engine.store.tasks import add_task, load_task


def make(batch: Batch, now: datetime) -> None:
    add_task(
        batch, 1, instance=1, element_id="ask", name="Ask", team="team", assignee=None, {form_id}=None, priority=50,
        due_on=None, follow_up_on=None, collection="", item_id="", ladder=None, frame=None, created_at=now,
    )


def day_of(connection: Connection) -> date | None:
    row = load_task(connection, 1, 1)
    return row.{follow_up_on} if row is not None else None
"""
_SPELT = {
    "right.py": _TASK.format(form_id="form_id", follow_up_on="follow_up_on"),
    "wrong_call.py": _TASK.format(form_id="from_id", follow_up_on="follow_up_on"),
    "wrong_row.py": _TASK.format(form_id="form_id", follow_up_on="folow_up_on"),
}

#: What a name may stand for under which FEEL and JSON have values of any type: such a mapping says what it is.
_OF_NAMES = {"Mapping", "dict"}
#: What is a part of a query, and no row.
_OF_QUERIES = {"Column", "ColumnElement", "Select"}
#: What gives statements to the rest of the store.
_NO_ROWS = {"upserting"}
#: What a row is called; none of them is a value of FEEL.
_ROWS = {
    "row", "rows", "case", "cases", "task", "tasks", "deadline", "timer", "job", "incident", "instance", "document",
    "letter", "fact", "message",
}  # fmt: skip


def test_what_is_misspelt_is_refused_by_the_type_checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in _SPELT.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(ROOT)  # as `make lint` runs it, which has looked at everything else already
    said, trouble, _ = api.run([str(tmp_path / name) for name in _SPELT])
    refused = {Path(line.split(":")[0]).name: line for line in said.splitlines() if ": error:" in line}
    assert trouble == ""
    assert refused.keys() == {"wrong_call.py", "wrong_row.py"}, said
    assert "from_id" in refused["wrong_call.py"]
    assert '"folow_up_on"' in refused["wrong_row.py"]


def modules(*, of_store: bool) -> dict[str, ast.Module]:
    """The store's, or those that may hold what it hands out; neither the tables nor what measures the store."""
    return {
        path: ast.parse(text)
        for path, text in sources().items()
        if not path.startswith(("engine/store/schema/", "engine/store/migrations/", "engine/bench/"))
        and path.startswith("engine/store/") is of_store
        and (of_store or path.startswith("engine/casework/") or "engine.store" in text)
    }


def annotated(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Every name that has a type: parameters, functions by what they give, fields and variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own = node.args
            taken = [*own.posonlyargs, *own.args, *own.kwonlyargs]
            yield from ((each.arg, each.annotation) for each in taken if each.annotation is not None)
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target).rpartition(".")[2], node.annotation
    yield from given(tree)


def given(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Every function by what it gives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield node.name, node.returns


def has(kind: ast.expr, word: str) -> bool:
    return any(isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) == word for node in ast.walk(kind))


def has_anything(kind: ast.expr) -> bool:
    """Whether something of the type may be anything, besides what a mapping has under its names."""
    if isinstance(kind, ast.Subscript) and ast.unparse(kind.value) in _OF_QUERIES:
        return False
    if isinstance(kind, ast.Subscript) and ast.unparse(kind.value) in _OF_NAMES:
        key, value = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else (kind.slice, kind.slice)
        return has_anything(value) and not (ast.unparse(key) == "str" and ast.unparse(value) == "Any")
    if isinstance(kind, ast.Name | ast.Attribute):
        return ast.unparse(kind) in ("Any", "typing.Any", "Row", "sqlalchemy.Row")
    return any(has_anything(child) for child in ast.iter_child_nodes(kind) if isinstance(child, ast.expr))


def test_the_store_hands_out_nothing_without_a_type() -> None:
    loose = {
        f"{path}: {name}"
        for path, tree in modules(of_store=True).items()
        for name, kind in given(tree)
        if not name.startswith("_") and name not in _NO_ROWS and (has(kind, "Any") or has(kind, "Row"))
        if not any(has(kind, word) for word in _OF_QUERIES)
    }
    assert loose == set()


def test_nothing_outside_the_store_has_a_row_without_a_type() -> None:
    loose = {
        f"{path}: {name}"
        for path, tree in modules(of_store=False).items()
        for name, kind in annotated(tree)
        if has_anything(kind) or (name in _ROWS and has(kind, "feel.Value"))
    }
    assert loose == set()


@pytest.mark.parametrize(
    "line",
    ["row: Any", "rows: Sequence[Any]", "x: Row[Any]", "found: dict[int, list[Any]]", "x: tuple[Any, str] | None"],
)
def test_a_row_without_a_type_is_seen(line: str) -> None:
    assert all(has_anything(kind) for _, kind in annotated(ast.parse(line)))


@pytest.mark.parametrize("line", ["answers: Mapping[str, Any]", "value: feel.Value", "row: TaskRow | None"])
def test_what_has_a_type_is_not(line: str) -> None:
    assert not any(has_anything(kind) for _, kind in annotated(ast.parse(line)))
