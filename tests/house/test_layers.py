"""import-linter keeps the layers; these tests keep its list of them whole."""

import re

from tests.house.architecture import PAGE, PICTURE, contract, layers, picture, table
from tests.house.checkout import PACKAGES, sources, texts


def modules() -> set[str]:
    """Every module or package directly in engine, and the other packages."""
    found = (re.fullmatch(r"engine/(\w+)(?:\.py|/__init__\.py)", path) for path in sources("engine"))
    return {f"engine.{each[1]}" for each in found if each and each[1] != "__init__"} | set(PACKAGES) - {"engine"}


def test_every_module_of_the_engine_stands_in_a_layer() -> None:
    listed = [name for layer in layers() for name in layer]
    assert len(listed) == len(set(listed))
    assert modules() <= set(listed)


def test_only_a_layer_that_is_still_to_come_stands_in_brackets() -> None:
    to_come = {name for line in contract("The layers")["layers"] for name in re.findall(r"\(([\w.]+)\)", line)}
    assert to_come & modules() == set()


def test_handlers_are_kept_from_everything_between_them_and_their_contract() -> None:
    order = [name for layer in layers() for name in layer]
    between = order[order.index("handlers") + 1 : order.index("engine.handler")]
    assert set(contract("Handlers know")["forbidden_modules"]) == set(between) & modules()


def test_the_page_on_architecture_tells_each_layer_with_its_modules() -> None:
    assert [[name for name, _ in row] for row in table("Layers")] == layers()
    assert [[name for name, _ in row] for row in table("The rooms of casework")] == layers("The rooms of casework")


def test_the_picture_of_the_layers_is_of_what_the_page_tells() -> None:
    assert texts()[PICTURE] == picture(), "make pictures brings it up to date"


def test_whatever_is_to_be_changed_is_found_in_four_files_at_most() -> None:
    section = texts()[PAGE].split("\n## Where to find what\n")[1]
    rows = re.findall(r"^\| (?!to change|---)(.+?) \| (.+) \|$", section, flags=re.MULTILINE)
    assert len(rows) > 10
    assert [what for what, where in rows if not 1 <= len(re.findall(r"`[\w./]+[/.]\w*`", where)) <= 4] == []
