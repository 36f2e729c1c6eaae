"""The page on forms, held against what is read."""

from __future__ import annotations

import re
from pathlib import Path

from engine.forms import AUDIENCES, FieldKind

PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text()


def test_the_page_lists_exactly_the_components_that_are_read() -> None:
    listed = re.findall(r"^\| `([a-z]+)` \|", PAGE.partition("## Components")[2].partition("\n## ")[0], re.MULTILINE)
    assert set(listed) == {kind.value for kind in FieldKind}


def test_the_page_names_everybody_who_may_see_an_answer() -> None:
    [row] = re.findall(r"^\| `visible_to` \|.*$", PAGE, re.MULTILINE)
    assert all(f"`{audience}`" in row for audience in AUDIENCES)
