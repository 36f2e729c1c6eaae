"""Diagrams and tables as trees that lines of TOML are written into, and then saved again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from engine.errors import BadInputError
from engine.xml import read_xml


def read_tree(data: bytes, *, name: str) -> etree._Element:
    """The root of a diagram or table. Raises XmlRefusedError where it cannot be read."""
    return read_xml(data, name=name)


def written(root: etree._Element) -> bytes:
    """The file again."""
    saved: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
    return saved


def canonical(data: bytes, *, name: str) -> bytes:
    """The same for all files that say the same, however they are written. Raises as `read_tree`."""
    told: bytes = etree.tostring(read_tree(data, name=name), method="c14n")
    return told


def named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of this name below `root`, in whatever namespace."""
    yield from root.iter(f"{{*}}{name}")


def inside(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of this name, in whatever namespace."""
    return list(element.iterchildren(f"{{*}}{name}"))


class TableInFile:
    """The decision table of a decision, as its file holds it."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element

    @classmethod
    def of_decision(cls, root: etree._Element, decision: str) -> TableInFile | None:
        """The table of the decision with this id; None where there is none."""
        for element in named(root, "decision"):
            if element.get("id") == decision and inside(element, "decisionTable"):
                return cls(inside(element, "decisionTable")[0])
        return None

    @cached_property
    def outputs(self) -> list[str]:
        """The names of its output columns."""
        return [each.get("name", "") for each in inside(self._element, "output")]

    @cached_property
    def annotations(self) -> list[str]:
        """The headings of its annotation columns, in small letters."""
        return [each.get("name", "").casefold() for each in inside(self._element, "annotation")]

    @property
    def rows(self) -> list[etree._Element]:
        return inside(self._element, "rule")

    def take_out(self, row: etree._Element) -> None:
        self._element.remove(row)

    def add_row(self, row_id: str, inputs: list[str], outputs: list[str], clause: str, *, before: str | None) -> None:
        """Put a row at the end, or before the one with this id.

        Raises BadInputError where it has another number of cells than the table, its id is taken, or none is `before`.
        """
        rows = self.rows
        counts = (len(inside(self._element, "input")), len(self.outputs))
        if (len(inputs), len(outputs)) != counts:
            raise BadInputError(f"The table has {counts[0]} inputs and {counts[1]} outputs. Write as many cells.")
        ids = [row.get("id") for row in rows]
        if row_id in ids:
            raise BadInputError(f"The table has a row with the id {row_id}. Give yours another.")
        if before is not None and before not in ids:
            raise BadInputError(f"The table has no row {before} before which it could stand.")
        place = list(self._element).index(rows[ids.index(before)]) if before is not None else len(self._element)
        space = etree.QName(self._element).namespace
        row = self._element.makeelement(f"{{{space}}}rule", {"id": row_id})
        cells = [("inputEntry", text) for text in inputs] + [("outputEntry", text) for text in outputs]
        cells += [("annotationEntry", clause if name == "clause" else "") for name in self.annotations]
        for number, (kind, text) in enumerate(cells):
            named_by = {} if kind == "annotationEntry" else {"id": f"{row_id}_{number}"}
            cell = etree.SubElement(row, f"{{{space}}}{kind}", named_by)
            etree.SubElement(cell, f"{{{space}}}text").text = text
        self._element.insert(place, row)

    def output(self, row: etree._Element, column: str) -> str:
        """What the cell says; "" where there is no such column."""
        return _text(inside(row, "outputEntry"), self.outputs, column)

    def annotation(self, row: etree._Element, heading: str) -> str:
        return _text(inside(row, "annotationEntry"), self.annotations, heading)

    def write_output(self, row: etree._Element, column: str, text: str) -> None:
        _write(inside(row, "outputEntry"), self.outputs, column, text)

    def write_annotation(self, row: etree._Element, heading: str, text: str) -> None:
        _write(inside(row, "annotationEntry"), self.annotations, heading, text)


def text_of(cell: etree._Element) -> str:
    """The text of a cell of a table."""
    texts = inside(cell, "text")
    return (texts[0].text or "").strip() if texts else ""


def _text(cells: list[etree._Element], columns: list[str], column: str) -> str:
    return text_of(cells[columns.index(column)]) if column in columns[: len(cells)] else ""


def _write(cells: list[etree._Element], columns: list[str], column: str, text: str) -> None:
    if column in columns[: len(cells)]:
        for found in inside(cells[columns.index(column)], "text"):
            found.text = text
