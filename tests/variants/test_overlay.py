"""What a folder says over what it inherits shows in the files as if it held them itself, and wrong lines are named."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.check import Severity, check_paths
from engine.diagram import Process
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEAD = 'name = "Othershire Council"\nextends = "hertsmere"\nreference_prefix = "OTH"\n'


@pytest.fixture
def othershire(tmp_path: Path) -> Path:
    folder = tmp_path / "othershire"
    folder.mkdir()
    return folder


def over_hertsmere(folder: Path, lines: str, policy: str = "") -> Variant:
    (folder / "variant.toml").write_text(HEAD + lines, encoding="utf-8")
    if policy:
        (folder / "policy.toml").write_text(policy, encoding="utf-8")
    return load_variant(folder, root=ROOT / "bpmn")


def sentences(variant: Variant) -> list[str]:
    return [problem.sentence for problem in variant.problems]


def test_a_line_changes_a_limit_and_leaves_the_others(othershire: Path) -> None:
    hertsmere = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
    read = over_hertsmere(
        othershire,
        "[limits]\n"
        '"acknowledge" = "5 working days after application_date"\n"minutes" = "1 week before panel_planned_on"',
    )
    limit, base = read.limits["acknowledge"].limit, hertsmere.limits
    assert (limit.amount, limit.unit, limit.counting, limit.clauses) == (5, "working days", "after", ("H11.1",))
    assert read.limits["minutes"].limit.counting == "before"
    assert read.limits["minutes"].counted_from == "panel_planned_on"
    rest = set(base) - {"acknowledge", "minutes"}
    assert {name: read.limits[name] for name in rest} == {name: base[name] for name in rest}
    assert sentences(read) == []
    [edit] = [each for each in read.edits if each.folder == "othershire" and "acknowledge" in each.key]
    assert "5 working days after application_date instead of 2" in edit.sentence


def test_a_number_alone_is_counted_as_the_base_counts_it(othershire: Path) -> None:
    hertsmere = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn").limits["acknowledge"]
    read = over_hertsmere(othershire, '[limits]\n"acknowledge" = "9 days"').limits["acknowledge"]
    assert (read.limit.amount, read.limit.unit, read.counted_from) == (9, "days", hertsmere.counted_from)
    assert (read.limit.counting, read.limit.counted_from) == (hertsmere.limit.counting, hertsmere.limit.counted_from)


def test_a_number_alone_says_nothing_where_the_base_has_no_such_limit(tmp_path: Path) -> None:
    (tmp_path / "othershire").mkdir()
    (tmp_path / "othershire/variant.toml").write_text(
        'name = "O"\nextends = "model"\n[limits]\n"appeal hearing" = "15 working days"\n'
    )
    read = load_variant(tmp_path / "othershire", root=ROOT / "bpmn")
    assert "appeal hearing" not in read.limits
    assert any("say from when it is counted too" in sentence for sentence in sentences(read))


def test_a_floor_of_the_act_stays(othershire: Path) -> None:
    floor = '[floors."threshold.complaints"]\nmost = 5\nclause = "L104.4"\nsentence = "Five."\n'
    read = over_hertsmere(othershire, floor)
    assert any("This is of the Act (L104.4)" in sentence for sentence in sentences(read))
    held = read.settings.floor("threshold.complaints")
    assert held is not None
    assert held.most == 3


def test_a_limit_that_is_switched_off_is_no_limit_and_no_mistake(othershire: Path) -> None:
    read = over_hertsmere(othershire, '[limits]\n"answer update" = "none"')
    assert "answer update" not in read.limits
    assert read.limits_switched_off == {"answer update", "explain the review"}  # the model ships the second so


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[limits]\n"aknowledge" = "5 working days after application_date"', "no such limit to change"),
        ('[limits]\n"acknowledge" = "soon"', "“soon” is no limit"),
        ('[limits]\n"acknowledge" = "more than 5 days before due_on"', "is no limit"),
        ('[limits]\n"acknowledge" = { amount = 5 }', "Write "),
        ("limits = 5", "Write it as a table"),
        ('without = ["letters.CT99"]', "Nothing of this name is inherited"),
        ('without = ["nothing"]', "Nothing of this name is inherited"),
        ('without = "letters.CT6"', "Write it as a list"),
        ('without = ["guards.three_complaints_bind"]', "holds the Act"),
        ('without = ["guards.three_complaints_bind.before"]', "holds the Act"),
        ('without = ["guards"]', "holds the Act"),
        ('without = ["figures.reviews"]', "holds the Act"),
        ('without = ["clauses.L104.4"]', "is the Act's"),
        ('without = ["files.policy.toml"]', "policy.toml is taken over line by line"),
        ('without = ["files.variant.toml"]', "variant.toml is taken over line by line"),
        ('without = ["files.floor.dmn"]', "By floor.dmn the guard three_complaints_bind holds the Act"),
        ('without = ["rows.floor.floor_three_complaints"]', "By floor.dmn the guard three_complaints_bind holds"),
        ("guards = 5", "This is no table"),
        ("floors = 5", "This is no table, so that the base's floors hold"),
        ("figures = 5", "This is no table, so that the base's figures hold"),
        ("[figures]\nreviews = false", "The Act asks for this figure (L104.9)"),
        ('[figures.reviews]\nwhen = "false"', "“when” reads no fact"),
        ('[guards.three_complaints_bind]\nbefore = { ends = [{ id = "a" }] }', "holds the Act (L104.4)"),
        ('[guards.three_complaints_bind]\nbefore = { ends = "a" }', "holds the Act (L104.4)"),
        ('[guards.three_complaints_bind]\nbefore = { facts = ["a", 5] }', "holds the Act (L104.4)"),
        ('[guards.three_complaints_bind]\nbefore = { facts = ["No fact"] }', "holds the Act (L104.4)"),
        ('[guards.three_complaints_bind]\nbefore = { letter = ["CT3"] }', "holds the Act (L104.4)"),
        ('[guards.three_complaints_bind]\nsentence = "One\\nTwo"', "holds the Act (L104.4)"),
        ('without = ["teams.panel.name"]', "Nothing of this name is inherited"),
        ('teams = [{id = "panel", name = "Pan\\u0000el"}]', "control character"),
        (
            '[[questions]]\nform = "application"\nafter = "hoped_for"\nkey = "a"\nlabel = "A?"\nhint = 5',
            "“hint” is no text",
        ),
        (
            '[[questions]]\nform = "application"\nafter = "hoped_for"\nkey = "a"\nlabel = "A?"\n'
            "properties = { min = 2026-01-01 }",
            "no table of texts",
        ),
        ('[[choices]]\nform = "application"\nkey = "hoped_for"\nchoices = { a = 2026-01-01 }', "and nothing else"),
        ('[use]\ncompletion = "chased"', "There is no slot"),
        ('[[questions]]\nform = "application"\nafter = "nope"\nkey = "a"\nlabel = "A?"', "asks for no “nope”"),
        ('[[questions]]\nform = "nope"\nafter = "a"\nkey = "a"\nlabel = "A?"', "There is no form"),
        ('[[choices]]\nform = "application"\nkey = "nope"\nchoices = { a = "A" }', "asks for “nope”"),
        ('[[rows]]\ndecision = "nope"\nid = "a"\ninputs = []\noutputs = ["1"]', "no decision table “nope”"),
        ('[[rows]]\ndecision = "threshold"\nid = "a"\ninputs = []\noutputs = ["1"]', "Write as many cells"),
        ('[[questions]]\nform = "application"\nkey = "a"\nlabel = "A?"', "“after” is missing"),
    ],
)
def test_a_line_that_says_nothing_is_named(othershire: Path, lines: str, words: str) -> None:
    [sentence] = sentences(over_hertsmere(othershire, lines))
    assert words in sentence


def test_a_team_of_another_name_is_one_line(othershire: Path) -> None:
    read = over_hertsmere(othershire, 'teams = [{id = "community_safety", name = "Safer Othershire"}]')
    hertsmere = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
    lanes = {lane.name for diagram in read.diagrams.values() for lane in _lanes(diagram.processes.values())}
    assert "Safer Othershire" in lanes
    assert "Community Safety Team" not in lanes
    assert [team.id for team in read.settings.teams] == [team.id for team in hertsmere.settings.teams]


def _lanes(processes: object) -> list[object]:
    return [lane for process in processes if isinstance(process, Process) for lane in process.lanes]  # type: ignore[attr-defined]


def test_what_is_left_out_is_gone(othershire: Path) -> None:
    gone = ["letters.CT6", "agencies.pcc", "limits.answer update", "processes.update_request", "clauses.H11.1",
            "conflicts.G3", "questions.application.hoped_for", "rows.threshold.threshold_safeguarding", "pages.apply",
            "scenarios.13_three_months_and_a_day", "efforts", "case_page"]  # fmt: skip
    read = over_hertsmere(othershire, f"without = {json.dumps(gone)}")
    assert sentences(read) == []
    assert "CT6" not in read.letters
    assert "pcc" not in {agency.id for agency in read.settings.agencies}
    assert "answer update" not in {*read.limits, *read.limits_switched_off}
    assert "update_request" not in read.processes
    assert "H11.1" not in read.policy
    assert ("G3",) not in {conflict.clauses for conflict in read.conflicts}
    assert "hoped_for" not in {question.field.key for form, question in read.questions if form.id == "application"}
    assert "threshold_safeguarding" not in str(read.files["threshold.dmn"])
    assert "apply" not in read.pages
    assert "scenarios/13_three_months_and_a_day.toml" not in read.scenario_files
    assert read.settings.efforts == {}
    assert read.settings.case_page == {}


def test_a_question_of_ones_own_stands_where_it_is_wanted(othershire: Path) -> None:
    read = over_hertsmere(
        othershire,
        '[[questions]]\nform = "application"\nafter = "asb_description"\nkey = "under_18"\n'
        'label = "Is anybody under 18?"\ntype = "radio"\nchoices = { yes = "Yes", no = "No" }\nrequired = true\n'
        'hint = "Also who does it."',
    )
    keys = [question.field.key for form, question in read.questions if form.id == "application"]
    assert keys.index("under_18") == keys.index("asb_description") + 1
    assert read.problems == ()


def test_a_choice_and_a_row_of_ones_own_are_offered_and_decided(othershire: Path) -> None:
    read = over_hertsmere(
        othershire,
        """
