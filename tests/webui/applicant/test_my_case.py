"""With reference and code an applicant sees the case, and nobody learns from the pages whether there is one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import feel
from engine.casework.applications.bounds import CASE_CODES_PER_ADDRESS, CASE_CODES_PER_CASE, CASE_PAGE_RESTS
from engine.model import ACCESS_CODE
from engine.store import cases, facts
from engine.store.letters import listed_letters
from tests.webui.case.cases import entries, letter_to, new_case, rich_case
from tests.webui.office import Web

MINE = "/my-case/hertsmere"


def code_of(web: Web, reference: str) -> str:
    with web.office.database.read() as connection:
        case_id = cases.find_case(connection, reference).case_id
        code: str = feel.load(facts.current_named(connection, case_id, [ACCESS_CODE])[0].value)
    return code


def enter(client: FlaskClient, reference: str, code: str) -> TestResponse:
    return client.post(MINE, data={"reference": reference, "code": code})


def inside(web: Web, reference: str) -> FlaskClient:
    client = web.client_of()
    assert enter(client, reference, code_of(web, reference)).headers["Location"].endswith(f"{MINE}/case")
    return client


def test_the_case_is_shown_with_what_comes_next_and_by_when(web: Web) -> None:
    client = inside(web, reference := new_case(web))
    page = client.get(f"{MINE}/case").text
    assert reference in page
    assert "We received your application" in page
    assert "We acknowledge your application: by <strong>Wednesday 4 March 2026</strong>" in page
    assert "020 8207 7801" in page
    assert "We have not written to you yet" in page


def test_a_day_that_has_passed_is_not_promised_any_more(web: Web) -> None:
    reference = new_case(web)
    web.clock.advance(timedelta(days=5))
    page = inside(web, reference).get(f"{MINE}/case").text
    assert "this was to be done by <strong>Wednesday 4 March 2026</strong>, and is late" in page


def test_reference_and_code_may_be_typed_in_small_letters_and_with_blanks(web: Web) -> None:
    reference = new_case(web)
    typed = code_of(web, reference).lower().replace("-", " ")
    assert enter(web.client_of(), f" {reference.lower()} ", typed).status_code == 302


def test_letters_to_the_applicant_are_read_and_downloaded_and_those_to_others_are_not(web: Web) -> None:
    client = inside(web, reference := rich_case(web))
    page = client.get(f"{MINE}/case").text
    assert "The victim rang" not in page  # notes are the officers'
    with web.office.database.read() as connection:
        case = cases.find_case(connection, reference)
        name = feel.load(facts.current_named(connection, case.case_id, ["applicant_name"])[0].value)
        numbers = {row.number: row.recipient for row in listed_letters(connection, case.case_id)}
    assert len(set(numbers.values())) > 1
    own = letter_to(web, reference, name)
    for number, recipient in numbers.items():
        allowed = recipient == name
        assert (f"{MINE}/letters/{number}" in page) is allowed
        for path in (f"/letters/{number}", f"/letters/{number}.pdf"):
            assert client.get(MINE + path).status_code == (200 if allowed else 404), (path, recipient)
    pdf = client.get(f"{MINE}/letters/{own}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"


def test_a_wrong_reference_and_a_wrong_code_are_answered_alike(web: Web) -> None:
    reference = new_case(web)
    tries = [(reference, "AAAA-AAAA-AAAA"), ("HBC-2026-9999", code_of(web, reference)), ("' OR 1=1 --", "x"),
             ("\ufffd", "\ud7ff"), ("A" * 150, "B" * 150)]  # fmt: skip
    answers = [enter(web.client_of(), *each) for each in tries]
    assert {answer.status_code for answer in answers} == {422}
    # the same but for what was typed, and the token of the form
    assert len({re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}) == 1
    assert all("do not belong together" in answer.text for answer in answers)
    assert len({len(answer.headers) for answer in answers}) == 1


def test_another_councils_page_does_not_open_the_case(web: Web) -> None:
    reference = new_case(web)
    answer = web.client_of().post("/my-case/statutory", data={"reference": reference, "code": code_of(web, reference)})
    assert answer.status_code == 404


def test_tries_are_limited_alike_whether_there_is_such_a_case_or_not(web: Web) -> None:
    for reference in (real := new_case(web), "HBC-2026-9999"):
        statuses = []
        for number in range(CASE_CODES_PER_CASE + 1):
            # from a new address each time
            answer = web.client_of().post(
                MINE, data={"reference": reference, "code": "wrong"}, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"}
            )
            statuses.append(answer.status_code)
        assert statuses == [422] * CASE_CODES_PER_CASE + [429]
    assert enter(web.client_of(), real, code_of(web, real)).status_code == 429
    web.clock.advance(timedelta(minutes=16))
    assert enter(web.client_of(), real, code_of(web, real)).status_code == 302


def test_tries_from_one_address_are_limited_whatever_is_tried(web: Web) -> None:
    client = web.client_of()
    statuses = [enter(client, f"HBC-2026-{number:04}", "wrong").status_code for number in range(CASE_CODES_PER_ADDRESS)]
    assert set(statuses) == {422}
    assert enter(client, "HBC-2026-5000", "wrong").status_code == 429


def test_what_is_left_empty_is_asked_for(web: Web) -> None:
    page = enter(web.client_of(), "", "")
    assert page.status_code == 422
    assert "Enter your reference" in page.text
    assert "Enter your code" in page.text


def test_the_code_is_in_no_page_no_address_and_no_readable_cookie(web: Web) -> None:
    client = inside(web, reference := new_case(web))
    code = code_of(web, reference)
    cookie = client.get_cookie("asb_case", path=MINE)
    assert cookie is not None
    assert cookie.http_only
    assert code not in cookie.decoded_value
    assert code not in client.get(f"{MINE}/case").text
    refused = enter(web.client_of(), reference, "AAAA-BBBB-CCCC")
    assert "AAAA-BBBB-CCCC" not in refused.text  # what was typed as a code is not shown again


def test_the_case_closes_after_a_rest_and_when_it_is_closed(web: Web) -> None:
    reference = new_case(web)
    client = inside(web, reference)
    web.clock.advance(CASE_PAGE_RESTS - timedelta(minutes=1))
    assert client.get(f"{MINE}/case").status_code == 200
    web.clock.advance(CASE_PAGE_RESTS - timedelta(minutes=1))
    assert client.get(f"{MINE}/case").status_code == 200  # the rest began anew
    web.clock.advance(CASE_PAGE_RESTS)
    assert client.get(f"{MINE}/case").headers["Location"].endswith(MINE)
    assert "Enter your reference and code again" in client.get(MINE).text
    client = inside(web, reference)
    client.post(f"{MINE}/sign-out")
    assert client.get(f"{MINE}/case").status_code == 302
    assert client.get(f"{MINE}/letters/1").status_code == 302


def test_exit_this_page_closes_the_case(web: Web) -> None:
    client = inside(web, new_case(web))
    client.get("/apply/hertsmere/exit")
    assert client.get(f"{MINE}/case").status_code == 302


def test_it_is_no_sign_in_of_staff_and_theirs_opens_no_case(web: Web) -> None:
    client = inside(web, reference := new_case(web))
    assert client.get(f"/cases/{reference}").headers["Location"].startswith("/sign-in")
    assert web.client_of("Officer 1").get(f"{MINE}/case").status_code == 302


def test_the_record_says_that_the_applicant_looked(web: Web) -> None:
    inside(web, reference := new_case(web))
    kind, content = entries(web, reference)[-1]
    assert (kind, content["by"]) == ("case viewed", "the applicant")


@pytest.mark.parametrize("path", ["/case", "/letters/1", "/letters/1.pdf"])
def test_without_the_code_no_page_says_anything(web: Web, path: str) -> None:
    new_case(web)
    assert web.client_of().get(MINE + path).headers["Location"].endswith(MINE)
