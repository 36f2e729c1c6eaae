"""What is said about one element of a diagram: attributes and parts, an expression as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from engine.variants.merge.drawn_file import DrawnFile, insert_part, parts_of, same, tag
from engine.variants.merge.inquiry import Inquiry, Side

Path = tuple[str, ...]

#: What is said by the places of the elements in the file, and not by a value of theirs.
_STRUCTURE = ("id", "sourceRef", "targetRef")


class ElementMerge:
    """Brings what the base said about an element into the council's own."""

    def __init__(self, file: str, own: DrawnFile, inquiry: Inquiry) -> None:
        self._file, self._own, self._inquiry = file, own, inquiry

    def merge(
        self,
        name: str,
        label: str,
        old: etree._Element,
        own: etree._Element,
        new: etree._Element,
        defaults: Mapping[str, str],
    ) -> None:
        """`defaults` gives the ids of ways that the base calls otherwise."""
        if old.tag != new.tag and own.tag != new.tag:
            side = Side.BASE
            if own.tag != old.tag:
                side = self._inquiry.ask_about(
                    f"{name}.kind", self._file, f"“{label}” in {self._file}, its kind", (tag(old), tag(own), tag(new))
                )
            if side is Side.BASE:
                own.tag = new.tag
        self._attributes(name, label, old, own, new, defaults)
        before, mine, theirs = (dict(parts_of(each)) for each in (old, own, new))
        for path in dict.fromkeys((*before, *theirs)):
            self._part(name, label, path, before.get(path), mine.get(path), theirs.get(path), own)

    def _attributes(
        self,
        name: str,
        label: str,
        old: etree._Element,
        own: etree._Element,
        new: etree._Element,
        defaults: Mapping[str, str],
    ) -> None:
        for key in dict.fromkeys((*old.attrib, *new.attrib)):
            if key in _STRUCTURE:
                continue
            was, mine, theirs = (each.get(key) for each in (old, own, new))
            if key == "default":  # ids of ways are remade: who leads where is compared
                was, theirs = (defaults.get(each or "", each) for each in (was, theirs))
            if mine == theirs or was == theirs:
                continue
            said = etree.QName(key).localname
            if mine == was or Side.BASE is self._inquiry.ask_about(
                f"{name}.{said}", self._file, f"“{label}” in {self._file}, {said}", (was, mine, theirs)
            ):
                _set(own, key, theirs)

    def _part(
        self,
        name: str,
        label: str,
        path: Path,
        old: etree._Element | None,
        own: etree._Element | None,
        new: etree._Element | None,
        owner: etree._Element,
    ) -> None:
        if same(own, new) or same(old, new):
            return
        all_there = old is not None and own is not None and new is not None
        said = ".".join(each for each in path if each and not each.isdigit())
        if all_there and not len(own) and not len(old) and not len(new):  # type: ignore[arg-type]  # all are there
            self._attributes(f"{name}.{said}", label, old, own, new, {})  # type: ignore[arg-type]
            self._text(f"{name}.{said}", label, old, own, new)  # type: ignore[arg-type]
            return
        if same(own, old) or Side.BASE is self._inquiry.ask_about(
            f"{name}.{said}", self._file, f"“{label}” in {self._file}, {said}", (_words(old), _words(own), _words(new))
        ):
            _put(owner, path, own, new)

    def _text(self, name: str, label: str, old: etree._Element, own: etree._Element, new: etree._Element) -> None:
        was, mine, theirs = ((each.text or "").strip() for each in (old, own, new))
        if mine == theirs or was == theirs:
            return
        if mine == was or Side.BASE is self._inquiry.ask_about(
            name, self._file, f"“{label}” in {self._file}, {name.rpartition('.')[2]}", (was, mine, theirs)
        ):
            own.text = new.text


def is_said_otherwise(one: etree._Element, other: etree._Element) -> bool:
    """Whether something is said about one that is not said about the other."""
    kept = [
        {key: value for key, value in each.attrib.items() if key not in (*_STRUCTURE, "default")}
        for each in (one, other)
    ]
    mine, theirs = (dict(parts_of(each)) for each in (one, other))
    return (
        one.tag != other.tag
        or kept[0] != kept[1]
        or any(not same(mine.get(path), theirs.get(path)) for path in {*mine, *theirs})
    )


def _set(element: etree._Element, key: str, value: str | None) -> None:
    if value is None:
        if key in element.attrib:
            del element.attrib[key]
    else:
        element.set(key, value)


def _put(owner: etree._Element, path: Path, own: etree._Element | None, new: etree._Element | None) -> None:
    """Take the base's part in the place of the council's own."""
    if own is not None:
        parent = own.getparent()
        if parent is None:
            return
        if new is None:
            parent.remove(own)
        else:
            parent.replace(own, deepcopy(new))
        return
    if new is None:
        return
    groups = path[:-3]
    chain = (
        [each for each in reversed(list(new.iterancestors())) if tag(each) in groups][-len(groups) :] if groups else []
    )
    place = owner
    for group in chain:
        inside = [each for each in place.iterchildren("{*}*") if each.tag == group.tag]
        made = inside[0] if inside else place.makeelement(group.tag)
        if not inside:
            insert_part(place, made)
        place = made
    insert_part(place, deepcopy(new))


def _words(part: etree._Element | None) -> str:
    if part is None:
        return ""
    texts = [" ".join((each.text or "").split()) for each in part.iter("{*}*")]
    values = [str(value) for each in part.iter("{*}*") for key, value in each.attrib.items() if key != "id"]
    return " ".join(filter(None, (*values, *texts))) or tag(part)
