"""Reading DMN elements whatever version of the standard the file was saved in; foreign extensions are stepped over."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

#: The model namespaces of DMN 1.1 (as the standard and as Camunda 7 write it), 1.2, 1.3, 1.4 and 1.5.
NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)


def kind(element: etree._Element) -> str | None:
    """The element's name in the DMN model, None for one of another namespace (diagram, modeller's extensions)."""
    tag = element.tag
    if not isinstance(tag, str):
        return None
    namespace, _, name = tag[1:].rpartition("}")  # “{namespace}name”
    return name if namespace in NAMESPACES else None


def children(element: etree._Element, *kinds: str) -> Iterator[etree._Element]:
    """The DMN elements directly inside, all of them or only those of the given kinds."""
    for child in element:
        name = kind(child)
        if name is not None and (not kinds or name in kinds):
            yield child


def child(element: etree._Element, *kinds: str) -> etree._Element | None:
    return next(children(element, *kinds), None)


def text_of(element: etree._Element | None) -> str:
    """The text in the `text` element inside, without the blanks around it; "" where there is none."""
    if element is None:
        return ""
    inner = child(element, "text")
    if inner is None:
        return ""
    # nearly every text holds nothing but characters
    return (inner.text or "" if len(inner) == 0 else "".join(map(str, inner.itertext()))).strip()


def attribute(element: etree._Element, name: str) -> str:
    """An attribute without the blanks around it; "" where there is none."""
    return (element.get(name) or "").strip()


def type_of(element: etree._Element) -> str | None:
    """The `typeRef`, an attribute, or an element in a type's definition; None where none is given."""
    written = attribute(element, "typeRef")
    if written:
        return written
    inner = child(element, "typeRef")
    return (inner.text or "").strip() or None if inner is not None else None
