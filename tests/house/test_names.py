"""One name, one class."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.house.checkout import PACKAGES, texts


def public_classes() -> dict[str, list[str]]:
    """The name of each public class of the product → the modules that hold one of this name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, text in texts().items():
        if path.startswith(tuple(f"{package}/" for package in PACKAGES)) and path.endswith(".py"):
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].append(path)
    return found


def test_no_two_public_classes_have_one_name() -> None:
    assert {name: paths for name, paths in public_classes().items() if len(paths) > 1} == {}
