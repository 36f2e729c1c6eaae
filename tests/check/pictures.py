"""Writes what the rules' pages show of wrong and right: `make pictures`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from textwrap import fill

from engine.check.rule import Rule
from engine.draw import Mark, draw_svg
from tests.check.example import Example, Side, examples

PAGES = Path(__file__).parents[2] / "docs/rules"
PICTURES = PAGES / "pictures"
HEADING = "Wrong and right"
_QUOTED = {"width": 120, "initial_indent": "> ", "subsequent_indent": "> ", "break_long_words": False}
_SECTION = re.compile(rf"## {HEADING}\n.*?(?=^## )", flags=re.DOTALL | re.MULTILINE)


def pictures_of(rule: Rule, example: Example) -> Iterator[tuple[str, str]]:
    """The name and the SVG of each picture of the rule; none where it shows excerpts."""
    for which, side in (("wrong", example.wrong), ("right", example.right)):
        if side.picture is not None:
            marks = {finding.element_id: Mark.FINDING for finding in side.findings(rule)}
            yield f"{rule.name}-{which}.svg", draw_svg(side.picture.diagram(), title=side.says, marks=marks)


def section_of(rule: Rule, example: Example) -> str:
    """What stands on the rule's page under its heading, with the findings below the wrong one."""
    findings = [fill(finding.sentence, **_QUOTED) for finding in example.wrong.findings(rule)]
    shown = [_shown(rule, "wrong", example.wrong), *findings, _shown(rule, "right", example.right)]
    return "\n\n".join([f"## {HEADING}", *shown]) + "\n\n"


def with_section(page: str, section: str) -> str:
    """The page with the section in its place, before why the rule is there."""
    bare = _SECTION.sub("", page)
    before, why, after = bare.partition("## Why\n")
    return before + section + why + after


def write_all() -> None:
    """Every picture and every page's section, anew."""
    PICTURES.mkdir(exist_ok=True)
    wanted = set()
    for rule, example in examples():
        for name, svg in pictures_of(rule, example):
            wanted.add(name)
            (PICTURES / name).write_text(svg, encoding="utf-8", newline="\n")
        page = PAGES / f"{rule.name}.md"
        text = with_section(page.read_text(encoding="utf-8"), section_of(rule, example))
        page.write_text(text, encoding="utf-8", newline="\n")
    for picture in PICTURES.iterdir():
        if picture.name not in wanted:
            picture.unlink()


def _shown(rule: Rule, which: str, side: Side) -> str:
    if side.picture is not None:
        return f"{which.capitalize()}:\n\n![{side.says}](pictures/{rule.name}-{which}.svg)"
    language = PurePath(side.file).suffix.removeprefix(".")
    return f"{which.capitalize()}, in `{side.file}`: {side.says}\n\n```{language}\n{side.excerpt.strip()}\n```"


if __name__ == "__main__":
    write_all()
