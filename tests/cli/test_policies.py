"""What a policy owner sees of a folder: checked, simulated, drawn, decided and told."""

import json
import shutil
from pathlib import Path

from engine.bootstrap import SIMULATED_NOW
from engine.store import Database
from tests.cli.calls import Asb
from tests.house.checkout import ROOT

SCENARIO = "01_threshold_just_met"


def copied(tmp_path: Path) -> Path:
    """Hertsmere and the Act in a folder of their own, with one scenario."""
    folder = tmp_path / "policies"
    shutil.copytree(ROOT / "bpmn", folder)
    for scenario in (folder / "hertsmere" / "scenarios").glob("*.toml"):
        if scenario.stem != SCENARIO:
            scenario.unlink()
    return folder


def test_a_sound_folder_gives_0(asb: Asb) -> None:
    assert asb("check", "hertsmere").code == 0


def test_findings_give_1_and_have_exactly_the_keys_that_are_documented(asb: Asb, tmp_path: Path) -> None:
    (tmp_path / "pic.bpmn").write_bytes(b"\x89PNG\r\n\x1a\n")

    answer = asb("check", str(tmp_path / "pic.bpmn"), "--format", "json")

    assert answer.code == 1
    assert answer.err == ""
    assert [list(finding) for finding in answer.json] == [
        ["file", "element_id", "element_name", "rule", "severity", "message"]
    ]


def test_of_several_paths_those_that_lead_nowhere_are_findings(asb: Asb, tmp_path: Path) -> None:
    picture = tmp_path / "pic.bpmn"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = asb("check", str(picture), "", "nowhere", "--format", "json")
    assert answer.code == 1
    assert sorted(finding["file"] for finding in answer.json) == sorted(["", str(picture), "nowhere"])


def test_each_finding_is_one_line_for_programs(asb: Asb, tmp_path: Path) -> None:
    (tmp_path / "pic.bpmn").write_bytes(b"\x89PNG\r\n\x1a\n")

    lines = asb("check", str(tmp_path / "pic.bpmn")).out.splitlines()

    assert lines[0].startswith("error  ")
    assert lines[0].endswith("[readable]")
    assert lines[1] == "1 error, 0 warnings."


def test_a_scenario_that_comes_out_as_it_says_gives_0(asb: Asb) -> None:
    answer = asb("simulate", "hertsmere", "--scenario", SCENARIO)

    assert answer.code == 0
    assert answer.out.startswith(f"right  {SCENARIO}: ")
    assert answer.out.endswith("1 scenario, none wrong.\n")
    assert not asb.home.exists()


