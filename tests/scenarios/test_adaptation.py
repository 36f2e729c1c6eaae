"""A scenario at another time and of other people."""

from __future__ import annotations

from datetime import datetime

from engine.clock import LONDON
from engine.scenarios import Scenario, read_scenario
from engine.scenarios.adaptation import of_others, shifted
from engine.variants import VariantSettings
from engine.variants.settings import Person

TEXT = """
[application]
at = 2026-03-27T16:40:00
[application.answers]
applicant_name = "Ms A"
victim_name = "Mr B"
applicant_email = "ms.a@example.org"
applicant_phone = "020 7946 0123"
applicant_postal_address = "1 Any Street\\nBorehamwood"
received_on = 2026-03-27
asb_description = "On 1 February and on 24 December, Ms A's door was kicked."
[[application.answers.reports]]
incident_on = 2026-02-01
[[step]]
at = 2026-03-30T09:30:00
by = "Officer 1"
task = "ring"
[step.answers]
rung_at = 2026-03-30T09:15:00
officer_name = "Officer 1"
note = "Ms A was rung on 30 March 2026. Ms Abel was not. HBC-2026-0001."
"""
SETTINGS = VariantSettings(
    name="Test Council",
    known_by=("victim_name", "applicant_name", "officer_name"),
    found_by=("applicant_name", "applicant_postal_address", "applicant_email", "applicant_phone"),
    people=(Person(name="Officer 1", teams=()),),
)


def scenario() -> Scenario:
    return read_scenario(TEXT.encode(), file="scenarios/one.toml")


def test_moments_keep_their_weekday_and_their_time_in_london() -> None:
    later = shifted(scenario(), 1)

    assert later.applied_at == datetime(2026, 4, 3, 16, 40, tzinfo=LONDON)  # summer time has begun
    assert later.applied_at.weekday() == scenario().applied_at.weekday()
    assert later.steps[0].at == datetime(2026, 4, 6, 9, 30, tzinfo=LONDON)


def test_days_in_answers_move_alike_in_lists_and_in_words_too() -> None:
    later = shifted(scenario(), 2)

    assert later.application["received_on"] == "2026-04-10"
    assert later.application["reports"] == [{"incident_on": "2026-02-15"}]
    assert later.application["asb_description"] == "On 15 February and on 7 January, Ms A's door was kicked."
    assert later.steps[0].answers["rung_at"] == "2026-04-13T09:15:00"
    assert later.steps[0].answers["note"] == "Ms A was rung on 13 April 2026. Ms Abel was not. HBC-2026-0001."


def test_it_can_be_moved_back_from_a_leap_day() -> None:
    text = TEXT.replace("2026-02-01", "2028-02-29")

    earlier = shifted(read_scenario(text.encode(), file="scenarios/one.toml"), -104)

    assert earlier.application["reports"] == [{"incident_on": "2026-03-03"}]


def test_names_become_roles_wherever_they_stand_as_words() -> None:
    other = of_others(scenario(), 7, SETTINGS)

    assert (other.application["applicant_name"], other.application["victim_name"]) == ("Applicant 7", "Resident 7")
    assert other.application["asb_description"].endswith("Applicant 7's door was kicked.")
    assert other.steps[0].answers["note"].startswith("Applicant 7 was rung on 30 March 2026. Ms Abel was not.")


def test_staff_keep_their_names() -> None:
    assert of_others(scenario(), 7, SETTINGS).steps[0].answers["officer_name"] == "Officer 1"


def test_addresses_become_addresses_that_nobody_has() -> None:
    told = of_others(scenario(), 7, SETTINGS).application

    assert told["applicant_postal_address"] == "7 Example Street\nBorehamwood"
    assert told["applicant_email"] == "applicant.7@example.org"
    assert told["applicant_phone"] == "020 7946 0007"
