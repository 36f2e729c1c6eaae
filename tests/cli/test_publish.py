"""Nothing runs from the command line that was not put in force, and what was can be seen and had again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import APPLICATION, Asb
from tests.cli.test_policies import copied
from tests.variants.git import committed
from tests.workshop.folder import EXAMPLE, FIRST, SECOND, ask_for_second_owner, new_phone


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
    commit = committed(tmp_path / "policies")
    file.write_text(file.read_text().replace("020 8207 7801", "01234 000000"))
    here.done("publish", "hertsmere", "--why", "A new phone", "--as", "Owner 2")
    here.done("rollback", "hertsmere", "1", "--why", "Nobody answers there", "--as", "Owner 1")
    listed = here("versions", "hertsmere", "--format", "json").json
    assert [(each["commit"], each["commit_has_all"]) for each in listed] == [
        (None, None),
        (commit, False),
        (None, None),
    ]
    assert [(each["number"], each["put_by"], each["again"], each["is_in_force"]) for each in listed] == [
        (3, "Owner 1", 1, True), (2, "Owner 2", None, False), (1, "Owner 1", None, False),
    ]  # fmt: skip
    told = " ".join(here.done("versions", "hertsmere").split())
    assert "by Owner 2" in told
    assert f"A new phone It was read from commit {commit[:12]} of a git checkout, with changes that" in told
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
        (("approve", "hertsmere", "1", "--as", "Owner 1"), "has no proposal 1. `asb versions hertsmere --proposals`"),
        (("decline", "hertsmere", "1", "--as", "Owner 1"), "has no proposal 1"),
        (("versions", "hertsmere", "--export", "1"), "--export NUMBER and --out FOLDER go together"),
        (("versions", "hertsmere", "--export", "1", "--out", "out"), "has no version 1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(here: Asb, call: tuple[str, ...], said: str) -> None:
    answer = here(*call)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


def test_what_two_policy_owners_have_to_agree_on_waits_for_the_second(here: Asb, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    for example in (folder / "hertsmere" / "scenarios").glob("*.toml"):
        if example.stem != EXAMPLE:
            example.unlink()
    ask_for_second_owner(folder)
    as_first, as_second = ("--as", FIRST), ("--as", SECOND)
    here_publish = ("publish", "hertsmere", "--why", "The first", "--despite", "They are known")
    stranger = here(*here_publish, "--as", "root")
    assert (stranger.code, "“root” is no policy owner of" in stranger.err) == (2, True)
    assert "Proposal 1 of hertsmere is sound, and waits" in " ".join(here.done(*here_publish, *as_first).split())
    assert here("open", "hertsmere", str(APPLICATION)).code == 2
    listed = " ".join(here.done("versions", "hertsmere").split())
    assert f"Proposal 1: by {FIRST} on" in listed
    assert "It is proposed." in listed
    own = here("approve", "hertsmere", "1", *as_first)
    assert (own.code, "another policy owner" in own.err) == (2, True)
    assert "Version 1 of hertsmere is in force" in here.done("approve", "hertsmere", "1", *as_second)
    (version,) = here("versions", "hertsmere", "--format", "json").json
    assert (version["put_by"], version["approved_by"]) == (FIRST, SECOND)

    new_phone(folder)
    here.done("publish", "hertsmere", "--why", "A new phone", *as_second)
    silent = here("decline", "hertsmere", "2", *as_first)
    assert (silent.code, f"Say why: {SECOND} reads it" in silent.err) == (2, True)
    assert "is declined" in here.done("decline", "hertsmere", "2", "--why", "Nobody answers there", *as_first)
    proposals = here("versions", "hertsmere", "--proposals", "--format", "json").json
    assert [(each["number"], each["status"], each["reasons"], each["version"]) for each in proposals] == [
        (2, "declined", ["Nobody answers there"], None), (1, "in force", [], 1),
    ]  # fmt: skip
    told = " ".join(here.done("versions", "hertsmere", "--proposals").split())
    assert f"It is declined by {FIRST}: Nobody answers there" in told
    assert "It is in force, as version 1." in told


def test_figures_and_questions_go_by_what_is_in_force_and_not_by_the_folder(here: Asb, tmp_path: Path) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-01-31")
    for call in (("figures", "hertsmere", *period), ("questions", "hertsmere")):
        refused = here(*call)
        assert (refused.code, "No policy of “hertsmere” is in force" in refused.err) == (2, True)
    here.put_in_force("hertsmere")
    (tmp_path / "policies" / "hertsmere" / "variant.toml").write_text("broken")
    assert "Hertsmere Borough Council" in here.done("figures", "hertsmere", *period)
    assert "applicant_name" in here.done("questions", "hertsmere")
    assert here("questions", "hertsmere", "--draft").code == 2
