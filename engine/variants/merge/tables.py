"""Files of decisions: each by its id, tables by row and cell, and what else is said of a decision as a whole.

The order of rows is a question where the first that fits holds, or the one with the highest priority; elsewhere the
council's own side leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from engine.errors import BadInputError
from engine.variants.merge.drawn_file import same, tag
from engine.variants.merge.inquiry import Inquiry, Side
from engine.variants.merge.values import gaps, is_moved, merged_order
from engine.variants.overlay.xml_files import inside, read_tree, text_of, written

_ORDERED = ("FIRST", "PRIORITY")
_CELLS = ("inputEntry", "outputEntry", "annotationEntry")
_DRAWING = "DMNDI"

Elements = Mapping[str, etree._Element]


def merge_tables(file: str, old: bytes, own: bytes, new: bytes, inquiry: Inquiry) -> bytes:
    """The file that holds. Raises XmlRefusedError where one of the three cannot be read, and BadInputError
    where an id is not of one thing alone."""
    before, root, theirs = (read_tree(data, name=file) for data in (old, own, new))
    return _TableMerge(file, inquiry).merge(before, root, theirs)


class _TableMerge:
    def __init__(self, file: str, inquiry: Inquiry) -> None:
        self._file, self._inquiry = file, inquiry

    def merge(self, old: etree._Element, own: etree._Element, new: etree._Element) -> bytes:
        before, mine, theirs = (_by_id(each) for each in (old, own, new))
        for id in dict.fromkeys((*before, *theirs)):
            self._definition(own, id, before.get(id), mine.get(id), theirs.get(id))
        return written(own)

    def _definition(
        self,
        root: etree._Element,
        id: str,
        old: etree._Element | None,
        own: etree._Element | None,
        new: etree._Element | None,
    ) -> None:
        if same_with_ids(own, new) or same_with_ids(old, new):
            return
        if not same_with_ids(own, old):
            if old is not None and own is not None and new is not None and self._rows(id, old, own, new):
                return
            name = next((each.get("name", id) for each in (own, new, old) if each is not None), id)
            side = self._inquiry.ask(
                f"{self._file}:{id}", self._file,
                f"“{name}” in {self._file}: the base {_verb(old, new)} it, and you {_verb_past(old, own)}.",
                own="It stays as you have it.", base="It is as the base has it.",
            )  # fmt: skip
            if side is Side.OWN:
                return
        _exchange(root, own, new)

    def _rows(self, id: str, old: etree._Element, own: etree._Element, new: etree._Element) -> bool:
        """Merge row by row; False where the columns are others, or what is no row changed on both sides."""
        tables = [_table(each) for each in (old, own, new)]
        if any(table is None for table in tables):
            return False
        before, mine, theirs = (table for table in tables if table is not None)
        if not (_columns(before) == _columns(mine) == _columns(theirs)):
            return False
        rest = [_without_rows(each) for each in (old, own, new)]
        if not same_with_ids(rest[1], rest[2]) and not same_with_ids(rest[0], rest[2]):
            if not same_with_ids(rest[0], rest[1]):
                return False
            self._take_rest(own, new)
            mine = _table(own)  # type: ignore[assignment]  # it has one as before
        name = own.get("name", id)
        rows = [_rows_by_id(each) for each in (before, mine, theirs)]
        merged: dict[str, etree._Element] = {}
        for row_id in dict.fromkeys((*rows[1], *rows[2], *rows[0])):
            row = self._row(f"{self._file}:{id}.{row_id}", name, *(each.get(row_id) for each in rows))
            if row is not None:
                merged[row_id] = row
        order = self._order(
            id, name, mine.get("hitPolicy", "UNIQUE"), list(rows[0]), list(rows[1]), list(rows[2]), merged
        )
        for row in inside(mine, "rule"):
            mine.remove(row)
        for row_id in order:
            mine.append(merged[row_id])
        return True

    def _take_rest(self, own: etree._Element, new: etree._Element) -> None:
        """What only the base changed beside the rows, with the council's own rows."""
        rows = inside(_table(own), "rule")  # type: ignore[arg-type]  # it has one
        copied = deepcopy(new)
        table = _table(copied)
        for row in inside(table, "rule") if table is not None else ():
            row.getparent().remove(row)  # type: ignore[union-attr]  # it stands in the table
        for row in rows if table is not None else ():
            table.append(row)  # type: ignore[union-attr]
        for child in list(own):
            own.remove(child)
        own.extend(list(copied))
        own.attrib.update(copied.attrib)

    def _row(
        self,
        name: str,
        table: str,
        old: etree._Element | None,
        own: etree._Element | None,
        new: etree._Element | None,
    ) -> etree._Element | None:
        if same(own, new) or same(old, new):
            return own
        if same(own, old):
            return deepcopy(new) if new is not None else None
        if old is None or own is None or new is None:
            values = (_said(old), _said(own), _said(new))
            side = self._inquiry.ask_about(name, self._file, f"“{table}”, a row", values)
            held = own if side is Side.OWN else new
            return deepcopy(held) if held is not None else None
        for kind in _CELLS:
            triples = zip(*(inside(each, kind) for each in (old, own, new)), strict=False)
            for number, (was, mine, theirs) in enumerate(triples, start=1):
                texts = tuple(text_of(each) for each in (was, mine, theirs))
                if texts[2] in texts[:2]:
                    continue
                column = f"{kind.removesuffix('Entry')}{number}"
                what = f"“{table}”, the row {_said(old)}, {kind.removesuffix('Entry')} {number}"
                if texts[0] == texts[1] or Side.BASE is self._inquiry.ask_about(
                    f"{name}.{column}", self._file, what, (texts[0], texts[1], texts[2])
                ):
                    mine.getparent().replace(mine, deepcopy(theirs))
        return own

    def _order(
        self, id: str, name: str, policy: str, old: list[str], own: list[str], new: list[str], kept: Elements
    ) -> list[str]:
        both_moved = is_moved(old, own, new) and is_moved(old, new, own)
        shared = gaps(own, [*old, *new]) & gaps(new, [*old, *own])
        order = merged_order(old, own, new, kept)
        if policy not in _ORDERED or not (both_moved or shared):
            return order
        side = self._inquiry.ask(
            f"{self._file}:{id}.order", self._file,
            f"“{name}”: the base and you put or moved rows in the same place, and which comes first decides "
            f"({policy}).",
            own="Your rows come first.", base="The base's rows come first.",
        )  # fmt: skip
        return order if side is Side.OWN else merged_order(old, new, own, kept)


