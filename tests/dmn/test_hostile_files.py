"""Files that are broken, hostile or of another kind: a sentence, never a traceback, and soon."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import xml
from engine.dmn import load
from engine.errors import DmnError, XmlRefusedError
from engine.xml import read_xml
from tests.dmn.builders import column, decision, file, literal, output, rule, table

_LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))
    + b"]><lolz>&a9;</lolz>"
)
_DEEP = b"<a>" * 120 + b"</a>" * 120

_REFUSED = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n\t", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is not readable XML"),
    "JSON": (b'{"a": 1}', "is not readable XML"),
    "a broken tag": (b"<a><b></a>", "is not readable XML"),
    "two roots": (b"<a/><b/>", "is not readable XML"),
    "a file cut off": (b"<a><b", "is not readable XML"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="nope"?><a/>', "is not readable XML"),
    "a zero byte": (b"<a>\x00</a>", "is not readable XML"),
    "an undeclared entity": (b"<a>&secret;</a>", "is not readable XML"),
    "a billion laughs": (_LAUGHS, "has a DOCTYPE"),
    "an external entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "has a DOCTYPE"),
    "an external DTD": (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>', "has a DOCTYPE"),
    "a parameter entity": (b"<!DOCTYPE a [<!ENTITY % x \"<!ENTITY y 'z'>\"> %x;]><a>&y;</a>", "has a DOCTYPE"),
    "a bare DOCTYPE": (b"<!DOCTYPE a><a/>", "has a DOCTYPE"),
    "a DOCTYPE in UTF-16": ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "DOCTYPE"),
    "120 levels": (_DEEP, "nests elements deeper than 100"),
    "100,000 levels": (b"<a>" * 100_000, "nests elements deeper than 100"),
    "30,000 elements": (b"<a>" + b"<b/>" * 30_000 + b"</a>", "more than 20,000 elements"),
    "6 MB": (b'<a b="' + b"x" * 6_000_000 + b'"/>', "at most 5,000,000 are read"),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence_and_soon(case: str) -> None:
    data, words = _REFUSED[case]
    started = time.process_time()
    with pytest.raises(XmlRefusedError, match=words) as caught:
        read_xml(data, name="threshold.dmn")
    assert time.process_time() - started < 1
    assert str(caught.value).startswith("threshold.dmn ")
    assert "\n" not in str(caught.value)
    with pytest.raises(DmnError, match=words):
        load(data, name="threshold.dmn")


def test_files_just_within_the_caps_are_read() -> None:
    assert len(read_xml(b"<a>" + b"<b/>" * (xml.MAX_ELEMENTS - 1) + b"</a>", name="a")) == xml.MAX_ELEMENTS - 1
    read_xml(b"<a>" * xml.MAX_DEPTH + b"</a>" * xml.MAX_DEPTH, name="a")


def test_comments_instructions_and_cdata_inside_a_text_leave_one_text() -> None:
    root = read_xml(b"<a>x<!-- - -->y<?pi z?>w<![CDATA[ < v]]></a>", name="a")
    assert root.text == "xyw < v"
    logic = "<literalExpression><text>1 +<!-- two --> 2<?x y?> * <![CDATA[3]]></text></literalExpression>"
    assert load(file(decision(logic))).decide("Decide", {}) == 7


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    declared = {"utf-16-le": "utf-16", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = file(decision(literal('"é"'))).decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
    data = text.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert load(data).decide("Decide", {}) == "é"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "holds no DMN decisions"),
        (b"<html/>", "outermost element is “html”"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20990101/MODEL/"/>', "version of DMN that is not read"),
    ],
)
def test_xml_that_is_no_dmn_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(DmnError, match=words):
        load(data, name="x.dmn")


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_from_1_1_to_1_5_is_read(namespace: str) -> None:
    logic = table(column("n", type="feel:number"), output(), rule(["> 1"], ['"yes"']))
    assert load(file(decision(logic), namespace=namespace)).decide("Decide", {"n": 2}) == "yes"


_WHOLE = file(decision(table(column("n", type="number"), output(), rule(["> 1"], ['"yes"'], id="r", said="because"))))


@given(st.integers(0, len(_WHOLE) - 1), st.integers(0, 40), st.binary(max_size=8))
def test_a_damaged_file_gives_findings_or_a_sentence(start: int, length: int, other: bytes) -> None:
    data = _WHOLE[:start] + other + _WHOLE[start + length :]
    with suppress(DmnError):
        load(data, name="damaged.dmn").decide("Decide", {"n": 2})


def test_a_file_full_to_the_caps_is_read_and_decided_soon() -> None:
    decisions = [
        decision(
            literal(f"d{i - 1} + 1" if i else "1"), id=f"d{i}", name=f"name {i}", decisions=[f"d{i - 1}"] if i else []
        )
        for i in range(3_000)
    ]
    data = file(*decisions)
    started = time.process_time()
    assert load(data).decide("d2999", {}) == 3_000
    assert time.process_time() - started < 5
