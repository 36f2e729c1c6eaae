"""The rows of a case are written through one door, `Batch`; what passes it by is named here with the reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from engine.store.schema import metadata
from tests.house.checkout import sources

#: An anchor is of a day, and holds the ends of all chains.
OF_A_CASE = {table.name for table in metadata.sorted_tables if "case_id" in table.c} - {"anchors"}
WRITES = {"insert", "update", "delete"}
PASS_BY = {
    "create_case",  # a batch names its case by the id that the database gives here
    "lease_job",  # the carrier's: which worker has a job
    "move_council",  # no case changes but in whose it is
    "mark_announced",  # the carrier's: that workers were told of it
}


def is_write(node: ast.AST) -> bool:
    """Whether it is a statement that writes rows of a case: `update(tasks)`, `upserting(connection)(undo)`."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    of, table = ast.unparse(node.func), ast.unparse(node.args[0]).rpartition(".")[2]
    return (of.rpartition(".")[2] in WRITES or of.startswith("upserting(")) and table in OF_A_CASE


def writes_of(tree: ast.Module) -> Iterator[str]:
    """Functions that write rows of a case themselves: with a statement of their own, or one that the module keeps."""
    kept = {
        ast.unparse(target)
        for node in tree.body
        if isinstance(node, ast.Assign) and any(is_write(each) for each in ast.walk(node))
        for target in node.targets
    }
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        sent = (n for n in ast.walk(function) if isinstance(n, ast.Call) and ast.unparse(n.func).endswith(".execute"))
        names = {ast.unparse(each) for call in sent for each in call.args}
        if any(is_write(each) for each in ast.walk(function)) or names & kept:
            yield function.name


def test_every_row_of_a_case_is_written_by_the_batch() -> None:
    found = {
        name
        for path, text in sources("engine").items()
        if path.startswith("engine/store/") and not path.startswith("engine/store/migrations/")
        for name in writes_of(ast.parse(text))
    }
    assert found == PASS_BY


@pytest.mark.parametrize(
    "body",
    [
        "def f(c):\n    c.execute(update(tasks).values(team='a'))",
        "def f(c):\n    c.execute(upserting(c)(undo).values(task=1))",
        "_ALL = delete(schema.facts)\ndef f(c):\n    c.execute(_ALL, {})",
    ],
)
def test_a_write_that_passes_by_is_seen(body: str) -> None:
    assert list(writes_of(ast.parse(body))) == ["f"]


def test_a_sweep_of_the_batch_passes_nothing_by() -> None:
    body = "_ALL = delete(facts)\ndef f(batch):\n    batch.sweep(_ALL)\ndef g(c):\n    c.execute(insert(people))"
    assert list(writes_of(ast.parse(body))) == []
