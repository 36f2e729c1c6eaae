"""`asb diff` compares folders as they lie with versions that were put in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.calls import Asb
from tests.cli.test_policies import copied


@pytest.fixture
def here(asb: Asb, tmp_path: Path) -> Asb:
    return Asb(home=asb.home, more={"ASB_VARIANTS": str(copied(tmp_path))})


def words(text: str) -> str:
    return " ".join(text.split())


def edit(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "policies" / "hertsmere" / "variant.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_versions_of_a_council_and_its_folder_are_compared(here: Asb, tmp_path: Path) -> None:
    here.done("publish", "hertsmere", "--why", "The first", "--despite", "Known", "--as", "Owner 1")
    edit(tmp_path, "020 8207 7801", "01234 000000")
    draft = here("diff", "hertsmere")
    assert draft.code == 1
    assert words(draft.out) == (
        "The folder hertsmere, beside what is in force of hertsmere: changed contact.phone is “01234 000000” "
        "instead of “020 8207 7801”. 1 difference: 1 changed."
    )
    here.done("publish", "hertsmere", "--why", "A new phone", "--as", "Owner 1")
    assert words(here.done("diff", "hertsmere")) == "They say the same."
    [found] = here("diff", "hertsmere@1", "hertsmere@2", "--format", "json").json
    assert found["details"] == [{"what": "contact.phone", "before": "020 8207 7801", "after": "01234 000000"}]
    assert found["origin"] == "hertsmere/variant.toml"
    assert here("diff", "hertsmere@1", "hertsmere").code == 1
    assert here("diff", "hertsmere@2", "hertsmere@in-force").code == 0


def test_examples_that_both_have_are_played_on_both(here: Asb, tmp_path: Path) -> None:
    other = tmp_path / "trial"
    shutil.copytree(tmp_path / "policies" / "hertsmere", other)
    table = (other / "time_limits.dmn").read_text()
    before, row, after = table.partition('<text>"acknowledge"</text>')
    (other / "time_limits.dmn").write_text(before + row + after.replace("<text>2</text>", "<text>3</text>", 1))
    answer = here("diff", "hertsmere", str(other), "--play")
    assert answer.code == 1
    assert words(answer.out).endswith(
        "1 difference: 1 changed. changed In 1 worked example “Acknowledge the application” is due on other days: "
        "01_threshold_just_met (5 March 2026 instead of 4 March 2026)."
    )
    same = here("diff", "hertsmere", "hertsmere", "--play")
    assert (same.code, words(same.out)) == (
        0, "They say the same. The worked examples that both have come out the same.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("hertsmere",), "asb publish hertsmere"),
        (("hertsmere@3", "hertsmere"), "hertsmere has no version 3. There is none"),
        (("hertsmere@last", "hertsmere"), "Write a version as hertsmere@3, or as hertsmere@in-force."),
        (("hertsmere", "nowhere"), "There is no variant and no folder “nowhere”"),
        (("hertsmere", "model", "statutory"), "Name two policies"),
        (("hertsmere", "hertsmere", "--scenario", "x"), "--scenario is for --play"),
        (("hertsmere", "hertsmere", "--play", "--scenario", "x"), "There is no worked example “x” in both"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(here: Asb, call: tuple[str, ...], said: str) -> None:
    answer = here("diff", *call)
    assert answer.code == 2
    assert said in words(answer.err)