def test_a_scenario_that_comes_out_otherwise_gives_1_and_says_where(asb: Asb, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    scenario = folder / "hertsmere" / "scenarios" / f"{SCENARIO}.toml"
    scenario.write_text(scenario.read_text() + '\n[[step]]\non = 2026-12-01\n[step.then]\nstatus = "nowhere"\n')
    here = Asb(home=asb.home, more={"ASB_VARIANTS": str(folder)})

    answer = here("simulate", "hertsmere")
    told = here("simulate", "hertsmere", "--format", "json")

    assert answer.code == told.code == 1
    assert f"WRONG  {SCENARIO}" in answer.out
    assert "not nowhere" in " ".join(answer.out.split())
    assert told.json[0]["is_right"] is False
    assert set(told.json[0]["misses"][0]) == {"where", "sentence", "cause"}


def test_diagrams_are_drawn_into_a_new_folder(asb: Asb, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"

    written = asb.done("draw", "hertsmere", "--out", str(out)).split()

    assert str(out / "case_review.svg") in written
    assert sorted(written) == sorted(str(path) for path in out.iterdir())
    assert (out / "case_review.svg").read_text().lstrip().startswith("<")


def test_annotated_pictures_have_limit_letter_and_clauses_under_the_steps(asb: Asb, tmp_path: Path) -> None:
    asb.done("draw", "hertsmere", "--annotated", "--out", str(tmp_path))

    picture = (tmp_path / "review.svg").read_text()
    assert "H11.12, H11.17" in picture
    assert "5 working days after the" in picture
    assert (
        "Letter: “Minutes and action plan of the case review panel” (minutes)" in (tmp_path / "review.txt").read_text()
    )


def test_one_file_alone_has_no_limits_and_letters_to_annotate_it_with(asb: Asb, tmp_path: Path) -> None:
    file = str(ROOT / "bpmn" / "hertsmere" / "review.bpmn")

    answer = asb("draw", file, "--annotated", "--out", str(tmp_path / "wall"))

    assert answer.code != 0
    assert "Name the variant" in answer.err
    assert not (tmp_path / "wall").exists()


def test_a_poster_goes_into_a_file_and_only_of_a_whole_variant(asb: Asb, tmp_path: Path) -> None:
    poster = tmp_path / "wall.pdf"

    assert asb.done("draw", "derbyshire_commissioner", "--poster", str(poster)).split() == [str(poster)]
    assert poster.read_bytes().startswith(b"%PDF")
    assert "Name the variant" in asb("draw", str(ROOT / "bpmn/hertsmere/review.bpmn"), "--poster", str(poster)).err
    assert "Make it first" in asb("draw", "hertsmere", "--poster", str(tmp_path / "no" / "wall.pdf")).err
    assert "--out with a folder" in asb("draw", "hertsmere").err
    assert "name a folder with --out" in asb("draw", "hertsmere", "--annotated", "--poster", str(poster)).err


def test_an_expression_gives_its_value_as_json_and_says_what_is_not_known(asb: Asb) -> None:
    assert asb("feel", '@"2026-05-01" + @"P1D"').out == '"2026-05-02"\n'
    assert asb("feel", "-0.1").out == "-0.1\n"
    assert asb("feel", "x.y = null").err == "“x” is not given, so it counts as null.\n"
    assert asb("feel", "nope(1)").err.startswith("There is no function “nope”")


def test_a_decision_gives_its_result_as_json_or_the_reasons(asb: Asb) -> None:
    call = ("decide", str(ROOT / "bpmn/hertsmere/threshold.dmn"), "--decision", "threshold", "--input")
    inputs = {
        "application_date": "2026-03-10", "reports": [], "effective_action_felt": "no", "asb_persists": "no",
        "safeguarding_review_needed": "yes",
    }  # fmt: skip

    answer = asb(*call, json.dumps(inputs))

    assert answer.json["met"] is True
    assert answer.err == ""
    assert "matched" in asb(*call, json.dumps(inputs), "--explain").out
    assert "“more” was not read by this decision." in asb(*call, json.dumps(inputs | {"more": 1})).err


def test_a_decision_that_another_reads_can_be_given_so_that_the_table_is_asked_by_itself(asb: Asb) -> None:
    inputs = {"effective_action_felt": "no", "asb_persists": "no", "safeguarding_review_needed": "no"}
    call = ("decide", str(ROOT / "bpmn/hertsmere/threshold.dmn"), "--decision", "threshold", "--input")
    for complaints, met in ((2, False), (3, True)):
        ran = asb(*call, json.dumps(inputs | {"counted": {"complaints": complaints, "hate_incidents": 0}}))
        assert (ran.json["met"], ran.err) == (met, "")


def test_a_story_is_told_day_by_day_and_its_record_verified(asb: Asb) -> None:
    told = asb.done("story", "hertsmere", "--scenario", SCENARIO)

    assert "  Application HBC-2026-0001 received from " in told
    assert "verified and every decision computed again: it is whole." in " ".join(told.split())
    assert (asb.home / "story" / "asb.sqlite").exists()
    database = Database(f"sqlite:///{asb.home / 'story' / 'asb.sqlite'}")
    assert (database.property(SIMULATED_NOW) or "") > "2026"  # who looks at it afterwards is at the story's end
    database.close()


def test_a_story_in_which_another_council_is_answered_is_told_to_its_end(asb: Asb) -> None:
    told = asb.done("story", "derbyshire_commissioner", "--scenario", "02_a_day_late_and_not_considered")

    assert "is stuck" not in told


def test_whoever_has_a_folder_has_the_whole_story_that_asb_story_tells() -> None:
    for folder in ("coventry", "derby_city", "derbyshire_commissioner", "hertsmere", "selby"):
        assert (ROOT / "bpmn" / folder / "scenarios/the-whole-story.toml").is_file(), folder
