"""A case is worked from the application to its end with nothing but the commands."""

import json

import pytest

from tests.cli.calls import APPLICATION, Asb
from tests.databases import create_postgresql

CASE = "HBC-2026-0001"
CONFIRMED = {
    "safeguarding_review_needed": "no",
    "agencies": [
        {"agency_team": "police", "agency_name": "Hertfordshire Constabulary", "agency_contact": "Inspector",
         "agency_email": "i@example.org"}
    ],
    "reports": [{"id": f"reports-{n}", "incident": n, "confirmed": "confirmed"} for n in (1, 2, 3)],
}  # fmt: skip
MET = {
    "regard_persistence": "Most nights.", "regard_harm": "No sleep.", "regard_adequacy": "One visit.",
    "threshold_met": True, "threshold_reasons": "The harm is great.",
}  # fmt: skip

WITHDRAWN = json.dumps({"withdrawn_because": "asked", "withdrawal_reasons": "It is quiet now."})


def complete(asb: Asb, element: str, answers: dict[str, object], by: str) -> str:
    return asb.done("complete", asb.task(element), "--answers", json.dumps(answers), "--as", by)


@pytest.fixture
def met(simulated: Asb) -> Asb:
    """The threshold is met, and the Constabulary is asked."""
    complete(simulated, "acknowledge_application", {"csio_name": "Officer 1", "immediate_risk": "no"}, "Officer 1")
    simulated.done("tick", "--now", "2026-03-10T09:00")
    complete(simulated, "confirm_reports", CONFIRMED, "Officer 1")
    complete(simulated, "decide_threshold", MET, "Officer 2")
    return simulated


def test_an_officer_sees_what_is_due_when_and_why(simulated: Asb) -> None:
    task = simulated.task("acknowledge_application")

    assert simulated.done("tasks").splitlines() == [
        f"{task}  Acknowledge the application",
        "    community_safety. Deadline: Tuesday 3 March 2026: 2 working days after",
        "    Saturday 28 February. Saturday 28 February, the application date, is day 0.",
        "    H11.1",
    ]


def test_an_overdue_task_says_so_unless_its_clock_stands_still(simulated: Asb) -> None:
    task = simulated.task("acknowledge_application")
    simulated.done("tick", "--now", "2026-03-04")
    overdue = simulated.done("tasks")
    simulated.done("suspend", task, "--reason", "The applicant is abroad", "--as", "Officer 1")

    assert "community_safety. OVERDUE: Tuesday 3 March 2026" in overdue
    assert "OVERDUE" not in simulated.done("tasks")


def test_the_questions_of_a_task_say_key_kind_and_need(simulated: Asb) -> None:
    assert simulated.done("questions", simulated.task("acknowledge_application")).splitlines()[:4] == [
        "csio_name  Who is the point of contact? (required)",
        "    name or id of a person",
        "immediate_risk  Is there an immediate risk of harm? (required)",
        "    one of yes, no",
    ]


def test_the_questions_of_a_task_name_the_items_that_can_be_corrected(simulated: Asb) -> None:
    complete(simulated, "acknowledge_application", {"csio_name": "Officer 1", "immediate_risk": "no"}, "Officer 1")

    asked = " ".join(simulated.done("questions", simulated.task("confirm_reports")).split())

    assert "The reports, as the agencies confirm them, 1: What happened? Threats through the letter box" in asked
    assert "An object with the id of one of these (reports-1, reports-2, reports-3) corrects it." in asked


def test_the_questions_of_an_application_and_of_a_message_are_listed(simulated: Asb) -> None:
    assert "application_date" in [
        field["key"] for field in simulated("questions", "hertsmere", "--format", "json").json
    ]
    assert simulated.done("questions", CASE, "withdraw") != ""


def test_a_completed_task_leads_to_the_next_one_and_says_which(simulated: Asb) -> None:
    said = complete(
        simulated, "acknowledge_application", {"csio_name": "Officer 1", "immediate_risk": "no"}, "Officer 1"
    )

    assert f"Now to do in {CASE}:" in said
    assert "Confirm the reports with the agencies" in said
    assert sorted(path.suffix for path in (simulated.home / "post").rglob("*.*")) != []


