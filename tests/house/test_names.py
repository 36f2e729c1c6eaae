"""One name, one class; and a module is a noun, named for what it holds and not for what it does."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import PurePath

from tests.house.checkout import PACKAGES, texts

#: Words in -ing that name a thing in the glossary, in BPMN or in Python, and the “working” of working days.
NOUNS = {"crossings", "finding", "mappings", "settings", "strings", "working"}
#: A test is named after what it tests, which may be an action; the modules beside the tests are nouns too.
TESTS = re.compile(r"test_\w+[.]py|conftest[.]py")


def public_classes() -> dict[str, list[str]]:
    """The name of each public class of the product → the modules that hold one of this name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, text in texts().items():
        if path.startswith(tuple(f"{package}/" for package in PACKAGES)) and path.endswith(".py"):
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].append(path)
    return found


def gerunds(path: str) -> set[str]:
    """The words of a module's name, and of the folders it stands in, that tell an action and no thing."""
    words = re.split(r"[/_]", str(PurePath(path).with_suffix("")))
    return {word for word in words if re.fullmatch(r"\w+ings?", word)} - NOUNS


def test_no_two_public_classes_have_one_name() -> None:
    assert {name: paths for name, paths in public_classes().items() if len(paths) > 1} == {}


def test_no_module_is_named_by_a_gerund() -> None:
    modules = [path for path in texts() if path.endswith(".py") and path.startswith((*PACKAGES, "tests"))]
    helpers = [path for path in modules if not TESTS.fullmatch(PurePath(path).name)]
    assert {path: gerunds(path) for path in helpers if gerunds(path)} == {}


def test_a_gerund_would_be_seen() -> None:
    assert gerunds("engine/casework/looking_in.py") == {"looking"}
    assert gerunds("engine/calendar/working_days.py") == set()