def same_with_ids(one: etree._Element | None, other: etree._Element | None) -> bool:
    """Whether both say the same, the ids that rows and columns are known by included."""
    if one is None or other is None:
        return one is other
    return _canonical(one) == _canonical(other)


def _canonical(element: etree._Element) -> tuple[object, ...]:
    inside_it = tuple(_canonical(child) for child in element.iterchildren("{*}*"))
    return (element.tag, tuple(sorted(element.attrib.items())), " ".join((element.text or "").split()), inside_it)


def _by_id(root: etree._Element) -> dict[str, etree._Element]:
    """What stands in the file by its id; where it is drawn has none, and is one thing."""
    return _each_once([(each.get("id") or tag(each), each) for each in root.iterchildren("{*}*")])


def _each_once(named: list[tuple[str, etree._Element]]) -> dict[str, etree._Element]:
    """Raises BadInputError where two have one id: nobody could say which of them is meant."""
    found = dict(named)
    if len(found) < len(named):
        raise BadInputError("Two things in one file of decisions have the same id.")
    return found


def _exchange(root: etree._Element, own: etree._Element | None, new: etree._Element | None) -> None:
    if own is not None and new is not None:
        root.replace(own, deepcopy(new))
    elif own is not None:
        root.remove(own)
    elif new is not None:
        drawn = next(iter(inside(root, _DRAWING)), None)
        root.insert(list(root).index(drawn) if drawn is not None else len(root), deepcopy(new))


def _table(decision: etree._Element) -> etree._Element | None:
    return next(iter(inside(decision, "decisionTable")), None)


def _without_rows(decision: etree._Element) -> etree._Element:
    copied = deepcopy(decision)
    table = _table(copied)
    for row in inside(table, "rule") if table is not None else ():
        table.remove(row)  # type: ignore[union-attr]  # it has rows
    return copied


def _rows_by_id(table: etree._Element) -> dict[str, etree._Element]:
    return _each_once([(row.get("id", f"#{number}"), row) for number, row in enumerate(inside(table, "rule"))])


def _columns(table: etree._Element) -> list[str]:
    """What each column reads or gives; where those are others, cells cannot be told from each other."""
    inputs = [text for each in inside(table, "input") for text in map(text_of, inside(each, "inputExpression"))]
    return [*inputs, "→", *(each.get("name", "") for each in inside(table, "output"))]


def _said(row: etree._Element | None) -> str:
    if row is None:
        return ""
    cells = [[text_of(cell) for cell in inside(row, kind)] for kind in _CELLS[:2]]
    read = ", ".join(text for text in cells[0] if text not in ("", "-"))
    return f"{read or 'always'} → {', '.join(cells[1])}"


def _verb(old: etree._Element | None, new: etree._Element | None) -> str:
    return "adds" if old is None else "takes out" if new is None else "changes"


def _verb_past(old: etree._Element | None, own: etree._Element | None) -> str:
    return "added one of the same id" if old is None else "took it out" if own is None else "changed it too"
