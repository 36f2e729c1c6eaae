"""Somebody who applies with a browser, page by page, as the pages ask."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

APPLY = "/apply/hertsmere"

#: An answer for every question of Hertsmere's form, by key; dates in parts.
VICTIM: dict[str, Any] = {
    "applicant_role": "victim",
    "applicant_anonymous": "",
    "applicant_name": "Ms Applicant",
    "applicant_postal_address": "1 Example Street\nBorehamwood",
    "applicant_phone": "020 7946 0123",
    "applicant_channel": "email",
    "applicant_email": "applicant@example.org",
    "victim_name": "Ms Applicant",
    "asb_description": "Shouting and banging at night, several times a week.",
    "happened_where": "Example Street, Borehamwood",
    "perpetrator": "Somebody in the flat above.",
    "asb_persists": "yes",
    "effective_action_felt": "no",
    "hoped_for": "That it stops.",
    "people": "no",
    "access_needs": "",
    "language_needs": "",
}
THIRD_PARTY = VICTIM | {"applicant_role": "third_party", "victim_name": "Mr Victim", "victim_consent": "yes",
                        "victim_postal_address": "",
                        "victim_contact": "By phone in the evening: 020 7946 0124"}  # fmt: skip
REPORTS = [
    {"what_happened": f"Banging, night {day}", "incident_on": (day, 2, 2026), "reported_on": (day + 1, 2, 2026),
     "reported_to": "council", "hate_motive": "none"}
    for day in (3, 10, 17)
]  # fmt: skip
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Person:
    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.seen: list[str] = []  #: the keys of the questions that were asked

    def begin(self) -> str:
        """Start; gives the return code."""
        self.go(self.client.post(f"{APPLY}/start"))
        return self.code()

    def code(self) -> str:
        found = re.search(r"<strong[^>]*>([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})<", self.get("/code").text)
        assert found is not None
        return found[1]

    def get(self, path: str) -> TestResponse:
        return self.client.get(APPLY + path)

    def answer(self, key: str, value: Any, **more: Any) -> TestResponse:
        return self.client.post(f"{APPLY}/question/{key}", data={**parts(key, value), **more})

    def add_report(self, number: int, report: dict[str, Any]) -> TestResponse:
        data = {name: value for key, answer in report.items() for name, value in parts(key, answer).items()}
        return self.client.post(f"{APPLY}/question/reports/{number}", data=data)

    def upload(self, name: str, data: bytes) -> TestResponse:
        sent = {"consent_document": [(io.BytesIO(data), name)], "action": "complete"}
        return self.client.post(f"{APPLY}/question/consent_document", data=sent, content_type="multipart/form-data")

    def go(self, answer: TestResponse) -> str:
        """Where the answer leads to."""
        assert answer.status_code == 302, answer.text
        return urlsplit(answer.headers["Location"]).path

    def fill_in(self, answers: dict[str, Any], *, files: tuple[tuple[str, bytes], ...] = ()) -> None:
        """From the first question to the page of all answers, wherever each page leads."""
        link = re.search(r'href="([^"]*/question/[^"]*)"', self.get("/code").text)
        assert link is not None
        here = link[1]
        for _ in range(60):
            if here.endswith("/check"):
                return
            key = here.split("/question/")[1].split("?")[0]
            if key == "reports/1":
                for number, report in enumerate(REPORTS, start=1):
                    assert self.go(self.add_report(number, report)) == f"{APPLY}/question/reports"
                self.seen.append("reports")
                here = self.go(self.client.post(f"{APPLY}/question/reports", data={"more": "no"}))
                continue
            page = self.client.get(here)
            if page.status_code == 302:
                here = self.go(page)
                continue
            assert page.status_code == 200, page.text
            assert page.text.count("<h1") == 1
            self.seen.append(key)
            if key == "consent_document":
                for name, data in files:
                    assert self.go(self.upload(name, data)) == here
                here = self.go(self.answer(key, ""))
            elif key == "people":
                here = self.go(self.client.post(here, data={"more": answers[key]}))
            else:
                here = self.go(self.answer(key, answers[key]))
        raise AssertionError(f"It goes round: {self.seen}")

    def send(self) -> TestResponse:
        return self.client.post(f"{APPLY}/check")

    def reference(self) -> str:
        found = re.search(r"HBC-2026-[0-9]{4}", self.get("/received").text)
        assert found is not None
        return found[0]


def parts(name: str, value: Any) -> dict[str, Any]:
    """An answer as a browser sends it."""
    if isinstance(value, tuple):
        return {f"{name}-{part}": str(each) for part, each in zip(("day", "month", "year"), value, strict=True)}
    return {name: value}
