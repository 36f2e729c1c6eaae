"""variant.toml, policy.toml and time_limits.dmn: what they say, and what is said of their mistakes."""

from __future__ import annotations

from datetime import date

import pytest

from engine.calendar import Counting, Unit
from engine.record_kinds import RecordKind
from engine.toml import read_toml
from engine.variants import Countable, load_variant
from engine.variants.policy import read_policy
from engine.variants.settings_reader import read_settings
from tests.variants.conftest import WriteFolder

FULL = """
name = "Hertsmere Borough Council"
extends = "statutory"
main_process = "case_review"
reference_prefix = "HBC"
[calendar]
subdivision = "WLS"
closure_days = [2026-12-29]
extra_holidays = { "2027-05-07" = "A coronation" }
[contact]
phone = "020 8207 7801"
[[teams]]
id = "csp"
name = "Community Safety Team"
substitute = "police"
[[teams]]
id = "police"
name = "Constabulary"
[[people]]
name = "Officer 1"
teams = ["csp"]
line_manager = "Officer 2"
head_of_service = "Officer 2"
[[people]]
name = "Officer 2"
[[agencies]]
id = "police"
name = "Hertfordshire Constabulary"
team = "police"
email = "asb@police.example"
is_public_body = true
is_relevant_body = true
[items]
reports = "report"
appeals = { word = "appeal", day = "received_on" }
[delegation]
threshold = "the agreement of 2026"
[guards.met]
before = { facts = ["threshold_met"], ends = ["*"] }
when = "threshold_met = false"
unless = "=floor != true"
sentence = "It is met."
clause = "L104.4"
[retention]
years = 6
[threshold]
complaints = 3
window = "any"
[threshold_choices]
window = ["preceding", "any"]
[appeal]
body = "Community Safety Manager"
[figures.not_met]
label = "Not met"
fact = "threshold_met"
value = false
clauses = ["L104.9"]
[figures.reviews]
label = "Reviews"
fact = "held_on"
counted_on = "value"
[figures.applications]
label = "Applications"
record = "application received"
counted_on = "application_date"
[[figures.applications.also]]
fact = "applied_again_on"
counted_on = "value"
when = '=role != "manager"'
[copies.victim]
leaves_out = 'told_to_victim = "no"'
letters_to = ["victim_name"]
"""


