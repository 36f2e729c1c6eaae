"""What measures is a distribution of its own: a council that installs the product gets none of it."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

from tests.house.checkout import ROOT, pyproject, sources

BENCH = "engine/bench"


def bench_pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / BENCH / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_product_leaves_out_the_folder_of_the_bench_and_the_bench_is_that_folder() -> None:
    assert pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"][0] == BENCH
    assert bench_pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"] == {"": BENCH}


def test_every_file_of_the_bench_goes_into_its_distribution() -> None:
    assert bench_pyproject()["tool"]["hatch"]["build"]["include"] == ["*.py"]
    others = {path.name for path in (ROOT / BENCH).rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert others == {"pyproject.toml"}


def test_the_two_distributions_go_with_each_other_in_one_version() -> None:
    product, bench = pyproject()["project"], bench_pyproject()["project"]
    assert product["optional-dependencies"]["bench"] == [f"{bench['name']}=={product['version']}"]
    assert f"{product['name']}=={bench['version']}" in bench["dependencies"]
    assert product["requires-python"] == bench["requires-python"]


def test_only_the_bench_imports_what_it_brings() -> None:
    named = {re.split(r"[<>=]", line)[0].replace("-", "_") for line in bench_pyproject()["project"]["dependencies"]}
    users = {path for path, text in sources().items() for name in imported(text) if name.split(".")[0] in named}
    assert {Path(path).is_relative_to(BENCH) for path in users} == {True}


def imported(text: str) -> list[str]:
    """Every module that a source imports, wherever in it."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found
