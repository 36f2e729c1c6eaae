"""A logo is a picture: whatever else comes as one is refused, and letters print it with the council's name."""

from __future__ import annotations

import struct
import zlib
from datetime import date

import pytest

from engine.errors import BadInputError
from engine.letters import letterhead, read_letter, read_logo, render_pdf

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10H0z" fill="#1d70b8"/>%s</svg>'


def png(width: int, height: int, pixels: bytes, *, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


GOOD_PNG = png(4, 2, (b"\0" + b"\x1d\x70\xb8" * 4) * 2)


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<rect width="1" height="1" onload="alert(1)"/>',
        b'<image href="https://elsewhere.example/pixel.png" width="1" height="1"/>',
        b'<use href="#a"/>',
        b'<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
        b"<style>@import url(https://elsewhere.example/a.css);</style>",
        b'<rect width="1" height="1" style="fill:url(https://elsewhere.example)"/>',
        b'<rect width="1" height="1" fill="url(https://elsewhere.example/#a)"/>',
        b'<foreignObject width="1" height="1"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        b'<animate attributeName="x" to="1"/>',
        b"<?xml-stylesheet href='https://elsewhere.example/a.css'?>",
        b"<text>Council</text>",
        b"<g>" * 200 + b"</g>" * 200,
        b'<rect width="1" height="1"/>' * 2_001,
    ],
)
def test_an_svg_that_is_more_than_shapes_is_refused_with_a_sentence(inside: bytes) -> None:
    with pytest.raises(BadInputError, match=r"logo\.svg"):
        read_logo(SVG % inside, name="logo.svg")


@pytest.mark.parametrize(
    "before",
    [
        b"<?xml-stylesheet href='https://elsewhere.example/a.css'?>",
        b"<?xml version='1.0'?><?xml-stylesheet href='https://elsewhere.example/a.css'?>",
        b"<?xml version='1.0'?>\n<?php echo 1?>",
        b"<?xml version='1.0' encoding='HZ-GB-2312'?>",
        b"<?xml version='1.0' encoding='UTF-7'?>",
    ],
)
def test_an_svg_that_begins_with_more_than_what_it_is_is_refused(before: bytes) -> None:
    with pytest.raises(BadInputError, match=r"logo\.svg"):
        read_logo(before + SVG % b"", name="logo.svg")


@pytest.mark.parametrize(
    "before",
    [
        b"<?xml version='1.0'?>", b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8" standalone="no"?>\n',
        b"<!-- drawn by hand -->",
    ],
)  # fmt: skip
def test_an_svg_that_says_what_it_is_is_taken(before: bytes) -> None:
    assert read_logo(before + SVG % b"", name="logo.svg").data == before + SVG % b""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        b"<html/>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 1"/>',
        (SVG % b"").decode().encode("utf-16"),
        b" " * 150_001,
    ],
)
def test_what_is_no_svg_that_can_be_shown_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError):
        read_logo(data, name="logo.svg")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        GOOD_PNG[:-4],
        GOOD_PNG + b"<script>",
        GOOD_PNG.replace(b"IDAT", b"IDAX"),
        png(50_000, 50_000, b"\0"),
        png(4, 2, b"\0" * 10_000_000),
    ],
)
def test_a_png_that_is_damaged_or_holds_more_than_it_says_is_refused(data: bytes) -> None:
    with pytest.raises(BadInputError):
        read_logo(data, name="logo.png")


ROW = b"\0" + b"\x1d\x70\xb8" * 4


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(4, 2, ROW), "does not have enough data"),
        (png(4, 2, b"\x09" + ROW[1:] + ROW), "filter"),
        (png(4, 2, ROW * 2, colour=5), "color type 5"),
        (png(4, 2, ROW * 2, colour=3), "palette"),
        (png(4, 2, ROW * 2, depth=3), "bit depth 3"),
        (png(4, 2, ROW * 2, interlace=5), "interlace method 5"),
    ],
)
def test_a_png_with_which_no_letter_can_be_set_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadInputError, match=f"cannot be printed on letters: .*{reason}"):
        read_logo(data, name="logo.png")


def deep(levels: int) -> bytes:
    """Shapes that are cut out with twice as many shapes on each level."""
    shape = '<path d="M0 0h9v9z" clip-path="url(#c{1})"/>'
    cut = f'<clipPath id="c{{0}}">{shape * 2}</clipPath>'
    last = f'<clipPath id="c{levels}"><path d="M0 0h9v9z"/></clipPath><path d="M0 0h9v9z" clip-path="url(#c0)"/>'
    return ("".join(cut.format(level, level + 1) for level in range(levels)) + last).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ((SVG % b"").replace(b"<svg", b'<svg width="0" height="10"', 1), "width, height"),
        ((SVG % b"").replace(b"<svg", b'<svg width="-5"', 1), "width, height"),
        (SVG % b'<path d="M0 0L1e38 1e38z"/>', "breaks what sets them"),  # Typst would end with its whole process
        (SVG % deep(40), "too much to set"),
    ],
)
def test_an_svg_with_which_no_letter_can_be_set_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadInputError, match=f"cannot be printed on letters: .*{reason}"):
        read_logo(data, name="logo.svg")


@pytest.mark.parametrize(("data", "name"), [(SVG % b"<g id='a'/>", "logo.svg"), (GOOD_PNG, "logo.png")])
def test_a_letter_prints_the_logo_and_says_whose_it_is(data: bytes, name: str) -> None:
    letter = read_letter(b'+++\nid = "CT1"\ntitle = "Rydym wedi cael eich cais"\n+++\nAnnwyl ((to)).', file="ct1.md")
    council = {"name": "Cyngor Glanrhyd"}
    told = {"reference": "GLR-1", "on": date(2026, 5, 5), "recipient": "A. Lee", "address": "", "language": "cy"}
    plain = render_pdf(letter, {"to": "A. Lee"}, letterhead(council, **told))
    with_logo = render_pdf(letter, {"to": "A. Lee"}, letterhead(council, logo=read_logo(data, name=name), **told))
    assert b"/Alt" in with_logo
    assert b"/Alt" not in plain
    assert b"/Lang (cy-GB)" in plain or b"/Lang(cy-GB)" in plain
