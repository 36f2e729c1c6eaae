"""`asb new`: a council's folder from what it answers, by a file or at the keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import main
from engine.cli.interview import interview
from engine.cli.questioner import Questioner
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT

ANSWERS = """
name = "Othershire Council"
reference_prefix = "OTH"
without = ["people"]
[contact]
phone = "01632 960001"
[limits]
"acknowledge" = "3 working days after application_date"
[[people]]
name = "Somebody Else"
teams = ["community_safety"]
"""


EXAMPLE = """
title = "An application is received"
[application]
at = 2026-03-02T10:15:00
file = "application.json"
[application.then]
tasks = ["acknowledge_application"]
due = { acknowledge_application = "acknowledge" }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of variants in which Hertsmere has one worked example, and the model two."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    examples = tmp_path / "bpmn/hertsmere/scenarios"
    for example in examples.glob("*.toml"):
        example.unlink()
    (examples / "01_an_application.toml").write_text(EXAMPLE)
    for example in (tmp_path / "bpmn/model/scenarios").glob("*.toml"):
        if not example.name.startswith(("01_", "02_")):
            example.unlink()
    return tmp_path / "bpmn"


def new(root: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    ran = CliRunner().invoke(
        main, ["new", *arguments], input=typed, env={"ASB_VARIANTS": str(root), "ASB_HOME": str(root.parent / "home")}
    )
    return ran.exit_code, ran.output


def test_from_a_file_of_answers(root: Path) -> None:
    (root.parent / "answers.toml").write_text(ANSWERS)
    pictures = root.parent / "pictures"
    code, said = new(
        root,
        "othershire",
        "--from",
        "hertsmere",
        "--answers",
        str(root.parent / "answers.toml"),
        "--pictures",
        str(pictures),
    )
    assert code == 0, said
    made = load_variant(root / "othershire", root=root)
    assert (made.settings.name, made.settings.extends) == ("Othershire Council", "hertsmere")
    assert made.limits["acknowledge"].limit.amount == 3
    assert made.problems == ()
    assert "how to reach Hertsmere Borough Council" in " ".join(said.split())
    assert "1 scenario, none wrong" in " ".join(said.split())
    assert "What stands above is left to decide." in " ".join(said.split())
    assert (pictures / "case_review.svg").is_file()
    assert sorted(path.name for path in (root / "othershire").iterdir()) == ["base.lock", "variant.toml"]


def typed_over_model(root: Path, *, people: list[str], limits: dict[str, list[str]], **other: list[str]) -> list[str]:
    """What is typed to each question of the model, in their order; empty where nothing else is said."""
    model = load_variant(root / "model", root=root)
    settings = model.settings
    typed = ["Othershire Council", *other.get("prefix", [""]), *other.get("nation", [""])]
    for key in settings.left_to_councils:
        if key.startswith("contact."):
            typed += other.get(key, [""])
    typed += ["under the agreement of 1 April 2026"]  # [delegation]
    typed += ["Safer Othershire", *[""] * (len(settings.teams) - 1)]
    typed += ["Othershire Council", "community_safety", "", "", ""]
    typed += ["Othershire Police", *other.get("police_team", ["police"]), "p@othershire.example", "", ""]
    typed += ["", "Othershire Homes", "partner_agency", "", "yes", "no"]
    typed += ["Youth Service", "", "", "", "", "", ""]
    typed += people
    for name in [*model.limits, *sorted(model.limits_switched_off)]:
        typed += limits.get(name, [""])
    return [*typed, *other.get("complaints", [""]), *[""] * 8]


def made(root: Path, typed: list[str]) -> tuple[Variant, str]:
    code, said = new(root, "othershire", typed="\n".join(typed) + "\n")
    assert code == 0, said
    return load_variant(root / "othershire", root=root), said


NOBODY = ["", ""]


def test_from_what_is_typed(root: Path) -> None:
    people = ["Somebody Else", "s@othershire.example", "community_safety", "officer administrator", *NOBODY]
    council, said = made(root, typed_over_model(root, people=people, limits={"acknowledge": ["5 working days"]}))
    assert council.settings.team_name("community_safety") == "Safer Othershire"
    assert council.settings.team_name("police") == "Othershire Police"
    model = load_variant(root / "model", root=root)
    assert council.limits["acknowledge"].limit.amount == 5
    assert council.limits["acknowledge"].counted_from == model.limits["acknowledge"].counted_from
    assert {edit.key for edit in council.edits if edit.key.startswith("[limits]")} == {'[limits] "acknowledge"'}
    bodies = {agency.id: agency.is_relevant_body for agency in council.settings.agencies}
    assert bodies == {"council": True, "police": True, "housing": True, "youth_service": False}
    assert "efforts.attempts" in council.settings.accept
    assert council.problems == ()
    assert "agencies.health" in said
    assert (root.parent / "home/pictures/othershire/case_review.svg").is_file()


def test_a_wrong_answer_is_asked_again_with_a_sentence(root: Path) -> None:
    people = [
        "Somebody Else",
        "nowhere",
        "s@othershire.example",
        "comunity_safety",
        "community_safety",
        "boss",
        "officer",
    ]
    council, said = made(
        root,
        typed_over_model(
            root, people=[*people, *NOBODY],
            limits={"acknowledge": ["soon", ""], "appeal hearing": ["15 working days", ""]},
            prefix=["oth", "OTH"], nation=["FRA", "WLS"], police_team=["the police", "police"],
            complaints=["three", "2"], **{"contact.email": ["us", "us@othershire.example"]},
        ),
    )  # fmt: skip
    said = " ".join(said.split())
    for sentence in (
        "“reference_prefix” is “oth”, which cannot be used",
        "“FRA” is none of ENG",
        "“us” is no email address",
        "“nowhere” is no email address",
        "There is no team “comunity_safety”",
        "There is no role “boss”",
        "“soon” is no limit",
        "say from when it is counted too",
        "“three” is no whole number",
        "Still lacking: an administrator",
    ):
        assert sentence in said, sentence
    assert (council.settings.reference_prefix, council.settings.subdivision) == ("OTH", "WLS")
    assert council.settings.threshold["complaints"] == 2


def test_an_id_that_is_none_or_is_taken_is_asked_again(root: Path) -> None:
    typed = typed_over_model(root, people=["Somebody Else", "", "", "", "Somebody Else", *NOBODY], limits={})
    place = typed.index("Youth Service") + 1
    typed[place : place + 1] = ["Youth Service!", "police", "7up", "youth"]
    council, said = made(root, typed)
    assert {agency.id for agency in council.settings.agencies} == {"council", "police", "housing", "youth"}
    said = " ".join(said.split())
    assert "There is “police” already. Write another id." in said
    assert "“id” is “Youth Service!”, which cannot be used." in said
    assert "“id” is “7up”, which cannot be used." in said
    assert "“Somebody Else” is named already" in said
    assert council.problems == ()


def test_what_a_list_holds_is_typed_with_commas_between(root: Path) -> None:
    base = load_variant(root / "model_appeals", root=root)
    typed = ["Othershire Commissioner", "OPC", ""]
    typed += [""] * sum(key.startswith("contact.") for key in base.settings.left_to_councils)
    typed += ["hertsmere, derby_city", *[""] * 200]
    code, said = new(root, "othershire", "--from", "model_appeals", typed="\n".join(typed) + "\n")
    assert code == 0, said
    [agreement] = load_variant(root / "othershire", root=root).settings.agreements
    assert agreement.parties == ("hertsmere", "derby_city")


def test_what_is_open_of_an_agency_of_the_base_is_asked_and_said_of_it(root: Path) -> None:
    base = root / "hertsmere" / "variant.toml"
    base.write_text(
        base.read_text() + '\n[left_to_councils]\n"agencies.police.email" = "The mailbox of the police"\n'
        '"agencies.police.name" = "What the police are called"\n'
    )
    said = interview(
        load_variant(root / "hertsmere", root=root),
        Questioner(
            ask=lambda question, **given: {
                "  The mailbox of the police": "p@othershire.example", "  What the police are called": "Our Police"
            }.get(question, given["default"]),
            tell=lambda _: None,
        ),
    )  # fmt: skip
    assert said["agencies"] == [{"id": "police", "email": "p@othershire.example", "name": "Our Police"}]


@pytest.mark.parametrize(
    ("line", "told", "base"),
    [
        ('extends = "hertsmere"', (), "hertsmere"),
        ('extends = "hertsmere"', ("--from", "hertsmere"), "hertsmere"),
        (
            'extends = "statutory"',
            ("--from", "hertsmere"),
            "The answers extend “statutory”, and --from names “hertsmere”.",
        ),
        ("extends = 5", (), "“extends” of the answers is no name of a folder."),
        ('extends = "nowhere"', (), "There is no variant and no folder “nowhere”"),
    ],
)
def test_the_answers_say_what_is_extended_where_the_command_does_not(
    root: Path, line: str, told: tuple[str, ...], base: str
) -> None:
    (root.parent / "answers.toml").write_text(line + ANSWERS)
    code, said = new(root, "othershire", *told, "--answers", str(root.parent / "answers.toml"))
    if base != "hertsmere":
        assert (code, base in " ".join(said.split())) == (2, True), said
        assert not (root / "othershire").exists()
        return
    made = load_variant(root / "othershire", root=root)
    assert (made.settings.extends, made.pin is not None and made.pin.base) == (base, base)
    assert made.problems == ()


def test_a_limit_with_a_floor_is_switched_off_only_by_who_says_it_again(root: Path) -> None:
    limits = {"qualifying complaint": ["none", "none"], "preceding period": ["none", ""]}
    council, said = made(root, typed_over_model(root, people=NOBODY, limits=limits))
    assert "Without one nobody comes in time." in " ".join(said.split())
    assert "qualifying complaint" in council.limits_switched_off
    assert "preceding period" in council.limits


def test_below_the_floor_is_said_at_once_and_kept_when_it_is_said_again(root: Path) -> None:
    limits = {"qualifying complaint": ["2 weeks", "2 weeks"], "preceding period": ["5 months", ""]}
    council, said = made(root, typed_over_model(root, people=NOBODY, limits=limits, complaints=["4", "3"]))
    said = " ".join(said.split())
    assert "Floor: 1 month beginning with incident_on (L104.11)" in said
    assert "That is below the floor (L104.11). With incident on 1 January 2027, a complaint of 31 January 2027" in said
    assert "That is beyond the floor: at most 3 (L104.4)" in said
    assert council.limits["qualifying complaint"].limit.amount == 2
    assert council.limits["preceding period"].limit.amount == 6
    assert "this limit ends on 14 January 2027. The kinder holds" in said, "the check names it among what is left"


def test_it_says_whom_the_worked_examples_need(root: Path) -> None:
    _, said = made(root, typed_over_model(root, people=NOBODY, limits={}))
    assert "2 of community_safety with the role officer" in " ".join(said.split())


@pytest.mark.parametrize(
    ("name", "words"), [("hertsmere", "is there already"), ("../elsewhere", "cannot be the name of a folder")]
)
def test_a_name_that_is_taken_or_none_is_refused_and_nothing_is_written(root: Path, name: str, words: str) -> None:
    (root.parent / "answers.toml").write_text(ANSWERS)
    before = sorted(root.parent.rglob("*"))
    code, said = new(root, name, "--from", "hertsmere", "--answers", str(root.parent / "answers.toml"))
    assert (code, words in said) == (2, True), said
    assert sorted(root.parent.rglob("*")) == before
