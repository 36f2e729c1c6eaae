"""The one door through which XML written elsewhere comes in: no DOCTYPE, no entities, no network, everything bounded.

Diagrams and decision tables are saved by any tool and sent by anybody. What comes out of `read_xml` is a plain tree of
elements; comments and processing instructions are dropped, so that text on both sides of one reads as one text.
"""

from __future__ import annotations

from lxml import etree

from engine.errors import XmlRefusedError

#: Largest file read, in bytes. The largest diagrams councils publish are below 1 MB.
MAX_BYTES = 5_000_000
#: Most elements in one file.
MAX_ELEMENTS = 20_000
#: Deepest nesting; the root counts as 1.
MAX_DEPTH = 100

# Small enough that a file over a cap is refused soon after the cap, large enough to cost nothing.
_CHUNK = 16_384


def read_xml(data: bytes, *, name: str) -> etree._Element:
    """The root element of `data`. `name` is what the reader calls the file, for the sentence of an error.

    Raises XmlRefusedError where the bytes are no XML, hold a DOCTYPE or an entity, or go over a cap.
    """
    if not data.strip():
        raise XmlRefusedError(f"{name} is empty. Save it again from the modeller.")
    if len(data) > MAX_BYTES:
        raise XmlRefusedError(f"{name} has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Make it smaller.")
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    gate = _Gate(name)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            gate.take(parser)
        root = parser.close()
        gate.take(parser)
    except etree.XMLSyntaxError as error:
        gate.take(parser)  # a cap reached before the fault is the better sentence
        raise XmlRefusedError(_unreadable(name, error)) from None
    # An entity that was never declared stays in the tree as a node of its own instead of text.
    if any(True for _ in root.iter(etree.Entity)):
        raise XmlRefusedError(f"{name} uses an XML entity; they are not read. Save it again from the modeller.")
    return root


class _Gate:
    """Counts what the parser has seen and refuses as soon as a cap is passed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = 0
        self._depth = 0

    def take(self, parser: etree.XMLPullParser) -> None:
        for event, element in parser.read_events():
            if event == "end":
                self._depth -= 1
                continue
            self._elements += 1
            self._depth += 1
            if self._elements == 1 and _has_doctype(element):
                raise XmlRefusedError(f"{self._name} has a DOCTYPE, which is not read. Take it out.")
            if self._elements > MAX_ELEMENTS:
                raise XmlRefusedError(
                    f"{self._name} has more than {MAX_ELEMENTS:,} elements. Divide it into several files."
                )
            if self._depth > MAX_DEPTH:
                raise XmlRefusedError(f"{self._name} nests elements deeper than {MAX_DEPTH}. Make it flatter.")


def _has_doctype(root: object) -> bool:
    return isinstance(root, etree._Element) and root.getroottree().docinfo.internalDTD is not None


def _unreadable(name: str, error: etree.XMLSyntaxError) -> str:
    line, column = error.position
    reason = (error.msg or "no XML").rsplit(", line ", 1)[0].strip()
    place = f"line {line}, column {column}: {reason}" if line else "it uses an entity that it does not declare"
    return f"{name} is not readable XML ({place}). Save it again from the modeller."
