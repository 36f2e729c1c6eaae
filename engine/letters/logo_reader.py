"""A council's logo comes from anybody's folder, so it is refused unless it is plainly a picture and nothing else.

An SVG is a document that can hold scripts, fetch from elsewhere and grow without bounds. Only shapes and their looks
are let in, by name; a PNG is unpacked as far as its size says, and no further. Whether letters can be set with it, a
trial says.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from engine.errors import BadInputError, XmlRefusedError
from engine.letters.logo import Logo
from engine.letters.logo_trial import why_not_set
from engine.xml import read_xml

#: Largest file taken, in bytes; most shapes of an SVG; most pixels of a side of a PNG.
MAX_BYTES = 150_000
MAX_SHAPES = 2_000
MAX_PIXELS = 2_000

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset({
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "linearGradient", "radialGradient", "stop", "clipPath",
})  # fmt: skip
_LOOKS = frozenset({
    "id", "version", "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx",
    "fy", "d", "points", "transform", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "opacity",
    "color", "clip-path", "clip-rule", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits", "preserveAspectRatio", "role", "aria-label", "aria-labelledby",
})  # fmt: skip
#: What a look may refer to is in the picture itself.
_INSIDE = re.compile(r"url\(#[A-Za-z][\w.-]*\)")
_FORBIDDEN = re.compile(r"url|:|\\|//|@|<", re.IGNORECASE)
_BOX = re.compile(r"\s*-?[0-9.]+[\s,]+-?[0-9.]+[\s,]+([0-9.]{1,9})[\s,]+([0-9.]{1,9})\s*")
#: How a file may begin. Whoever reads it under another encoding than we do may read something else.
_DECLARATION = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?<\?xml\s+version=["']1\.0["'](?:\s+encoding=["'](?:UTF-8|US-ASCII)["'])?"""
    rb"""(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>""",
    re.IGNORECASE,
)
_PNG = b"\x89PNG\r\n\x1a\n"
#: Bits of a pixel's channels, by its colour type.
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def read_logo(data: bytes, *, name: str) -> Logo:
    """The logo in `data`, by the ending of its name. Raises BadInputError with what is wrong with it."""
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{name} has {len(data):,} bytes; at most {MAX_BYTES:,} are taken. Make it smaller.")
    if name.endswith(".svg"):
        _look_through_svg(data, name)
        logo = Logo(data=data, media_type="image/svg+xml")
    else:
        _look_through_png(data, name)
        logo = Logo(data=data, media_type="image/png")
    reason = why_not_set(logo)
    if reason:
        raise BadInputError(
            f"{name} cannot be printed on letters: {reason}. Save it as a plain SVG with simple shapes, or as PNG."
        )
    return logo


def _look_through_svg(data: bytes, name: str) -> None:
    try:
        data.decode()  # letters hand it on as text
        root: Any = read_xml(data, name=name)
    except UnicodeDecodeError:
        raise BadInputError(f"{name} is no text in UTF-8. Save it as a plain SVG.") from None
    except XmlRefusedError as error:
        raise BadInputError(f"{name} cannot be taken: {_plainly(str(error))} Save it as a plain SVG.") from None
    if b"<?" in _DECLARATION.sub(b"", data, count=1):
        raise BadInputError(
            f"{name} holds an instruction for other programs (<?…?>), or names another encoding than UTF-8. Save it as "
            "a plain SVG."
        )
    if root.tag != f"{_SVG}svg":
        raise BadInputError(f"{name} is no SVG. Save the logo as a plain SVG or as PNG.")
    if sum(1 for _ in root.iter()) > MAX_SHAPES:
        raise BadInputError(f"{name} has more than {MAX_SHAPES:,} shapes. Save a simpler one, or a PNG.")
    box = _BOX.fullmatch(root.get("viewBox", ""))
    if box is None or not all(_is_a_size(side) for side in box.groups()):
        raise BadInputError(f'{name} does not say how large it is. Save it with a viewBox, such as "0 0 300 100".')
    for what in _refused(root):
        raise BadInputError(
            f"{name} holds {what}, which a logo is not served with. Save it as a plain SVG with shapes alone (texts as "
            "paths, no scripts, styles, links or embedded pictures), or as PNG."
        )


def _refused(root: Any) -> Iterator[str]:
    for element in root.iter():
        tag = str(element.tag)
        if not tag.startswith(_SVG) or tag.removeprefix(_SVG) not in _SHAPES:
            yield f"<{tag.rpartition('}')[2][:40]}>"
        for key, value in element.attrib.items():
            if key not in _LOOKS:
                yield f"the attribute “{str(key).rpartition('}')[2][:40]}”"
            elif _FORBIDDEN.search(_INSIDE.sub("", str(value))):
                yield f"“{str(value)[:40]}” as its {key}"


def _is_a_size(side: str) -> bool:
    try:
        return 0 < float(side) <= 100_000
    except ValueError:
        return False


def _plainly(sentence: str) -> str:
    """Without the advice for diagrams."""
    return sentence.replace(" Save it again from the modeller.", "")


def _look_through_png(data: bytes, name: str) -> None:
    try:
        width, height, depth, colour, packed = _read_png(data)
    except (struct.error, ValueError, IndexError, zlib.error):
        raise BadInputError(f"{name} is no PNG, or is damaged. Save it again as PNG.") from None
    if not (0 < width <= MAX_PIXELS and 0 < height <= MAX_PIXELS):
        raise BadInputError(f"{name} is {width} by {height} pixels; at most {MAX_PIXELS} a side are taken.")
    most = height * (1 + (width * depth * _CHANNELS.get(colour, 4) + 7) // 8) + 8 * height + 64
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(packed, most)
    except zlib.error:
        unpacked = b""
    if not unpacked or unpacker.unconsumed_tail:
        raise BadInputError(f"{name} is no PNG of the size that it says, or is damaged. Save it again as PNG.")


def _read_png(data: bytes) -> tuple[int, int, int, int, bytes]:
    """Width, height, bits of a channel, colour type, and what is packed. Raises ValueError, struct.error."""
    if not data.startswith(_PNG):
        raise ValueError("no signature")
    place, packed, head = len(_PNG), b"", None
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        (checked,) = struct.unpack_from(">I", data, place + 8 + length)
        if checked != zlib.crc32(kind + body):
            raise ValueError("damaged")
        if kind == b"IHDR":
            head = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        elif kind == b"IEND" and head is not None and place + 12 + length == len(data):
            return (*head, packed)
        place += 12 + length
    raise ValueError("no end")
