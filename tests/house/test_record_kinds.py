"""A kind of entry of the record is named by the enumeration, and its words stand there and nowhere else."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from string import Formatter

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


def given(module: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Each entry that a module writes: its kind, and the names of what it says."""
    named = {
        target.id: {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
        for node in ast.walk(module)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(module):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "record":
            continue
        names = {each.arg for each in call.keywords if each.arg}
        for each in call.keywords:
            if each.arg is None and isinstance(each.value, ast.Dict):
                names |= {key.value for key in each.value.keys if isinstance(key, ast.Constant)}
            elif each.arg is None and isinstance(each.value, ast.Name):
                names |= named.get(each.value.id, set())
        for kind in ast.walk(call.args[0]) if call.args else ():
            if isinstance(kind, ast.Attribute) and ast.unparse(kind.value) == "RecordKind":
                yield kind.attr, {str(name) for name in names}


def worked_out() -> set[str]:
    """The words of sentences that the narrator works out of what an entry says."""
    tree = ast.parse(texts()["engine/casework/words/sentences.py"])
    texts_of_keys = {
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.slice, ast.Constant)
    }
    return {*map(str, texts_of_keys), "by", "ended_as", "closed_as"}


def written() -> Mapping[str, list[set[str]]]:
    found: dict[str, list[set[str]]] = defaultdict(list)
    for path, module in modules():
        if path.startswith("engine/casework/"):
            for kind, names in given(module):
                found[kind].append(names)
    return found


def test_every_word_of_a_sentence_is_given_by_whoever_writes_the_entry() -> None:
    """A word that nobody gives would be a hole in the sentence that a person reads."""
    calls_by_kind, found = written(), worked_out()
    holes = [
        f"{kind}: {{{word}}}"
        for kind, calls in calls_by_kind.items()
        for _, word, _, _ in Formatter().parse(RecordKind[kind].sentence)
        if word and word not in found and any(word not in names for names in calls)
    ]
    assert holes == []
    assert len(calls_by_kind) > 30


def test_a_word_that_is_misspelt_would_be_seen() -> None:
    ((kind, names),) = given(ast.parse('step.record(RecordKind.LETTER_SENT, recipient="A", **{"for": "B"})'))
    assert (kind, names) == ("LETTER_SENT", {"recipient", "for"})
