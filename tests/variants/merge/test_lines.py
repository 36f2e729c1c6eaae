"""A line over something of the base that changed, or is gone, is a question; its answers change that line alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from engine.errors import BadInputError
from engine.variants import BaseFolder, Pin
from engine.variants.merge import Side, Update, update_of
from tests.check.builders import limits

HEAD = 'name = "C"\nextends = "base"\n'
ASKED = '{"id": "f", "components": [{"key": "who", "id": "w", "type": "radio", "label": "Who?", "values": [%s]}]}'
TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
    '<decision id="where" name="Where"><variable name="where"/>'
    '<decisionTable hitPolicy="FIRST"><input><inputExpression><text>x</text>'
    '</inputExpression></input><output name="to"/>%s</decisionTable></decision></definitions>'
)


def base(days: int = 2, **changed: str | None) -> dict[str, bytes]:
    files: dict[str, str | None] = {
        "variant.toml": 'name = "Base"\n[contact]\nphone = "1"\n[suggested]\n"limits.answer" = "Usual"\n'
        '"efforts.ways" = "Usual"\n[efforts]\nways = 2\n[slots.way]\nuse = "one"\nalternatives = ["one", "two"]\n'
        '[guards.held]\nbefore = { facts = ["a"] }\nunless = "b = 1"\nsentence = "No."\nclause = "M1"\n',
        "policy.toml": '[M1]\ntext = "One."\n[M2]\ntext = "Two."\n',
        "letters/a.md": '+++\nid = "a"\ntitle = "A"\nto = "x"\n+++\nDear you\n',
        "forms/f.form": ASKED % "",
        "where.dmn": TABLE % "",
        "scenarios/01.toml": 'title = "One"\n',
    } | changed
    written = {file: text.encode() for file, text in files.items() if text is not None}
    return {
        **written,
        "time_limits.dmn": limits(("answer", days, "days", "received_on"), ("other", 5, "days", "received_on")),
    }


def updated(
    lines: str, new: Mapping[str, bytes], *, policy: str = "", answers: Mapping[str, Side] | None = None
) -> Update:
    files = {"variant.toml": (HEAD + lines).encode(), **({"policy.toml": policy.encode()} if policy else {})}
    pin = Pin(folders=(BaseFolder(name="base", files=base()),), pinned_on=date(2026, 3, 2))
    return update_of("council", files, pin, [BaseFolder(name="base", files=new)], answers or {})


def _settings(old: str, new: str) -> dict[str, str]:
    return {"variant.toml": base()["variant.toml"].decode().replace(old, new)}


ROW = '<rule id="r"><inputEntry><text>1</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>'

#: What a council says, what the base changed, and the name of the question.
OVER = {
    "a limit": ('[limits] # ours\nanswer = "9 days after received_on"\n', base(days=3), "limits.answer"),
    "a slot": ('[use]\nway = "two"\n', base(**_settings(', "two"]', "]")), "use.way"),
    "a question": (
        '[[questions]]\nform = "f"\nafter = "who"\nkey = "when"\nlabel = "When?"\n',
        base(**{"forms/f.form": (ASKED % "").replace('"who"', '"whom"')}),
        "questions.f.when",
    ),
    "a choice": (
        '[[choices]]\nform = "f"\nkey = "who"\nchoices = { us = "Us" }\n',
        base(**{"forms/f.form": ASKED % '{"value": "them", "label": "Them"}'}),
        "choices.f.who",
    ),
    "a row": (
        '[[rows]]\ndecision = "where"\nid = "ours"\ninputs = ["5"]\noutputs = ["6"]\n',
        base(**{"where.dmn": TABLE % ROW}),
        "rows.where.ours",
    ),
    "a letter left out": (
        'without = ["letters.a"]\n',
        base(**{"letters/a.md": '+++\nid = "a"\ntitle = "A"\nto = "x"\n+++\nDear all\n'}),
        "without.letters.a",
    ),
    "an example left out": (
        'without = ["scenarios.01"]\n',
        base(**{"scenarios/01.toml": 'title = "Other"\n'}),
        "without.scenarios.01",
    ),
    "something gone": ('without = ["letters.a"]\n', base(**{"letters/a.md": None}), "without.letters.a"),
    "a guard": ('[guards.held]\nunless = "b = 2"\n', base(**_settings("b = 1", "b = 3")), "guards.held"),
    "a setting": ('[contact]\nphone = "9"\n', base(**_settings('phone = "1"', 'phone = "2"')), "contact.phone"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "new", "name"), OVER.values(), ids=OVER.keys())
def test_a_line_over_what_changed_is_asked_and_stays_or_goes(lines: str, new: Mapping[str, bytes], name: str) -> None:
    asked = updated(lines, new)
    assert [question.name for question in asked.open_questions] == [name]
    assert asked.files == {}
    assert updated(lines, new, answers={name: Side.OWN}).files == {}
    taken = updated(lines, new, answers={name: Side.BASE})
    assert taken.open_questions == ()
    assert [(file, (data or b"").decode().strip()) for file, data in taken.files.items()] == [
        ("variant.toml", HEAD.strip())
    ]


@pytest.mark.parametrize(("lines", "name"), [(lines, name) for lines, _, name in OVER.values()], ids=OVER.keys())
def test_a_line_over_what_did_not_change_is_not_asked(lines: str, name: str) -> None:
    new = base(**{"policy.toml": '[M1]\ntext = "One."\n[M2]\ntext = "Two, otherwise."\n'})
    assert name not in {question.name for question in updated(lines, new).questions}


def test_a_setting_that_the_base_now_says_as_the_council_does_is_not_asked() -> None:
    new = base(**_settings('phone = "1"', 'phone = "9"'))
    assert updated('[contact]\nphone = "9"\n', new).questions == ()


@pytest.mark.parametrize(
    ("side", "lines"),
    [
        (Side.BASE, 'accept = ["limits.answer", "efforts.ways"]'),
        (Side.OWN, 'accept = ["efforts.ways"]\n\n[limits]\nanswer = "2 days after received_on"'),
    ],
)
def test_a_suggestion_that_was_accepted_is_asked_anew_where_it_is_another_number(side: Side, lines: str) -> None:
    update = updated(
        'accept = ["limits.answer", "efforts.ways"]\n', base(days=3), answers={"accept.limits.answer": side}
    )
    assert [question.sentence for question in update.questions] == [
        "You accept what the base suggests for limits.answer. It is now “3 days after received_on” instead of “2 days "
        "after received_on”."
    ]
    assert update.after.limits["answer"].limit.amount == (3 if side is Side.BASE else 2)
    assert (update.files.get("variant.toml") or (HEAD + lines).encode()).decode().strip() == (HEAD + lines).strip()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('["C.1"]\ntext = "Ours."\nrestates = ["M1", "M2"]\n', "restates.C.1.M1"),
        ('[M1]\ntext = "Ours."\n', "clauses.M1"),
    ],
)
def test_a_clause_over_one_that_the_base_says_otherwise_is_asked(text: str, name: str) -> None:
    new = base(**{"policy.toml": '[M1]\ntext = "One, otherwise."\n[M2]\ntext = "Two."\n'})
    assert [question.name for question in updated("", new, policy=text).questions] == [name]
    written = updated("", new, policy=text, answers={name: Side.BASE}).files["policy.toml"] or b""
    assert ("M1" in written.decode(), "M2" in written.decode()) == (False, "M2" in text)


def test_other_lines_and_comments_stay_as_they_are_written() -> None:
    lines = (
        '# Ours\n[limits]\nanswer = "9 days after received_on" # goes\n"other" = "6 days after received_on"   # stays\n'
    )
    written = updated(lines, base(days=3), answers={"limits.answer": Side.BASE}).files["variant.toml"]
    assert (written or b"").decode() == HEAD + lines.replace('answer = "9 days after received_on" # goes\n', "")


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"Nothing is asked about “limits\.other”\. There are: limits\.answer\."):
        updated(OVER["a limit"][0], base(days=3), answers={"limits.other": Side.OWN})


def test_an_own_example_that_the_base_changed_is_asked_as_a_whole() -> None:
    files = {"variant.toml": HEAD.encode(), "scenarios/01.toml": b'title = "Ours"\n'}
    pin = Pin(folders=(BaseFolder(name="base", files=base()),), pinned_on=date(2026, 3, 2))
    new = [BaseFolder(name="base", files=base(**{"scenarios/01.toml": 'title = "Theirs"\n'}))]
    assert [question.name for question in update_of("council", files, pin, new, {}).questions] == ["scenarios/01.toml"]
    taken = update_of("council", files, pin, new, {"scenarios/01.toml": Side.BASE})
    assert (taken.files, taken.after.files["scenarios/01.toml"]) == ({"scenarios/01.toml": None}, b'title = "Theirs"\n')


TWICE = TABLE % (ROW + ROW)
BROKEN = {
    "rows of one id": ("where.dmn", TWICE, TABLE % ROW),
    "a table that cannot be read": ("where.dmn", "<definitions>", TABLE % ROW),
    "a form that cannot be read": ("forms/f.form", "[]", ASKED % '{"value": "a", "label": "A"}'),
    "a letter in another encoding": ("letters/a.md", "\xff", '+++\nid = "a"\ntitle = "B"\nto = "x"\n+++\nDear you\n'),
    "a letter whose head is broken": ("letters/a.md", "+++\nid =\n+++\n", '+++\nid = "a"\n+++\nDear you\n'),
}


@pytest.mark.parametrize(("file", "own", "theirs"), BROKEN.values(), ids=BROKEN.keys())
def test_where_one_of_the_three_cannot_be_read_a_person_says_which_file_holds(file: str, own: str, theirs: str) -> None:
    files = {"variant.toml": HEAD.encode(), file: own.encode("latin-1")}
    pin = Pin(folders=(BaseFolder(name="base", files=base()),), pinned_on=date(2026, 3, 2))
    new = [BaseFolder(name="base", files=base(**{file: theirs}))]
    update = update_of("council", files, pin, new, {})
    assert ([question.name for question in update.questions], update.files) == ([file], {})
    assert update_of("council", files, pin, new, {file: Side.BASE}).after.files[file] == theirs.encode()


@pytest.mark.parametrize(
    "lines",
    [
        "accept = 5\n", "without = 5\n", "limits = 5\n", "use = [1]\n", "questions = 5\n", "rows = [1]\n",
        "choices = {}\n", "guards = 5\n", 'without = ["conflicts.M1", "scenarios", "rows.a", ""]\n',
        "[limits]\nanswer = 5\n",
        "[[questions]]\nform = 5\n", '[[choices]]\nchoices = "x"\n', "[contact]\nphone = 5\n",
    ],
)  # fmt: skip
def test_lines_that_say_nothing_are_left_to_the_check(lines: str) -> None:
    new = base(days=3, **_settings('phone = "1"', 'phone = "2"'))
    for question in updated(lines, new, policy="[M9]\nrestates = 5\n").questions:
        assert question.name in ("limits.answer", "contact.phone")
