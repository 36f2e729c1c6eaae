"""The public applies: told first what a review is, asked one question after the other, and given a receipt."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from engine.casework.applications.application import forget_ended_applications
from engine.casework.applications.bounds import APPLYING_RESTS, RETURNS_PER_ADDRESS
from engine.casework.cases.attachments import read_attachment
from engine.store import cases
from engine.store import record as chain
from engine.store.attachments import attachments_of
from tests.webui.apply.person import APPLY, PDF, REPORTS, THIRD_PARTY, VICTIM, Person
from tests.webui.office import HERTSMERE, Web


@pytest.fixture
def person(web: Web) -> Person:
    return Person(web.client_of())


def received(web: Web, reference: str) -> dict[str, object]:
    with web.office.database.read() as connection:
        case = cases.find_case(connection, reference, HERTSMERE)
        content: dict[str, object] = dict(next(iter(chain.entries_of(connection, case.case_id))).content)
    return content


def rows_of_applications(web: Web) -> int:
    with web.office.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM applications").scalar_one())


def number_of_cases(web: Web) -> int:
    with web.office.database.read() as connection:
        return len(cases.all_cases(connection))


def test_who_can_apply_is_told_before_any_question_and_the_other_ways_are_there(web: Web, person: Person) -> None:
    text = person.get("").text
    told = text.index("Who can apply")
    assert told < text.index("When a case is reviewed") < text.index("Start now")
    assert "020 8207 7801" in text
    assert "on paper too" in text
    assert "Return to a saved application" in text
    assert "((" not in text
    assert rows_of_applications(web) == 0  # looking begins nothing


def test_a_victim_applies_from_start_to_receipt(web: Web, person: Person) -> None:
    code = person.begin()
    person.fill_in(VICTIM)
    assert "reports" in person.seen
    assert not {"victim_consent", "consent_document", "application_date", "who_is_told"} & set(person.seen)
    checked = person.get("/check").text
    assert "Accept and send" in checked
    assert "What is still missing" not in checked
    assert person.go(person.send()) == f"{APPLY}/received"
    receipt = person.get("/received").text
    assert "2 March 2026 at 10:15" in receipt
    assert "We acknowledge your application: by <strong>Wednesday 4 March 2026</strong>" in receipt
    assert code not in receipt
    answers = received(web, person.reference())["answers"]
    assert isinstance(answers, dict)
    assert answers["application_date"] == "2026-03-02"
    assert answers["application_channel"] == "online"
    assert [report["what_happened"] for report in answers["reports"]] == [each["what_happened"] for each in REPORTS]


def test_somebody_applies_for_a_victim_and_adds_the_signed_consent(web: Web, person: Person) -> None:
    person.begin()
    person.fill_in(THIRD_PARTY, files=(("signed.pdf", PDF), ("signed.pdf", PDF + b"second page")))
    assert "signed (2).pdf" in person.get("/check").text
    person.send()
    reference = person.reference()
    with web.office.database.read() as connection:
        attached = attachments_of(connection, cases.find_case(connection, reference, HERTSMERE).case_id)
    assert [(file.name, file.added_by) for file in attached] == [
        ("signed.pdf", "the applicant"),
        ("signed (2).pdf", "the applicant"),
    ]
    assert read_attachment(web.office, reference, attached[0].number, council_id=HERTSMERE)[1] == PDF


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("consent.pdf", b"MZ\x90\x00" + bytes(64), "PDF, JPG, JPEG, PNG, DOCX, ODT"),
        ("consent.svg", b"<svg onload='alert(1)'/>", "PDF, JPG, JPEG, PNG, DOCX, ODT"),
        ("letter.txt", b"I agree", "PDF, JPG, JPEG, PNG, DOCX, ODT"),
        ("consent.pdf", b"", "is empty"),
        ("consent.pdf", PDF + bytes(10_000_001), "at most 10 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_at_its_question(person: Person, name: str, data: bytes, why: str) -> None:
    person.begin()
    person.answer("applicant_role", "third_party")
    answer = person.upload(name, data)
    assert answer.status_code == 422
    assert why in answer.text
    assert 'name="remove"' not in person.get("/question/consent_document").text


def test_a_files_name_is_text_and_leads_nowhere(person: Person) -> None:
    person.begin()
    person.answer("applicant_role", "third_party")
    person.upload("../../<img src=x onerror=alert(1)>.pdf", PDF)
    page = person.get("/question/consent_document").text
    assert "<img" not in page
    assert "../" not in page
    assert "img src=x onerror=alert(1).pdf" in page


def test_a_file_can_be_taken_out_and_one_that_was_never_handed_in_cannot_be_named(person: Person) -> None:
    person.begin()
    person.answer("applicant_role", "third_party")
    person.upload("one.pdf", PDF)
    person.answer("consent_document", ["", "one.pdf", "never.pdf"])
    assert "never.pdf" not in person.get("/question/consent_document").text
    person.answer("consent_document", ["", "one.pdf"], remove="consent_document.0")
    assert "one.pdf" not in person.get("/question/consent_document").text


def test_every_answer_is_kept_and_found_again_in_another_browser(web: Web, person: Person) -> None:
    code = person.begin()
    for key in ("applicant_role", "applicant_anonymous", "applicant_name"):
        person.answer(key, VICTIM[key])
    later = Person(web.client_of())
    back = later.client.post(f"{APPLY}/return", data={"code": code.lower().replace("-", "")})
    assert later.go(back) == f"{APPLY}/question/applicant_postal_address"
    assert 'value="Ms Applicant"' in later.get("/question/applicant_name").text


def test_back_leads_to_the_question_before_with_its_answer(person: Person) -> None:
    person.begin()
    person.answer("applicant_role", "business")
    page = person.get("/question/applicant_anonymous").text
    assert re.search(rf'class="govuk-back-link"[^>]*href="{APPLY}/question/applicant_role"', page) or re.search(
        rf'href="{APPLY}/question/applicant_role" class="govuk-back-link"', page
    )
    chosen = person.get("/question/applicant_role").text
    assert re.search(r'value="business"[^>]*checked', chosen)


def test_an_answer_that_is_wrong_is_shown_again_and_not_kept(person: Person) -> None:
    person.begin()
    answer = person.answer("applicant_phone", "not a number")
    assert answer.status_code == 422
    assert 'value="not a number"' in answer.text
    assert "<title>Error: " in answer.text
    assert "not a number" not in person.get("/question/applicant_phone").text


def test_a_page_takes_only_its_own_answer(web: Web, person: Person) -> None:
    person.begin()
    person.answer("applicant_name", "Ms Applicant", applicant_role="senior_manager", victim_name="Slipped In",
                  application_date="2020-01-01", reference="HBC-2026-0001")  # fmt: skip
    with web.office.database.read() as connection:
        content = connection.exec_driver_sql("SELECT content FROM applications").scalar_one()
    assert content == '{"applicant_name":"Ms Applicant"}'


def test_an_option_that_the_public_is_not_offered_is_refused(person: Person) -> None:
    person.begin()
    assert person.answer("applicant_role", "senior_manager").status_code == 422


@pytest.mark.parametrize("key", ["application_date", "who_is_told", "nothing", "__class__", "reports[1]"])
def test_there_is_no_page_for_what_the_public_is_not_asked(person: Person, key: str) -> None:
    person.begin()
    assert person.get(f"/question/{key}").status_code == 404
    assert person.answer(key, "x").status_code == 404


def test_what_is_not_asked_as_the_answers_stand_leads_on(person: Person) -> None:
    person.begin()
    person.answer("applicant_role", "victim")
    assert person.go(person.get("/question/victim_consent")) == f"{APPLY}/question/applicant_anonymous"
    assert person.go(person.answer("victim_consent", "yes")) == f"{APPLY}/question/applicant_anonymous"


def test_a_change_returns_to_all_answers_and_asks_what_it_made_necessary_first(person: Person) -> None:
    person.begin()
    person.fill_in(VICTIM)
    change = f"{APPLY}/question/victim_name?from=check"
    assert change in person.get("/check").text
    assert person.go(person.client.post(change, data={"victim_name": "Mx Victim"})) == f"{APPLY}/check"
    answer = person.client.post(
        f"{APPLY}/question/applicant_role?from=check", data={"applicant_role": "third_party", "action": "complete"}
    )
    assert answer.headers["Location"].endswith("/question/victim_consent?from=check")
    assert "Mx Victim" in person.get("/check").text


def test_what_is_missing_is_listed_each_with_the_way_to_it_and_nothing_is_sent(web: Web, person: Person) -> None:
    person.begin()
    person.answer("applicant_role", "victim")
    page = person.get("/check").text
    assert "What is still missing" in page
    assert "Accept and send" not in page
    for key in ("applicant_name", "asb_description", "reports"):
        assert f'href="{APPLY}/question/{key}?from=check"' in page
    answer = person.send()
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert number_of_cases(web) == 0


def test_reports_are_added_changed_and_removed_one_by_one(person: Person) -> None:
    person.begin()
    first = person.go(person.get("/question/reports"))
    assert first == f"{APPLY}/question/reports/1"
    for number, report in enumerate(REPORTS, start=1):
        person.add_report(number, report)
    page = person.get("/question/reports").text
    assert "You have added 3 reports" in page
    assert person.go(person.client.post(f"{APPLY}/question/reports", data={"more": "yes"})).endswith("/reports/4")
    person.add_report(2, REPORTS[1] | {"what_happened": "Shouting"})
    assert "Do you want to remove report 1?" in person.get("/question/reports/1/remove").text
    person.client.post(f"{APPLY}/question/reports/1/remove")
    page = person.get("/question/reports").text
    assert "You have added 2 reports" in page
    assert page.index("Shouting") < page.index(REPORTS[2]["what_happened"])
    assert REPORTS[0]["what_happened"] not in page


def test_a_report_with_a_gap_is_not_added_and_says_what_is_missing(person: Person) -> None:
    person.begin()
    answer = person.add_report(1, {"what_happened": "Banging", "incident_on": (31, 2, 2026)})
    assert answer.status_code == 422
    assert "There is no such day" in answer.text
    assert 'href="#reported_to"' in answer.text
    assert person.go(person.get("/question/reports")) == f"{APPLY}/question/reports/1"


def test_two_clicks_on_a_new_report_add_one(person: Person) -> None:
    person.begin()
    for _ in range(2):
        person.add_report(1, REPORTS[0])
    assert "You have added 1 report<" in person.get("/question/reports").text


@pytest.mark.parametrize("number", [0, 3, 301, 999999])
def test_a_report_that_is_not_there_leads_to_the_list(person: Person, number: int) -> None:
    person.begin()
    person.add_report(1, REPORTS[0])
    assert person.go(person.add_report(number, REPORTS[1])) == f"{APPLY}/question/reports"
    assert "You have added 1 report<" in person.get("/question/reports").text


def test_there_may_be_as_many_reports_as_the_form_takes(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webui.apply.list_entries.MAX_ENTRIES", 3)
    person.begin()
    for number, report in enumerate([*REPORTS, REPORTS[0]], start=1):
        person.add_report(number, report)
    page = person.get("/question/reports").text
    assert "You have added 3 reports" in page
    assert "no more are taken here" in page


def test_sent_twice_it_is_one_case_with_one_receipt(web: Web, person: Person) -> None:
    person.begin()
    person.fill_in(VICTIM)
    answers = [person.go(person.send()) for _ in range(2)]
    assert answers == [f"{APPLY}/received"] * 2
    assert number_of_cases(web) == 1


def test_the_receipt_says_the_same_days_later_and_every_page_leads_to_it(web: Web, person: Person) -> None:
    code = person.begin()
    person.fill_in(VICTIM)
    person.send()
    reference = person.reference()
    web.clock.advance(timedelta(days=5))
    later = Person(web.client_of())
    assert later.go(later.client.post(f"{APPLY}/return", data={"code": code})) == f"{APPLY}/received"
    text = later.get("/received").text
    assert reference in text
    assert "2 March 2026 at 10:15" in text
    for path in ("/check", "/code", "/question/applicant_name"):
        assert later.go(later.get(path)) == f"{APPLY}/received"
    assert later.go(later.answer("applicant_name", "Somebody Else")) == f"{APPLY}/received"


def test_before_it_is_sent_there_is_no_receipt(person: Person) -> None:
    person.begin()
    assert person.go(person.get("/received")) == f"{APPLY}/check"


def test_every_wrong_code_is_answered_alike_and_too_many_are_refused(web: Web, person: Person) -> None:
    ended = Person(web.client_of()).begin()
    web.clock.advance(timedelta(days=29))
    forget_ended_applications(web.office)
    code = person.begin()
    stranger = web.client_of()
    texts = set()
    for typed in (ended, "AAAA-AAAA-AAAA", "'; DROP TABLE applications; --"):
        answer = stranger.post(f"{APPLY}/return", data={"code": typed})
        assert answer.status_code == 422
        found = re.search(r'href="#code">([^<]*)<', answer.text)
        assert found is not None
        texts.add(found[1])
    assert len(texts) == 1
    for _ in range(RETURNS_PER_ADDRESS - 3):
        stranger.post(f"{APPLY}/return", data={"code": "AAAA-AAAA-AAAA"})
    refused = stranger.post(f"{APPLY}/return", data={"code": code})
    assert refused.status_code == 429
    assert "Try again at" in refused.text


def test_an_application_that_has_ended_is_gone_for_its_own_browser_too(web: Web, person: Person) -> None:
    code = person.begin()
    person.answer("applicant_name", "Ms Applicant")
    web.clock.advance(timedelta(days=29))
    assert person.go(person.get("/check")) == f"{APPLY}/return"
    assert person.client.post(f"{APPLY}/return", data={"code": code}).status_code == 422


def test_after_a_long_rest_the_code_is_asked_for_and_what_was_answered_is_there(web: Web, person: Person) -> None:
    code = person.begin()
    person.answer("applicant_name", "Ms Applicant")
    web.clock.advance(APPLYING_RESTS)
    assert person.go(person.get("/question/applicant_name")) == f"{APPLY}/return"
    person.client.post(f"{APPLY}/return", data={"code": code})
    assert "Ms Applicant" in person.get("/question/applicant_name").text


def test_the_code_is_in_no_address_and_the_cookie_cannot_be_read(person: Person) -> None:
    code = person.begin()
    cookie = person.client.get_cookie("asb_application", path=APPLY)
    assert cookie is not None
    assert cookie.http_only
    assert cookie.path == APPLY
    assert code not in cookie.decoded_value
    for path in ("", "/check", "/question/applicant_role", "/delete"):
        assert code not in person.get(path).text


@pytest.mark.parametrize("value", ["", "nonsense", "gAAAAABnonsense", "\u00e9"])
def test_a_cookie_that_is_not_ours_opens_nothing(person: Person, value: str) -> None:
    person.client.set_cookie("asb_application", value, path=APPLY)
    assert person.get("/check").status_code == 302


def test_a_cookie_of_the_case_page_opens_no_application(web: Web, person: Person) -> None:
    person.begin()
    cookie = person.client.get_cookie("asb_application", path=APPLY)
    assert cookie is not None
    stranger = web.client_of()
    stranger.set_cookie("asb_case", cookie.value, path="/my-case/hertsmere")
    assert stranger.get("/my-case/hertsmere/case").headers["Location"].endswith("/my-case/hertsmere")


def test_exit_this_page_is_on_every_page_and_closes_the_application(person: Person) -> None:
    person.begin()
    for path in ("", "/code", "/check", "/question/applicant_role", "/question/reports/1", "/return"):
        assert f'href="{APPLY}/exit"' in person.get(path).text, path
    answer = person.get("/exit")
    assert answer.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert person.go(person.get("/check")) == APPLY


def test_an_application_is_left_or_deleted(web: Web, person: Person) -> None:
    code = person.begin()
    person.answer("applicant_name", "Ms Applicant")
    assert "Your answers are kept" in person.client.post(f"{APPLY}/leave").text
    assert person.get("/check").status_code == 302
    person.client.post(f"{APPLY}/return", data={"code": code})
    assert "Your answers are deleted" in person.client.post(f"{APPLY}/leave", data={"action": "delete"}).text
    assert rows_of_applications(web) == 0


def test_pages_of_the_public_show_nothing_of_whoever_is_signed_in(web: Web) -> None:
    officer = Person(web.client_of("Officer 1"))
    page = officer.get("").text
    assert "Officer 1" not in page
    assert "Sign out" not in page
    assert "/tasks" not in page


def test_without_its_token_nothing_is_taken(web: Web, person: Person) -> None:
    person.begin()
    web.app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/start", "/question/applicant_name", "/check", "/leave", "/return"):
        assert person.client.post(APPLY + path, data={"applicant_name": "x", "code": "x"}).status_code == 400


@pytest.mark.parametrize("council", ["nowhere", "statutory", "..%2fhertsmere", "hertsmere%00"])
def test_a_council_that_takes_no_applications_is_not_found(web: Web, council: str) -> None:
    for path in ("", "/check", "/return", "/question/applicant_name"):
        assert web.client_of().get(f"/apply/{council}{path}").status_code == 404


def test_starting_is_limited(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.casework.applications.application.APPLICATIONS_PER_ADDRESS", 2)
    client = web.client_of()
    assert [client.post(f"{APPLY}/start").status_code for _ in range(3)] == [302, 302, 429]
    assert rows_of_applications(web) == 2