def test_claiming_and_handing_back(simulated: Asb) -> None:
    task = simulated.task("acknowledge_application")
    simulated.done("claim", task, "--as", "Officer 1")

    refused = simulated("claim", task, "--as", "Officer 2")
    simulated.done("hand-back", task, "--as", "Officer 1")

    assert refused.code == 2
    assert "Officer 1 has claimed “Acknowledge the application”" in refused.err
    assert simulated("claim", task, "--as", "Officer 2").code == 0


def test_a_task_about_an_agency_bears_the_name_of_the_agency(met: Asb) -> None:
    assert "Answer the request (Hertfordshire Constabulary)" in met.done("tasks", "--team", "police")


def test_days_pass_in_a_database_for_simulation_and_what_is_due_happens(met: Asb) -> None:
    met.done("tick", "--now", "2026-03-20T09:00")

    letters = [letter["letter"] for letter in met("case", CASE, "--format", "json").json["letters"]]

    assert "ct5-chase" in [letter.lower() for letter in letters]


def test_a_withdrawn_case_is_closed_and_its_record_whole(met: Asb) -> None:
    assert "withdraw" in met.done("send", CASE)
    said = met.done("send", CASE, "withdraw", "--as", "Officer 1", "--answers", WITHDRAWN)

    assert f"{CASE} is closed" in said
    assert met.done("tasks") == "No task is open.\n"
    assert met.done("verify", "--replay") == "1 case verified: whole.\n"


def test_the_same_message_with_the_same_id_changes_nothing(met: Asb) -> None:
    call = ("send", CASE, "withdraw", "--as", "Officer 1", "--id", "letter-7", "--answers", WITHDRAWN)
    met.done(*call)

    assert "knew “withdraw” (letter-7) already; nothing changed" in met.done(*call)


def test_the_file_of_a_case_tells_its_history_in_plain_english(met: Asb) -> None:
    simulated = met
    simulated.done("correct", CASE, "victim_name", '"The Victim"', "--reason", "Misspelt", "--as", "Officer 1")
    told = simulated.done("case", CASE)
    words = " ".join(told.split())

    assert told.startswith(f"{CASE}, Hertsmere Borough Council\nOpened on 2 March 2026; open.\n")
    assert "\nMonday 2 March 2026\n10:15  Application HBC-2026-0001 received from the applicant.\n" in told
    assert "- Who applies? The victim" in words
    assert "- When was the application made? 28 February 2026" in words
    assert "Officer 1 did “Acknowledge the application”." in words
    assert "- Is there an immediate risk of harm? No" in words
    assert "- Is the threshold met? yes" in words
    assert "is to do “Answer the request” (Hertfordshire Constabulary). Due Thursday 12 March 2026" in words
    assert "corrected “Name of the victim” from “The Applicant” to “The Victim”: Misspelt." in words
    assert max(len(line) for line in told.splitlines()) <= 80
    for ugly in ("_", "2026-03", "True", "..", ": nothing"):
        assert ugly not in told.replace("community_safety", "").replace("police", "")


def test_the_cases_are_listed(simulated: Asb) -> None:
    simulated.done("open", "hertsmere", str(APPLICATION))

    assert [line.split()[:2] for line in simulated.done("case").splitlines()] == [
        ["HBC-2026-0001", "open"],
        ["HBC-2026-0002", "open"],
    ]


def test_an_altered_record_is_found_and_gives_1(simulated: Asb) -> None:
    import sqlite3

    with sqlite3.connect(simulated.home / "asb.sqlite") as connection:
        connection.execute("update record_contents set content = replace(content, 'The Applicant', 'Somebody')")

    answer = simulated("verify")

    assert answer.code == 1
    assert answer.out.startswith("broken  HBC-2026-0001: ")
    assert simulated("verify", "--format", "json").json["breaks"][0]["case"] == CASE


def test_the_commands_do_the_same_on_postgresql(asb: Asb, postgresql_url: str) -> None:
    url = create_postgresql(postgresql_url, "command_line")
    here = Asb(home=asb.home, more={"ASB_DATABASE_URL": url})
    here.done("make-simulation", "--now", "2026-03-02T10:15")
    here.put_in_force("hertsmere")
    here.done("open", "hertsmere", str(APPLICATION))
    complete(here, "acknowledge_application", {"csio_name": "Officer 1", "immediate_risk": "no"}, "Officer 1")

    assert "Letter CT1 (We have received your application) sent" in here.done("case", CASE)
    assert here.done("verify", "--replay") == "1 case verified: whole.\n"
