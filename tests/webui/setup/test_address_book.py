"""The council's address book over HTTP: looked at, corrected, erased; what cases hold stays as it was recorded."""

from __future__ import annotations

import logging

import pytest

from engine.store import address_book
from engine.store.address_book import EntryDetails
from tests.webui.office import HERTSMERE, Web

OFFICER = "Officer 1"
DETAILS: EntryDetails = {
    "name": "Superintendent C", "role": "Superintendent", "email": "c@example.org", "phone": None,
    "agency": "Hertfordshire Constabulary",
}  # fmt: skip
SAID = {**DETAILS, "phone": ""}


def add(web: Web, entry_id: str = "person-c", council_id: str = HERTSMERE, **other: str) -> None:
    details: EntryDetails = {**DETAILS, **other}  # type: ignore[typeddict-item]
    with web.office.database.begin() as connection:
        address_book.add_entry(connection, council_id, entry_id, by=OFFICER, now=web.clock.now(), **details)


def names(web: Web) -> list[str]:
    with web.office.database.read() as connection:
        return [entry.name for entry in address_book.entries_of(connection, HERTSMERE)]


def test_an_officer_sees_who_is_in_it_and_corrects_what_is_wrong(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    add(web)
    client = web.client_of(OFFICER)
    assert "Superintendent, Hertfordshire Constabulary" in client.get("/address-book").get_data(as_text=True)
    assert "c@example.org" in client.get("/address-book/person-c").get_data(as_text=True)
    with caplog.at_level(logging.INFO, "asb.staff"):
        answer = client.post("/address-book/person-c", data={**SAID, "phone": "01992 000111", "agency": ""})
    assert answer.headers["Location"] == "/address-book"
    with web.office.database.read() as connection:
        entry = address_book.entry_of(connection, HERTSMERE, "person-c")
    assert entry is not None
    assert (entry.phone, entry.agency, entry.email) == ("01992 000111", None, "c@example.org")
    assert caplog.messages == ["Officer 1 corrected person-c in the address book of hertsmere."]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Enter the person’s name"),
        ({"name": "chief superintendent d"}, "already. Add what tells them apart"),
        ({"name": "Officer 2"}, "already. Add what tells them apart"),
        ({"email": "nobody"}, "Enter an e-mail address in the right form"),
        ({"role": "x" * 201}, "at most 200 characters"),
        ({"phone": "01992\x07"}, "no control characters"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(web: Web, wrong: dict[str, str], said: str) -> None:
    add(web)
    add(web, "person-d", name="Chief Superintendent D")
    page = web.client_of(OFFICER).post("/address-book/person-c", data={**SAID, **wrong})
    assert said in page.get_data(as_text=True)
    assert names(web) == ["Chief Superintendent D", "Superintendent C"]


def test_erasing_asks_first_and_then_nobody_can_pick_them(web: Web) -> None:
    add(web)
    client = web.client_of("Community Safety Manager")
    assert "stays as it was recorded" in client.get("/address-book/person-c/erase").get_data(as_text=True)
    assert names(web) == ["Superintendent C"]
    assert client.post("/address-book/person-c/erase").headers["Location"] == "/address-book"
    assert names(web) == []
    assert "Nobody is in it yet" in client.get("/address-book").get_data(as_text=True)
    assert client.post("/address-book/person-c/erase").status_code == 404


def test_the_address_book_of_another_council_is_not_there(web: Web) -> None:
    add(web, council_id="otherton")
    client = web.client_of(OFFICER)
    assert "Superintendent C" not in client.get("/address-book").get_data(as_text=True)
    assert client.get("/address-book/person-c").status_code == 404
    assert client.post("/address-book/person-c", data=SAID).status_code == 404
    assert client.post("/address-book/person-c/erase").status_code == 404
