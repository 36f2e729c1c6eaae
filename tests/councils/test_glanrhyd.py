"""A Welsh council that takes the model as it stands: who applies in Welsh reads Welsh, on each page and in letters."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from engine.bootstrap import build_office, build_simulation_office, handlers_by_name
from engine.casework.step.office import Office
from engine.check import Severity, check_paths
from engine.clock import SettableClock
from engine.model import CASE
from engine.scenarios import play, scenarios_of
from engine.settings import Settings
from engine.staff.demonstration import email_for
from engine.store import cases, letters, staff
from engine.variants import load_variant
from engine.variants.comparison import compare
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import START_AT, make_app

BPMN = ROOT / "bpmn"
FOLDER = Path(__file__).parent / "glanrhyd"

#: What is typed into the first input of a page, or chosen on it, by the key of its question.
TYPED = {
    "applicant_name": "Ms Ymgeisydd",
    "applicant_postal_address": "1 Stryd yr Enghraifft\nGlanrhyd",
    "applicant_phone": "020 7946 0123",
    "victim_name": "Ms Ymgeisydd",
    "asb_description": "Gweiddi a churo gyda’r nos.",
    "happened_where": "Stryd yr Enghraifft",
}
CHOSEN = {
    "applicant_is": "Y dioddefwr", "applicant_channel": "Drwy’r post", "asb_persists": "Ydy",
    "effective_action_felt": "Nac ydw",
}  # fmt: skip


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """The council's folder beside those that it extends."""
    root = tmp_path / "variants"
    for folder in (BPMN / "statutory", BPMN / "model", FOLDER):
        shutil.copytree(folder, root / folder.name)
    return root


