"""Letters on paper: tagged, declared as PDF/UA-1, and the same bytes each time."""

from __future__ import annotations

import re
import zlib
from datetime import date
from time import perf_counter
from typing import Any

import pytest

from engine.letters import letterhead, read_letter, render_pdf, render_text
from engine.letters.pdf import content_of
from engine.letters.substitution import fill

HEAD = letterhead(
    {
        "name": "Hertsmere Borough Council",
        "phone": "020 8207 7801",
        "address": "Civic Offices\nElstree Way",
        "team": "x",
    },
    reference="HBC-2026-0001",
    on=date(2026, 5, 5),
    recipient="A. Lee",
    address="14 Aberford Road\nBorehamwood",
)
BODY = """Dear ((to)),

### What we decided

((reasons))

- one
- two

> a quote

| Report | Day |
|---|---|
| Noise | ((to)) |

# Next

See [our procedure](https://www.example.org/asb).
"""


def pdf_of(body: str = BODY, **values: Any) -> bytes:
    letter = read_letter(f'+++\nid = "CT3"\ntitle = "Not met"\n+++\n{body}'.encode(), file="ct3.md")
    return render_pdf(letter, {"to": "A. Lee", "reasons": "Two reports.", **values}, HEAD)


def insides(pdf: bytes) -> bytes:
    """The PDF with its compressed streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return pdf + b"\n".join(unpacked)


def test_a_letter_is_tagged_and_declares_pdf_ua_1_with_title_and_language() -> None:
    inside = insides(pdf_of())
    assert b"<pdfuaid:part>1</pdfuaid:part>" in inside
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", inside)
    assert b"/StructTreeRoot" in inside
    assert re.search(rb"/Lang\s*\(en-GB\)", inside)
    assert re.search(rb"/DisplayDocTitle true", inside)
    assert b"Not met" in inside
    for tag in (b"/H1", b"/H2", b"/P", b"/L", b"/LI", b"/Link", b"/Table", b"/TH", b"/BlockQuote"):
        assert re.search(rb"/S\s*" + tag + rb"\b", inside), tag


def test_the_same_letter_gives_the_same_bytes_and_another_day_others() -> None:
    assert pdf_of() == pdf_of()
    assert b"20260505" in insides(pdf_of())


def test_headings_start_below_the_title_and_leave_out_no_level() -> None:
    letter = read_letter(b'+++\nid = "X"\ntitle = "T"\n+++\n### a\n\n# b\n\n#### c\n\n## d', file="x.md")
    blocks = content_of(fill(letter, {}), HEAD, title="T")["blocks"]
    assert [block["level"] for block in blocks] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    "value",
    [
        '#panic("x")',
        "*bold* _it_ $x$ `c` = h",
        "#(",
        "\\",
        '"',
        "]",
        "<label> @ref",
        "{{",
        "// not a comment",
        "\u0000",
    ],
)
def test_no_value_is_read_as_typst(value: str) -> None:
    letter = read_letter(b'+++\nid = "X"\ntitle = "T"\n+++\n((reasons)) ((reasons))', file="x.md")
    [paragraph] = content_of(fill(letter, {"reasons": f"a{value}"}), HEAD, title="T")["blocks"]
    words = f"a{value}".rstrip("\u0000")
    assert paragraph["inner"] == [{"kind": "words", "text": f"{words} {words}"}]
    assert pdf_of(reasons=f"a{value}").startswith(b"%PDF-1.")


def test_a_character_that_no_font_has_does_not_stop_the_letter() -> None:
    assert pdf_of(reasons="Thank you 😀 日本").startswith(b"%PDF-1.")


@pytest.mark.parametrize("first", [0x300, 0x590, 0x900, 0x1100, 0x2000, 0x4E00, 0xFB00, 0x10000, 0x1F600, 0xE0000])
def test_whatever_script_a_value_is_written_in_the_letter_leaves_soon(first: int) -> None:
    value = "a" + "".join(chr(code) for code in range(first, first + 600))
    began = perf_counter()
    assert pdf_of(reasons=value).startswith(b"%PDF-1.")
    assert perf_counter() - began < 5


def test_a_long_letter_and_a_long_address_are_set() -> None:
    head = letterhead(
        {"name": "H", "address": "\n".join("line" for _ in range(12))},
        reference="R", on=date(2026, 5, 5), recipient="A", address="\n".join("line" for _ in range(12)),
    )  # fmt: skip
    letter = read_letter(b'+++\nid = "X"\ntitle = "T"\n+++\n((reasons))', file="x.md")
    pdf = render_pdf(letter, {"reasons": "\n\n".join(["A paragraph of some length. " * 12] * 40)}, head)
    assert len(re.findall(rb"/Type\s*/Page\b", insides(pdf))) >= 3


def test_the_email_bears_reference_date_and_contact() -> None:
    letter = read_letter(b'+++\nid = "X"\ntitle = "Not met"\n+++\nSee [us](mailto:a@b.example).', file="x.md")
    assert render_text(letter, {}, HEAD) == (
        "Not met\n\nOur reference: HBC-2026-0001\nDate: 5 May 2026\n\nSee us (a@b.example).\n\n"
        "Hertsmere Borough Council\nCivic Offices\nElstree Way\nTelephone: 020 8207 7801\n"
    )


def test_an_address_on_one_line_is_divided_and_says_nothing_twice() -> None:
    head = letterhead(
        {"name": "Council", "service": "Safety", "address": "Safety, Council, 1 High Street, Town"},
        reference="R", on=date(2026, 5, 5), recipient="A", address="",
    )  # fmt: skip
    assert head.contact == ("Safety", "1 High Street", "Town")


def test_a_new_line_in_a_letter_is_a_new_line() -> None:
    letter = read_letter(b'+++\nid = "X"\ntitle = "T"\n+++\nYours\nOfficer 1', file="x.md")
    assert "Yours\nOfficer 1" in render_text(letter, {}, HEAD)
