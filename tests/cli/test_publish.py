"""Nothing runs from the command line that was not put in force, and what was can be seen and had again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import APPLICATION, Asb
from tests.cli.test_policies import copied


@pytest.fixture
def here(asb: Asb, tmp_path: Path) -> Asb:
    return Asb(home=asb.home, more={"ASB_VARIANTS": str(copied(tmp_path))})


def test_no_case_is_opened_and_nothing_served_before_a_policy_is_in_force(here: Asb) -> None:
    opened = here("open", "hertsmere", str(APPLICATION))
    assert opened.code == 2
    assert 'asb publish hertsmere --why "…"' in opened.err
    serving = here("serve", "--port", "0")
    assert serving.code == 2
    assert "No council's policy is in force today" in serving.err
    assert "hertsmere" in serving.err


def test_a_policy_is_put_in_force_listed_exported_and_brought_back(here: Asb, tmp_path: Path) -> None:
    refused = here("publish", "hertsmere", "--why", "The first")
    assert refused.code == 2
    assert "is not put in force:" in refused.err
    assert "--despite" in refused.err
    assert "Nothing of hertsmere was ever put in force" in " ".join(here.done("versions", "hertsmere").split())
    said = here.done("publish", "hertsmere", "--why", "The first", "--despite", "They are known", "--as", "Owner 1")
    assert "Version 1 of hertsmere is in force from" in said
    assert here.done("open", "hertsmere", str(APPLICATION)).strip().endswith("-0001")

    file = tmp_path / "policies" / "hertsmere" / "variant.toml"
    before = file.read_bytes()
    file.write_text(file.read_text().replace("020 8207 7801", "01234 000000"))
    here.done("publish", "hertsmere", "--why", "A new phone", "--as", "Owner 2")
    here.done("rollback", "hertsmere", "1", "--why", "Nobody answers there", "--as", "Owner 1")
    listed = here("versions", "hertsmere", "--format", "json").json
    assert [(each["number"], each["put_by"], each["again"], each["is_in_force"]) for each in listed] == [
        (3, "Owner 1", 1, True), (2, "Owner 2", None, False), (1, "Owner 1", None, False),
    ]  # fmt: skip
    told = " ".join(here.done("versions", "hertsmere").split())
    assert "by Owner 2" in told
    assert "A new phone" in told
    assert "It is version 1 again. In force today." in told

    out = tmp_path / "out"
    here.done("versions", "hertsmere", "--export", "1", "--out", str(out))
    assert (out / "hertsmere" / "variant.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("publish", "nowhere", "--why", "x"), "There is no variant and no folder “nowhere”"),
        (("publish", "hertsmere", "--why", "x", "--from", "2020-01-01"), "is past"),
        (("publish", "hertsmere", "--why", " "), "Say why"),
        (("publish", "model", "--why", "x"), "is a base that councils extend"),
        (("rollback", "hertsmere", "1", "--why", "x"), "has no version 1. There is none"),
        (("versions", "hertsmere", "--export", "1"), "--export NUMBER and --out FOLDER go together"),
        (("versions", "hertsmere", "--export", "1", "--out", "out"), "has no version 1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(here: Asb, call: tuple[str, ...], said: str) -> None:
    answer = here(*call)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())