@pytest.fixture
def served(tmp_path: Path, folders: Path, migrated_sqlite: Path) -> Iterator[tuple[str, Office]]:
    """Where its pages are served, and the office behind them."""
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(folders)})
    office = replace(build_office(settings), clock=SettableClock(START_AT))
    with office.database.begin() as connection:
        staff.add_person(
            connection, "glanrhyd", name="Officer A", email=email_for("Officer A"), roles="officer administrator",
            teams="community_safety", line_manager=None, head_of_service=None, added_at=START_AT,
        )  # fmt: skip
        staff.note_change(connection, "glanrhyd", START_AT)
    put_folders_in_force(office, folders)
    server = make_server("127.0.0.1", 0, make_app(settings, office=office), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", office
    server.shutdown()
    thread.join()
    office.database.close()


@pytest.fixture(params=[(360, 740), (1280, 900)], ids=["phone", "desktop"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser without scripts, as wide as a telephone or a desk's screen."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def answer(page: Page, key: str) -> None:
    """Answer the question of this page as far as it needs one, and go on."""
    if key in CHOSEN:
        page.get_by_label(CHOSEN[key], exact=True).check()
    elif key in TYPED:
        page.locator("main input[type=text], main input[type=tel], main textarea").first.fill(TYPED[key])
    page.get_by_role("button", name="Parhau", exact=True).click()


def report(page: Page) -> None:
    page.locator("#what_happened").fill("Curo am oriau")
    for name, day in (("incident_on", "tua 3"), ("reported_on", "4")):
        for part, value in (("day", day), ("month", "Chwefror"), ("year", "2026")):
            page.locator(f"#{name}-{part}").fill(value)
    page.locator("#reported_to").select_option(label="Y cyngor")
    page.locator("#hate_motive").select_option(label="Nac oedd")
    page.get_by_role("button", name="Cadw a pharhau").click()


def apply_in_welsh(page: Page, address: str) -> str:
    """From the English start page, by the link, to the page of all answers; gives the return code."""
    page.goto(f"{address}/apply/glanrhyd")
    page.get_by_role("link", name="Cymraeg").click()
    assert page.url.endswith("?lang=cy")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.get_by_role("button", name="Dechrau nawr").click()
    code = page.locator(".app-code strong").inner_text()
    page.get_by_role("button", name="Parhau").click()
    for _ in range(40):
        if "/check" in page.url:
            return code
        key = re.split(r"[?/]", page.url.split("/question/")[1])[0]
        if "/reports/" in page.url:
            report(page)
        elif key == "reports":
            assert "Rydych wedi ychwanegu 1 adroddiad" in page.locator("h1").inner_text()
            page.get_by_label("Na", exact=True).check()
            page.get_by_role("button", name="Parhau", exact=True).click()
        else:
            answer(page, key)
    raise AssertionError(page.url)


def test_it_has_no_error_and_every_text_of_its_form_and_page_in_welsh(folders: Path) -> None:
    findings = check_paths([folders / "glanrhyd"], handlers=tuple(handlers_by_name().values()))
    assert [each.sentence for each in findings if each.severity is Severity.ERROR] == []
    assert {each.rule for each in findings if "/forms/" in each.file or "/pages/" in each.file} <= {"forms"}


def test_who_applies_in_welsh_reads_welsh_to_the_end_without_a_script(reader: Page, served: tuple[str, Office]) -> None:
    address, office = served
    apply_in_welsh(reader, address)
    shown = reader.locator("main").inner_text()
    assert "tua 3 Chwefror 2026" in shown
    assert "4 Chwefror 2026" in shown
    assert not re.search(r"\b(the|Change|answer|February)\b", shown)
    reader.get_by_role("button", name="Derbyn ac anfon").click()
    received = reader.locator("main").inner_text()
    assert "Mae eich cais gennym" in received
    assert "2 Mawrth 2026 am 10:15" in received
    assert "Rydym yn cydnabod eich cais: erbyn Dydd Iau 5 Mawrth 2026" in " ".join(received.split())
    reference = reader.locator(".govuk-panel strong").inner_text()
    with office.database.read() as connection:
        row = cases.find_case(connection, reference, "glanrhyd")
        known = office.step_on(connection, row, actor="test").facts.of(CASE)
    assert known["language"] == "cy"


def test_pages_in_welsh_are_without_barrier_and_fit_a_telephone(page: Page, served: tuple[str, Office]) -> None:
    address, _ = served
    for path in ("/apply/glanrhyd?lang=cy", "/my-case/glanrhyd?lang=cy", "/apply/glanrhyd/return?lang=cy"):
        page.goto(address + path)
        assert violations(page) == []
        assert not scrolls_sideways(page)


def test_what_is_wrong_is_said_in_welsh(reader: Page, served: tuple[str, Office]) -> None:
    address, _ = served
    reader.goto(f"{address}/apply/glanrhyd?lang=cy")
    reader.get_by_role("button", name="Dechrau nawr").click()
    reader.get_by_role("button", name="Parhau").click()
    reader.get_by_role("button", name="Parhau", exact=True).click()  # nothing is chosen
    expect(reader).to_have_title(re.compile("^Gwall:"))
    summary = reader.locator(".govuk-error-summary").inner_text()
    assert "Mae problem wedi codi" in summary
    assert "Atebwch “Pwy sy’n gwneud cais?”." in summary


def test_a_half_filled_application_is_gone_on_with_in_its_language(page: Page, served: tuple[str, Office]) -> None:
    address, _ = served
    page.goto(f"{address}/apply/glanrhyd?lang=cy")
    page.get_by_role("button", name="Dechrau nawr").click()
    code = page.locator(".app-code strong").inner_text()
    page.context.clear_cookies()
    page.goto(f"{address}/apply/glanrhyd/return")  # an address that says no language
    page.get_by_label("Your return code").fill(code)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is applying?")
    page.goto(f"{address}/apply/glanrhyd/code")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your return code")


@pytest.mark.parametrize(
    "sent", ["endpoint=x", "_method=POST", "_external=1&_scheme=gopher", "values=1", "_anchor=%22", "council=x"]
)
def test_the_links_to_a_page_in_another_language_keep_what_its_address_says(
    page: Page, served: tuple[str, Office], sent: str
) -> None:
    address, _ = served
    answer = page.goto(f"{address}/apply/glanrhyd?{sent}&lang=en&a=1&a=2")
    assert answer is not None
    assert answer.status == 200
    page.get_by_role("link", name="Cymraeg").click()
    assert page.url == f"{address}/apply/glanrhyd?lang=cy&{sent}&a=1&a=2"


@pytest.mark.parametrize(("example", "letter"), [("01_whole_way", "met"), ("02_not_met", "not_met")])
def test_letters_to_who_reads_welsh_are_welsh_with_welsh_days(folders: Path, example: str, letter: str) -> None:
    file = folders / "model/scenarios" / f"{example}.toml"
    told = file.read_text(encoding="utf-8")
    (folders / "glanrhyd/scenarios").mkdir()
    in_welsh = told.replace("[application.answers]\n", '[application.answers]\nlanguage = "cy"\n', 1)
    (folders / "glanrhyd/scenarios" / file.name).write_text(in_welsh, encoding="utf-8")
    variant = load_variant(folders / "glanrhyd")
    office = build_simulation_office()
    scenario = next(each for each in scenarios_of(variant) if each.name == example)
    outcome = play(scenario, variant, office)
    assert [miss.sentence for miss in outcome.misses] == []
    with office.database.read() as connection:
        (row,) = cases.all_cases(connection, "glanrhyd")
        sent = {each.letter: each for each in letters.letters_of(connection, row.case_id)}
    assert (sent["acknowledged"].language, sent[letter].language, sent["bodies_told"].language) == ("cy", "cy", "en")
    assert sent["acknowledged"].title == "Rydym wedi cael eich cais"
    text = sent[letter].text
    assert "Cyngor Glanrhyd" in text
    assert re.search(r"Dyddiad: [0-9]{1,2} [A-Z][a-z]+ 20[0-9]{2}", text)
    assert "Ffôn: 01234 567890" in text
    assert re.search(r"erbyn [0-9]{1,2} (Mawrth|Ebrill) 2026", text)


def test_a_victim_for_whom_somebody_else_applies_reads_the_language_they_choose(folders: Path) -> None:
    file = folders / "model/scenarios/05_third_party_agreed.toml"
    told = file.read_text(encoding="utf-8").replace(
        "[application.answers]\n", '[application.answers]\nlanguage = "en"\n', 1
    )
    told = told.replace("safe_channel = ", 'victim_language = "cy"\nsafe_channel = ', 1)
    (folders / "glanrhyd/scenarios").mkdir()
    (folders / "glanrhyd/scenarios" / file.name).write_text(told, encoding="utf-8")
    variant = load_variant(folders / "glanrhyd")
    office = build_simulation_office()
    (scenario,) = (each for each in scenarios_of(variant) if each.name == file.stem)
    assert [miss.sentence for miss in play(scenario, variant, office).misses] == []
    with office.database.read() as connection:
        (row,) = cases.all_cases(connection, "glanrhyd")
        languages = {each.roles: each.language for each in letters.letters_of(connection, row.case_id) if each.roles}
    assert languages == {"applicant": "en", "victim": "cy"}


def test_its_logo_is_shown_with_its_name_and_served_as_a_picture_alone(
    page: Page, folders: Path, served: tuple[str, Office]
) -> None:
    address, _ = served
    for path in ("/apply/glanrhyd", "/sign-in"):
        page.goto(address + path)
        logo = page.locator(".app-logo img")
        expect(logo).to_have_attribute("alt", "Glanrhyd Council")
        assert logo.evaluate("picture => picture.naturalWidth") > 0
    answer = page.request.get(f"{address}/logo/glanrhyd")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_what_differs_between_two_councils_is_said_of_their_welsh_too(folders: Path) -> None:
    before = load_variant(folders / "glanrhyd")
    (folders / "glanrhyd/letters/cy").mkdir(parents=True)
    told = (folders / "model/letters/cy/met.md").read_text(encoding="utf-8")
    (folders / "glanrhyd/letters/cy/met.md").write_text(
        told.replace("Yn gywir", "Yr eiddoch yn gywir"), encoding="utf-8"
    )
    (folders / "glanrhyd/logo.svg").write_text(
        (folders / "glanrhyd/logo.svg").read_text(encoding="utf-8").replace("00534c", "1d70b8"), encoding="utf-8"
    )
    said = [each.sentence for each in compare(before, load_variant(folders / "glanrhyd"))]
    assert said == [
        "The Welsh letter “met” says “Yr eiddoch yn gywir” instead of “Yn gywir”.", "The logo is another picture.",
    ]  # fmt: skip


def test_a_letter_of_its_own_takes_the_place_of_the_models_in_welsh_too(folders: Path) -> None:
    (folders / "glanrhyd/letters").mkdir()
    told = (folders / "model/letters/met.md").read_text(encoding="utf-8")
    (folders / "glanrhyd/letters/met.md").write_text(told.replace("Yours sincerely", "Yours"), encoding="utf-8")
    variant = load_variant(folders / "glanrhyd")
    assert "letters/cy/met.md" not in variant.files
    findings = check_paths([folders / "glanrhyd"], handlers=tuple(handlers_by_name().values()))
    errors = [each.sentence for each in findings if each.severity is Severity.ERROR]
    assert errors == [
        "The letter “met” is not there in Welsh: who asked for it gets it in English. Write letters/cy/met.md."
    ]
