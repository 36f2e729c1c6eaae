"""Does what a guide says, to a copy of the policies: its tables and blocks are the steps.

| in the page | done |
|---|---|
| a table `File, Row, Column, Was, Becomes` | the cell of a decision table, in the row that says what is under Row |
| a table headed ``New row in `FILE` `` | a row at the end of a decision table, each cell by its column's label |
| a block `xml FILE in=ID` | elements as the modeller saves them: each replaces the one with its id, or goes into ID |
| a block `diff FILE` | the lines with `-` become those with `+`; what stands there must stand there once |
| a block `toml FILE`, `markdown FILE` or `json FILE` | a new file |
| Copy `FILE` into `FOLDER` | so it is |
| replace every `WORDS` in `FILE` by `WORDS` | so it is; they have to be there |
| a block `console` | each `$ asb` command prints what stands below it; … stands for anything |

Files of blocks and tables are named from the folder `bpmn/trial`, others from the folder in which `bpmn` stands. What a
line that begins “Before this:” links to is done first.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from click.testing import CliRunner
from lxml import etree

from engine.cli import main

_TABLE = "(?:^\\|[^\\n]*\\n)+"
_BLOCK = "^```(?P<info>[^\\n]*)\\n(?P<body>.*?)^```$"
_COPY = "Copy `(?P<copied>[^`]+)` into `(?P<into>[^`]+)`"
_REPLACE = "replace every `(?P<old>[^`]+)` in `(?P<within>[^`]+)` by `(?P<new>[^`]+)`"
_DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"

Step = Callable[[Path], None]


def steps(page: str) -> Iterator[Step]:
    """What the page has one do, in its order; each is given the folder in which `bpmn` stands."""
    for found in re.finditer(f"{_BLOCK}|{_TABLE}|{_COPY}|{_REPLACE}", page, flags=re.MULTILINE | re.DOTALL):
        if found["copied"]:
            yield partial(_copy, file=found["copied"], into=found["into"])
        elif found["old"]:
            yield partial(_replace, file=found["within"], old=found["old"], new=found["new"])
        elif found["info"] is None:
            yield from _of_a_table(found[0])
        elif found["info"] == "console":
            yield from _of_a_console(found["body"])
        elif " " in found["info"]:
            yield _of_a_block(found["info"].split(), found["body"])


def with_what_comes_before(guide: Path) -> str:
    """The page, and before it all that it says is to be done before, each once: pages, or a part of one."""
    return "\n".join(_part(page, part) for page, part in dict.fromkeys((*_before(guide), (guide, ""))))


def done_before(guide: Path) -> frozenset[Path]:
    """The pages of which all is done before this one."""
    return frozenset(page for page, part in _before(guide) if not part)


def _before(guide: Path) -> Iterator[tuple[Path, str]]:
    for line in re.findall("^Before this: .*$", guide.read_text(encoding="utf-8"), flags=re.MULTILINE):
        for file, part in re.findall(r"\]\(([\w-]+\.md)(?:#([\w-]+))?\)", line):
            page = guide.with_name(file)
            if not part:
                yield from _before(page)
            yield page, part


def _part(page: Path, part: str) -> str:
    """What stands under this heading; all of the page without one."""
    text = page.read_text(encoding="utf-8")
    if not part:
        return text
    heading = part.replace("-", " ").capitalize()
    return re.split("^## ", text.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]


def _of_a_table(text: str) -> Iterator[Step]:
    head, _, *rows = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in text.splitlines())
    if head == ["File", "Row", "Column", "Was", "Becomes"]:
        for row in rows:
            yield lambda folder, row=row: _change_cell(folder, *(cell.strip("`") for cell in row))  # type: ignore[misc]
    elif new_row := re.match(r"New row in `(.+)`", head[0]):
        cells = {column: value.strip("`") for column, value in rows}
        yield lambda folder: _add_row(folder, new_row[1], cells)


def _of_a_console(body: str) -> Iterator[Step]:
    for command, printed in re.findall(r"^\$ asb (.*)\n((?:(?!\$ ).*\n)*)", body, flags=re.MULTILINE):
        yield lambda folder, command=command, printed=printed: _run(folder, command, printed)  # type: ignore[misc]


def _of_a_block(info: list[str], body: str) -> Step:
    kind, file, *where = info
    if kind == "xml":
        return lambda folder: _put_elements(_trial(folder, file), where[0].removeprefix("in="), body)
    if kind == "diff":
        return lambda folder: _change_lines(_trial(folder, file), body)
    return lambda folder: _write_new(_trial(folder, file), body)


def _trial(folder: Path, file: str) -> Path:
    return folder / "bpmn" / "trial" / file


def _run(folder: Path, command: str, printed: str) -> None:
    before = Path.cwd()
    os.chdir(folder)
    try:
        ran = CliRunner().invoke(main, shlex.split(command), env={"ASB_HOME": "home", "COLUMNS": "80"})
    finally:
        os.chdir(before)
    expected, out = (" ".join(text.split()) for text in (printed, ran.output))
    pattern = ".*".join(re.escape(part.strip()) for part in expected.split("…"))
    assert re.fullmatch(pattern, out), f"asb {command} prints\n{ran.output}"


def _copy(folder: Path, file: str, into: str) -> None:
    shutil.copy(folder / file, folder / into)


def _replace(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not say “{old}”"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _write_new(path: Path, body: str) -> None:
    assert not path.exists(), path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


def _change_lines(path: Path, body: str) -> None:
    lines = body.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in "- ")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in "+ ")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} holds {text.count(old)} times:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _change_cell(folder: Path, file: str, row: str, column: str, was: str, becomes: str) -> None:
    path = _trial(folder, file)
    tree = etree.parse(path)
    [rule] = [each for each in tree.iter(f"{_DMN}rule") if row in _cells(each)]
    cell = list(rule.iter(f"{_DMN}text"))[_columns(tree).index(column)]
    assert cell.text == was, f"{file}, {row}, {column}: {cell.text}"
    cell.text = becomes
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def _add_row(folder: Path, file: str, cells: dict[str, str]) -> None:
    path = _trial(folder, file)
    tree = etree.parse(path)
    columns = _columns(tree)
    assert set(cells) <= set(columns), set(cells) - set(columns)
    [table] = tree.iter(f"{_DMN}decisionTable")
    rule = etree.SubElement(table, f"{_DMN}rule", id="DecisionRule_1k2m9qz")
    model = next(table.iter(f"{_DMN}rule"))
    for number, (like, column) in enumerate(zip(model, columns, strict=True)):
        cell = etree.SubElement(rule, like.tag)
        if like.get("id"):
            cell.set("id", f"UnaryTests_1k2m9q{number}")
        etree.SubElement(cell, f"{_DMN}text").text = cells.get(column, "")
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def _cells(rule: etree._Element) -> list[str]:
    return [text.text or "" for text in rule.iter(f"{_DMN}text")]


def _columns(tree: etree._ElementTree) -> list[str]:
    """The labels of a table's columns, from the left."""
    found = tree.iter(f"{_DMN}input", f"{_DMN}output", f"{_DMN}annotation")
    return [each.get("label") or each.get("name") or "" for each in found]


def _put_elements(path: Path, parent_id: str, body: str) -> None:
    tree = etree.parse(path)
    root = tree.getroot()
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in root.nsmap.items() if prefix)
    by_id = {each.get("id"): each for each in root.iter(etree.Element) if each.get("id")}
    for element in list(etree.fromstring(f"<fragment {spaces}>{body}</fragment>")):
        present = by_id.get(element.get("id")) if element.get("id") else None
        if present is not None:
            present.getparent().replace(present, element)  # type: ignore[union-attr]
            continue
        # After what is like it, or else after what is of its kind: what runs stands before how it is drawn.
        parent = by_id[parent_id]
        space = f"{{{etree.QName(element).namespace}}}*"
        last = [*parent.iterchildren(str(element.tag))] or [*parent.iterchildren(space)]
        last[-1].addnext(element)
    tree.write(path, encoding="UTF-8", xml_declaration=True)
