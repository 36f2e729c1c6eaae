from __future__ import annotations

from pathlib import Path

import pytest

from engine.check import Finding, check_paths
from engine.check.rules.settings import RULE
from tests.check.builders import SETTINGS, limits, plain

BASE = f"""
{SETTINGS}
[left_to_councils]
"contact.email" = "The address that applicants write to"
"agencies.police.email" = "Where the police are asked"
[suggested]
"limits.acknowledge" = "The median of those that name any"
"retention.years" = "As long as a claim can be brought"
[retention]
years = 6
"""


@pytest.fixture
def council(tmp_path: Path) -> Path:
    base = tmp_path / "base"
    base.mkdir()
    (base / "variant.toml").write_text(BASE)
    (base / "main.bpmn").write_bytes(plain().xml())
    (base / "time_limits.dmn").write_bytes(limits(("acknowledge", 2, "working days", "application_date")))
    (tmp_path / "council").mkdir()
    return tmp_path / "council"


def _found(folder: Path, lines: str) -> list[tuple[str, str]]:
    (folder / "variant.toml").write_text(f'name = "C"\nextends = "base"\n{lines}')
    findings: list[Finding] = [each for each in check_paths([folder]) if each.rule == RULE.name]
    return [(each.element_id, each.severity.value) for each in findings]


OPEN = [
    ("contact.email", "error"),
    ("agencies.police.email", "error"),
    ("limits.acknowledge", "warning"),
    ("retention.years", "warning"),
]


def test_what_is_left_open_and_what_is_suggested_is_named(council: Path) -> None:
    assert _found(council, "") == OPEN


def test_a_base_alone_is_not_asked(council: Path) -> None:
    found = [each for each in check_paths([council.parent / "base"]) if each.rule == RULE.name]
    assert found == []


def test_a_base_over_a_base_leaves_to_others_what_it_asks_itself(council: Path) -> None:
    own = '[left_to_councils]\n"contact.fax" = "How it is faxed"\n[suggested]\n"efforts.ways" = "Two are usual"\n'
    assert _found(council, own) == OPEN
    grandchild = council.parent / "grandchild"
    grandchild.mkdir()
    (grandchild / "variant.toml").write_text('name = "G"\nextends = "council"\n')
    found = {each.element_id for each in check_paths([grandchild]) if each.rule == RULE.name}
    assert found == {key for key, _ in OPEN} | {"contact.fax", "efforts.ways"}


def test_what_the_council_says_or_accepts_is_settled(council: Path) -> None:
    police = '[[agencies]]\nid = "police"\nname = "Police"\nteam = "officers"\nemail = "p@c.example"\n'
    lines = (
        f'accept = ["retention.years"]\n{police}[contact]\nemail = "a@c.example"\n'
        '[limits]\nacknowledge = "3 days after application_date"\n'
    )
    assert _found(council, lines) == []


def test_an_agency_of_another_id_says_which_of_the_bodies_it_is(council: Path) -> None:
    of_county = '[[agencies]]\nid = "constabulary"\n{}name = "Constabulary"\nteam = "officers"\nemail = "p@c.example"\n'
    assert ("agencies.police.email", "error") in _found(council, of_county.format(""))
    assert ("agencies.police.email", "error") not in _found(council, of_county.format('kind = "police"\n'))


def test_a_setting_of_ones_own_needs_no_acceptance(council: Path) -> None:
    assert ("retention.years", "warning") not in _found(council, "[retention]\nyears = 7\n")


def test_to_accept_what_nobody_suggests_is_refused(council: Path) -> None:
    assert ("accept", "error") in _found(council, 'accept = ["limits.acknowlege"]')


def test_a_council_cannot_take_back_what_its_base_asks(council: Path) -> None:
    assert _found(council, 'without = ["left_to_councils"]\n') == OPEN
    assert _found(council, '[left_to_councils]\n"contact.email" = "-"\n') == OPEN


def test_what_a_document_leaves_open_is_said_by_whoever_runs_on_it_and_by_no_default(council: Path) -> None:
    left = '[left_open]\n"limits.acknowledge" = "By when it is acknowledged"\n"contact.fax" = "How it is faxed"\n'
    assert {("limits.acknowledge", "error"), ("contact.fax", "error")} <= set(_found(council, left))
    said = left + '[limits]\n"acknowledge" = "2 working days"\n[contact]\nfax = "01234"\n'
    assert not {"limits.acknowledge", "contact.fax"} & {key for key, _ in _found(council, said)}