def test_everything_in_variant_toml_has_its_place() -> None:
    settings, sentences = read_settings(read_toml(FULL, name="variant.toml"))
    assert sentences == ()
    assert settings.subdivision == "WLS"
    assert settings.closure_days == {date(2026, 12, 29)}
    assert settings.extra_holidays == {date(2027, 5, 7): "A coronation"}
    assert settings.council == {
        "phone": "020 8207 7801",
        "name": "Hertsmere Borough Council",
        "delegation": "the agreement of 2026",
    }
    team, person = settings.team("csp"), settings.person("Officer 1")
    assert team is not None
    assert person is not None
    assert (team.name, team.substitute) == ("Community Safety Team", "police")
    assert (person.teams, person.line_manager, person.head_of_service) == (("csp",), "Officer 2", "Officer 2")
    assert settings.team("nobody") is None
    assert settings.person("Nobody") is None
    [agency] = settings.agencies
    assert (agency.team, agency.is_public_body, agency.is_relevant_body) == ("police", True, True)
    assert settings.items == {"reports": "report", "appeals": "appeal"}
    assert (settings.item_days, settings.retention_years) == ({"appeals": "received_on"}, 6)
    assert settings.appeal == {"body": "Community Safety Manager"}
    [guard] = settings.guards
    assert (guard.facts, guard.ends, guard.unless) == ({"threshold_met"}, {"*"}, "floor != true")
    assert guard.words == "It is met (L104.4)."
    not_met, reviews, applications = settings.figures
    assert (not_met.id, not_met.clauses) == ("not_met", ("L104.9",))
    assert not_met.counts == (Countable(fact="threshold_met", value=False),)
    assert reviews.counts == (Countable(fact="held_on", is_dated_by_value=True),)
    assert applications.counts == (
        Countable(record=RecordKind.APPLICATION_RECEIVED, dated_by="application_date"),
        Countable(fact="applied_again_on", is_dated_by_value=True, when='role != "manager"'),
    )
    assert settings.counted_facts == {"threshold_met", "held_on", "applied_again_on"}
    assert settings.copy_for("victim").letters_to == ("victim_name",)
    assert settings.copy_for("panel").leaves_out == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[guards.x]\nunless = "true"\nsentence = "S."\nclause = "L1"', "It stands before nothing"),
        ('[guards.x]\nbefore = { facts = ["a"] }\nsentence = "S."\nclause = "L1"', "“unless” is missing"),
        (
            '[guards.x]\nbefore = { facts = ["a"] }\nunless = "1 +"\nsentence = "S."\nclause = "L1"',
            "“unless” cannot be",
        ),
        (
            '[guards.x]\nbefore = { facts = ["A b"] }\nunless = "true"\nsentence = "S."\nclause = "L1"',
            "no name of a fact",
        ),
        (
            '[guards.x]\nbefore = { fact = ["a"] }\nunless = "true"\nsentence = "S."\nclause = "L1"',
            "“fact” is not read",
        ),
        ('[figures.x]\nlabel = "X"', 'one of record = "…", fact = "…"'),
        ('[figures.x]\nlabel = "X"\nfact = "y"\nrecord = "z"', 'one of record = "…", fact = "…"'),
        ('[figures.x]\nlabel = "X"\nrecord = "letter snet"', "no entries of the kind “letter snet”"),
        ('[figures.x]\nfact = "y"', "“label” is missing"),
        ('[figures.x]\nlabel = "X"\nfact = "y"\ncounted_on = "Monday"', 'Write "told" or "value"'),
        ('[figures.x]\nlabel = "X"\nfact = "y"\nvalue = [1]', "“value” is neither"),
        ('[figures.x]\nlabel = "X"\nrecord = "application received"\ncounted_on = "value"', 'have no "value"'),
        ('[figures.x]\nlabel = "X"\nfact = "y"\nwhen = 1', "“when” is not a text"),
        ('[figures.x]\nlabel = "X"\nfact = "y"\nwhen = "a = = b"', "“when” is no expression"),
        ('[figures.x]\nlabel = "X"\nfact = "y"\n[[figures.x.also]]\nvalue = 1', 'one of record = "…"'),
        ('[figures.x]\nlabel = "X"\nfact = "y"\nonce = 1', "“once” is not read"),
        ("[figures]\nx = 1", "[figures.name]"),
        ('[copies.mayor]\nleaves_out = "x"', "“mayor” is nobody"),
    ],
)
def test_what_is_wrong_with_figures_and_copies_is_said(text: str, said: str) -> None:
    _, sentences = read_settings(read_toml(f'name = "A"\n{text}', name="variant.toml"))
    assert said in " ".join(sentences)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('name = "Hertsmere Borough Council"', "", "“name” is missing"),
        ('name = "Hertsmere Borough Council"', "name = 3", "not a text"),
        ('reference_prefix = "HBC"', 'reference_prefix = "h b c"', "cannot be used"),
        ('reference_prefix = "HBC"', 'referenceprefix = "HBC"', "not read"),
        ("closure_days = [2026-12-29]", 'closure_days = ["Christmas"]', "not a list of days"),
        ("closure_days = [2026-12-29]", "closure_days = [2026-12-29T10:00:00]", "not a list of days"),
        ('"2027-05-07"', '"7 May"', "not a day"),
        ('phone = "020 8207 7801"', "phone = 20", "not a text"),
        ('phone = "020 8207 7801"', '"Phone no" = "1"', "no name that a letter can use"),
        ('id = "csp"', 'id = "Community safety"', "cannot be used"),
        ('id = "csp"', 'id = "police"', "there twice"),
        ('substitute = "police"', 'substitute = "polcie"', "which is not there"),
        ('teams = ["csp"]', 'teams = ["cps"]', "which is not there"),
        ('teams = ["csp"]', 'teams = ["csp"]\nroles = ["oficer"]', "no role “oficer”. Write some of: administrator,"),
        ('teams = ["csp"]', 'teams = "csp"', "not a list of texts"),
        ('line_manager = "Officer 2"', 'line_manager = "Officer 3"', "which is not there"),
        ('team = "police"', 'team = "polcie"', "which is not there"),
        ("is_public_body = true", 'is_public_body = "yes"', "neither true nor false"),
        ('reports = "report"', "reports = 1", "not understood"),
        ('unless = "=floor != true"', "", "“unless” is missing"),
        ("years = 6", "years = 0", "whole number"),
        ("years = 6", "years = true", "whole number"),
        ('window = "any"', 'window = "ayn"', "[threshold]: “window” is “ayn”. It can be: “preceding”, “any”."),
        ('["preceding", "any"]', '"any"', "not a list of texts"),
        ("[contact]\n", "[[contact]]\n", "not a table"),
        ("[[agencies]]\n", "[agencies]\n", "not a list of tables"),
    ],
)
def test_each_mistake_in_variant_toml_is_said_in_a_sentence(before: str, after: str, words: str) -> None:
    assert FULL.count(before) >= 1
    _, sentences = read_settings(read_toml(FULL.replace(before, after, 1), name="variant.toml"))
    assert any(words in sentence for sentence in sentences), sentences
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_calendar_that_cannot_count_is_a_problem_and_england_counts_instead(write_folder: WriteFolder) -> None:
    loaded = load_variant(write_folder(files={"variant.toml": 'name = "H"\n[calendar]\nsubdivision = "FR"'}))
    assert [problem.file for problem in loaded.problems] == ["variant.toml"]
    assert loaded.calendar.subdivision == "ENG"


def test_clauses_are_read_with_and_without_quotation_marks() -> None:
    table = read_toml('[H13]\ntext = "a"\n[H13.1]\ntext = "b\\n  c"\nsource = "s"\n["H13.2"]\ntext = "d"', name="x")
    clauses, sentences = read_policy(table)
    assert {clause.id: clause.text for clause in clauses.values()} == {"H13": "a", "H13.1": "b c", "H13.2": "d"}
    assert clauses["H13.1"].source == "s"
    assert sentences == []


