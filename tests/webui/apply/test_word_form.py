"""The application form as a Word document: the same questions, which can be read, heard and filled in (H10b)."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from engine.casework.applications.form import application_form
from engine.forms import Field, FieldKind
from tests.webui.apply.person import APPLY, Person
from tests.webui.office import Web


@pytest.fixture
def person(web: Web) -> Person:
    return Person(web.client_of())


@pytest.fixture
def document(person: Person) -> WordDocument:
    answer = person.get("/word-form")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=hertsmere-application-form.docx"
    return Document(io.BytesIO(answer.data))


def asked_of_the_public(web: Web) -> tuple[Field, ...]:
    return application_form(web.office, web.variant, for_public=True).fields


def words(document: WordDocument) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def headings(document: WordDocument) -> list[str]:
    return [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 2"]


def test_every_question_of_the_form_is_in_it_in_order_with_its_hint_and_its_choices(
    web: Web, document: WordDocument
) -> None:
    text, asked = words(document), asked_of_the_public(web)
    for number, (heading, field) in enumerate(zip(headings(document)[1:], asked, strict=True), 1):
        assert heading.removesuffix(" (optional)") == f"{number}. {field.name}"
        assert field.hint in text
        assert all(f" {option.label}" in text for option in field.options)


def test_what_is_said_several_times_is_asked_three_times_in_a_table_with_a_head(
    web: Web, document: WordDocument
) -> None:
    lists = [field for field in asked_of_the_public(web) if field.kind is FieldKind.LIST]
    assert [field.key for field in lists] == ["reports", "people"]
    assert len(document.tables) == 3 * len(lists)
    for place, table in enumerate(document.tables):
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        questions = [row.cells[0].paragraphs[0].text.removesuffix(" (optional)") for row in table.rows[1:]]
        assert questions == [inner.name for inner in lists[place // 3].fields]


def test_what_only_staff_are_asked_is_not_in_it(document: WordDocument) -> None:
    text = words(document)
    assert "How was it made?" not in text
    assert "senior manager" not in text


def test_it_says_where_to_send_it_and_of_whom_something_is_asked(document: WordDocument) -> None:
    text = words(document)
    assert "community.trigger@hertsmere.gov.uk" in text
    assert "Only if your answer to question 1 is “Somebody on behalf of the victim”." in text
    assert "Leave this out if you ticked the box of question 2." in text


def test_a_screen_reader_is_told_the_language_the_title_and_what_each_place_is_for(
    web: Web, document: WordDocument
) -> None:
    known = document.core_properties
    assert (known.title, known.language) == ("Apply for an ASB case review", "en-GB")
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    called = [each.get(qn("w:val")) for each in document.element.iter(qn("w:alias"))]
    assert "What has been happening?" in called


def test_the_start_page_and_its_list_of_ways_lead_to_it(person: Person) -> None:
    page = person.get("").text
    assert f'id="word-form"><a class="govuk-link" href="{APPLY}/word-form"' in page
    assert 'href="#word-form"' in page


def test_a_council_that_is_not_there_has_none(web: Web) -> None:
    assert web.client_of().get("/apply/nowhere/word-form").status_code == 404