[[choices]]
form = "acknowledge_application"
key = "unsuitable_because"
choices = { vexatious = "It is vexatious" }
[[rows]]
decision = "where_to_go"
id = "own_row"
inputs = ['"vexatious"']
outputs = ['"It is vexatious"', '"Appeal"']
clause = "H9"
before = "unsuitable_anonymous"
""",
    )
    assert sentences(read) == []
    asked = {question.field.key: question.field for form, question in read.questions if "acknowledge" in form.id}
    assert asked["unsuitable_because"].options[-1].value == "vexatious"
    decided = read.decisions["where_to_go"].decide("where_to_go", {"unsuitable_because": "vexatious"})
    assert decided == {"reason": "It is vexatious", "instead": "Appeal"}


def test_a_clause_that_restates_one_is_cited_in_its_place(othershire: Path) -> None:
    policy = (
        '[D5]\ntext = "Within 5 working days."\nrestates = "H11.1"\n[D5b]\ntext = "In writing."\nrestates = ["H11.1"]\n'
    )
    read = over_hertsmere(othershire, "", policy)
    assert "H11.1" not in read.policy
    assert read.limits["acknowledge"].clauses == ("D5", "D5b")
    cited = {clause for element in read.elements for clause in element.clauses}
    assert {"D5", "D5b"} <= cited
    assert "H11.1" not in cited
    assert "H11.10" in cited
    assert read.problems == ()


@pytest.mark.parametrize(
    "policy",
    ['["L104.4"]\ntext = "The bodies may decide."\n', "[L104]\n4 = \"The bodies may decide.\"\n",
     '["L104.4"]\nin_force_on = 2099-01-01\n'],
)  # fmt: skip
def test_no_council_says_a_clause_of_the_act_in_other_words(othershire: Path, policy: str) -> None:
    hertsmere = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
    read = over_hertsmere(othershire, "", policy)
    [problem] = read.problems
    assert (problem.file, problem.element_id) == ("policy.toml", "L104.4")
    assert "L104.4 is the Act's" in problem.sentence
    assert read.policy["L104.4"] == hertsmere.policy["L104.4"]


def test_a_figure_that_is_counted_otherwise_is_still_the_one_that_the_act_asks_for(othershire: Path) -> None:
    read = over_hertsmere(othershire, '[figures.reviews]\nclauses = ["H1.1"]\nfact = "draft_outcome"\n')
    [figure] = [each for each in read.settings.figures if each.id == "reviews"]
    assert figure.clauses == ("L104.9", "L104.9b", "H1.1")
    assert figure.counts[0].fact == "draft_outcome"
    assert sentences(read) == []


def test_the_items_by_which_the_act_is_held_stay(othershire: Path) -> None:
    over_hertsmere(othershire, 'without = ["items.reports"]')
    found = check_paths([othershire], root=ROOT / "bpmn")
    said = [each.sentence for each in found if each.severity is Severity.ERROR and each.rule == "guards"]
    assert any("by the decision “floor”, which goes by the items “reports”" in sentence for sentence in said)


def test_a_guard_of_the_act_holds_whatever_a_council_adds_to_it(othershire: Path) -> None:
    bad = over_hertsmere(othershire, '[guards.three_complaints_bind]\nbefore = { facts = ["threshold_met", 5] }')
    assert "threshold_met" in next(g.facts for g in bad.settings.guards if g.name == "three_complaints_bind")


def test_a_clause_that_restates_nothing_is_named(othershire: Path) -> None:
    [sentence] = sentences(over_hertsmere(othershire, "", '[D5]\ntext = "Within 5 days."\nrestates = "M99"\n'))
    assert "No folder below has a clause M99" in sentence


def test_the_acts_clauses_are_restated_by_nobody(othershire: Path) -> None:
    read = over_hertsmere(othershire, "", '[D5]\ntext = "Met or not."\nrestates = "L104.4"\n')
    assert "is the Act's" in sentences(read)[0]
    assert "L104.4" in read.policy
    assert {guard.clause for guard in read.settings.guards if guard.name == "three_complaints_bind"} == {"L104.4"}


def test_no_line_changes_the_table_by_which_the_act_is_held(othershire: Path) -> None:
    over_hertsmere(
        othershire,
        "[[rows]]\ndecision = \"floor\"\nid = \"own\"\ninputs = ['>= 0']\noutputs = ['false']\n"
        'before = "floor_three_complaints"',
    )
    found = check_paths([othershire], root=ROOT / "bpmn")
    said = [each.sentence for each in found if each.severity is Severity.ERROR and each.rule == "guards"]
    assert any("holds the Act" in sentence for sentence in said)


def test_a_version_that_was_kept_says_the_same(othershire: Path) -> None:
    read = over_hertsmere(
        othershire, '[limits]\n"acknowledge" = "5 days after application_date"\n"answer update" = "none"'
    )
    again = Variant.unpack(read.pack())
    assert (again.limits, again.limits_switched_off, again.digest) == (
        read.limits,
        read.limits_switched_off,
        read.digest,
    )
    assert again.problems == ()


def test_a_council_holds_the_process_that_stands_in_a_slot_and_none_of_the_others(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    folder = tmp_path / "bpmn" / "othershire"
    folder.mkdir()
    settings = 'name = "Othershire"\nextends = "model"\n[use]\ninvitation = "invitation_is_a_duty"\n'
    (folder / "variant.toml").write_text(settings, encoding="utf-8")
    model, council = (
        load_variant(tmp_path / "bpmn" / name, root=tmp_path / "bpmn") for name in ("model", "othershire")
    )
    assert {"invitation_is_a_duty", "invitation_considered", "agency_confirms"} <= set(model.processes)
    assert "invitation_is_a_duty" in council.processes
    assert not {"invitation_considered", "agency_confirms"} & set(council.processes)
    called = {element.called_process for element in council.elements}
    assert "invitation_is_a_duty" in called
    assert "agency confirms" in model.limits
    assert "agency confirms" not in council.limits
    assert council.untold >= {"second_person"}


JOINS = (
    '[[agencies]]\nid = "youth"\nname = "Youth Offending Service"\nteam = "partner_agency"\n'
    'joins_when = \'involves_under_18 = "yes"\'\nclause = "M11.4"\n'
)


def over_the_model(folder: Path, lines: str) -> Variant:
    (folder / "variant.toml").write_text(HEAD.replace("hertsmere", "model") + lines, encoding="utf-8")
    return load_variant(folder, root=ROOT / "bpmn")


def test_an_agency_that_says_when_it_joins_is_a_row_of_the_table_of_those(othershire: Path) -> None:
    read = over_the_model(othershire, JOINS)
    joining = read.decisions["joining_agencies"]

    assert sentences(read) == []
    assert joining.decide("joining_agencies", {"involves_under_18": "yes"}, now=NOW) == ["youth"]
    assert joining.decide("joining_agencies", {"involves_under_18": "no"}, now=NOW) in (None, [])
    (edit,) = [each for each in read.edits if each.element_id == "joins_youth"]
    assert (edit.folder, edit.key) == ("othershire", "[[agencies]] youth joins_when")
    assert edit.sentence == '“Youth Offending Service” joins by itself where involves_under_18 = "yes".'


def test_a_council_says_otherwise_when_an_agency_of_its_base_joins(tmp_path: Path, othershire: Path) -> None:
    over_the_model(othershire, JOINS)
    folder = tmp_path / "elseshire"
    folder.mkdir()
    line = '[[agencies]]\nid = "youth"\njoins_when = \'risk_level = "high"\'\n'
    (folder / "variant.toml").write_text(f'name = "Elseshire"\nextends = "othershire"\n{line}', encoding="utf-8")
    joining = load_variant(folder, root=ROOT / "bpmn").decisions["joining_agencies"]

    assert joining.decide("joining_agencies", {"involves_under_18": "yes", "risk_level": "low"}, now=NOW) in (None, [])
    assert joining.decide("joining_agencies", {"involves_under_18": "no", "risk_level": "high"}, now=NOW) == ["youth"]


@pytest.mark.parametrize(
    ("base", "lines", "words"),
    [
        ("model", JOINS.replace('= "yes"', "= = 1"), "a value is expected"),
        ("hertsmere", JOINS, "no decision table “joining_agencies”"),
        ("model", JOINS.replace("joins_when", "# joins_when"), "Write joins_when beside it"),
    ],
)
def test_an_agency_that_cannot_join_so_is_named(othershire: Path, base: str, lines: str, words: str) -> None:
    (othershire / "variant.toml").write_text(HEAD.replace("hertsmere", base) + lines, encoding="utf-8")
    said = sentences(load_variant(othershire, root=ROOT / "bpmn"))
    assert any(words in sentence for sentence in said), said


def test_the_check_names_the_line_that_reads_what_nobody_tells(othershire: Path) -> None:
    over_the_model(othershire, JOINS.replace("involves_under_18", "involves_under_19"))
    (finding,) = [
        each for each in check_paths([othershire], root=ROOT / "bpmn") if "involves_under_19" in each.sentence
    ]
    assert finding.severity is Severity.ERROR


def test_what_a_base_says_of_its_own_number_does_not_stand_beside_another(othershire: Path) -> None:
    lines = (
        '[limits]\n"papers" = "3 working days before panel_planned_on"\n'
        '"outcome" = { is = "5 days after panel_held_on", reading = "Calendar days." }\n'
    )
    read = over_the_model(othershire, lines).limits
    assert {name: read[name].note for name in ("papers", "outcome")} == {
        "papers": "",
        "outcome": "Calendar days.",
    }
    assert read["minutes"].note.startswith("Suggested")