def test_a_clause_says_when_it_comes_into_force_or_that_it_is_to_be_looked_up() -> None:
    table = read_toml(
        '[A]\ntext = "a"\n[B]\ntext = "b"\nin_force_on = ""\n[C]\ntext = "c"\nin_force_on = 2027-04-01', name="x"
    )
    clauses, sentences = read_policy(table)
    assert [clause.is_to_be_looked_up for clause in clauses.values()] == [False, True, False]
    assert clauses["C"].in_force_on == date(2027, 4, 1)
    assert sentences == []


@pytest.mark.parametrize(
    "text",
    [
        '"H 1" = "x"', "H1 = 3", '[H1]\nsource = "x"', '[H1]\ntext = "x"\nauthor = "y"',
        '[H1]\ntext = "x"\nin_force_on = "soon"', '[H1]\ntext = "x"\nin_force_on = 2027-04-01T10:00:00',
    ],
)  # fmt: skip
def test_a_clause_that_says_nothing_usable_is_named(text: str) -> None:
    clauses, sentences = read_policy(read_toml(text, name="policy.toml"))
    assert clauses == {}
    assert len(sentences) == 1


HEAD = """<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="limits" name="Time limits" namespace="x">
<decision id="time_limits" name="Time limits"><decisionTable id="table" hitPolicy="UNIQUE">
<input id="i" label="Limit"><inputExpression id="e" typeRef="string"><text>limit</text></inputExpression></input>
<output id="o1" name="amount" typeRef="number"/><output id="o2" name="unit" typeRef="string"/>
<output id="o3" name="counting" typeRef="string"/><output id="o4" name="counted_from" typeRef="string"/>
<annotation name="Clause"/><annotation name="Reading"/>"""
ROW = """<rule id="row_%s"><inputEntry id="%s_i"><text>"%s"</text></inputEntry>
<outputEntry id="%s_1"><text>%s</text></outputEntry><outputEntry id="%s_2"><text>%s</text></outputEntry>
<outputEntry id="%s_3"><text>%s</text></outputEntry><outputEntry id="%s_4"><text>%s</text></outputEntry>
<annotationEntry><text>H11.1, H11.2</text></annotationEntry>
<annotationEntry><text>Kindly.</text></annotationEntry></rule>"""
FOOT = "</decisionTable></decision></definitions>"


def row(
    name: str = "acknowledge",
    amount: str = "2",
    unit: str = '"working days"',
    counting: str = '"after"',
    counted_from: str = '"application_date"',
    number: int = 1,
) -> str:
    n = str(number)
    return ROW % (n, n, name, n, amount, n, unit, n, counting, n, counted_from)


def test_a_row_of_time_limits_is_a_limit_with_its_clauses_and_reading(write_folder: WriteFolder) -> None:
    loaded = load_variant(write_folder(files={"time_limits.dmn": HEAD + row() + FOOT}))
    assert loaded.problems == ()
    limit = loaded.limits["acknowledge"]
    assert (limit.limit.amount, limit.limit.unit, limit.limit.counting) == (2, Unit.WORKING_DAYS, Counting.AFTER)
    assert (limit.counted_from, limit.limit.counted_from) == ("application_date", "the application date")
    assert (limit.clauses, limit.note, limit.rule_id) == (("H11.1", "H11.2"), "Kindly.", "row_1")
    due = loaded.calendar.due(limit.limit, date(2026, 4, 30))
    assert due.due_on == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": "two"}, "whole number"),
        ({"amount": "2 + 1"}, "whole number"),
        ({"unit": '"fortnights"'}, "fortnights"),
        ({"unit": "days"}, "quotation marks"),
        ({"counting": '"until"'}, "until"),
        ({"counted_from": '""'}, "quotation marks"),
    ],
)
def test_a_row_that_is_no_limit_is_named_and_the_others_hold(
    write_folder: WriteFolder, changed: dict[str, str], words: str
) -> None:
    rows = row() + row(name="other", number=2, **changed)
    loaded = load_variant(write_folder(files={"time_limits.dmn": HEAD + rows + FOOT}))
    assert list(loaded.limits) == ["acknowledge"]
    problems = [problem for problem in loaded.problems if problem.element_id == "row_2"]
    assert len(problems) == 1
    assert words in problems[0].sentence


def test_a_limit_with_two_rows_is_a_problem(write_folder: WriteFolder) -> None:
    loaded = load_variant(write_folder(files={"time_limits.dmn": HEAD + row() + row(number=2) + FOOT}))
    assert any("two rows" in problem.sentence for problem in loaded.problems)


def test_a_file_of_limits_without_the_table_is_a_problem(write_folder: WriteFolder) -> None:
    other = (
        (HEAD + row() + FOOT)
        .replace('id="time_limits"', 'id="limits"')
        .replace('id="limits" name="Time limits" na', 'id="d" name="x" na')
    )
    loaded = load_variant(write_folder(files={"time_limits.dmn": other}))
    assert any("time_limits" in problem.sentence for problem in loaded.problems)
    assert loaded.limits == {}
