"""What went wrong is said once for all scenarios, and their files are rewritten where the policy is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from engine.errors import BadInputError
from engine.scenarios import NewStep
from tests.casework.builders import SETTINGS, chain_of, diagram, process, timer, user

COUNCIL = "othershire"
#: One task, then another; both are due by a day that the diagram computes.
_DUE = '<zeebe:taskSchedule dueDate="=@&quot;{}&quot;"/>'
FIRST = """# Whoever reads this keeps it.
title = "Both are done"   # in a line

[application]
on = 2026-03-02
[application.then]
tasks = ["act"]

# The first of two.
[[step]]
on = 2026-03-03
by = "Officer 1"
task = "act"
[step.then]
tasks = ["tell"]
due = { tell = 2026-03-10 }   # a week

# The second.
[[step]]
at = 2026-03-04T10:30:00
by = "Officer 1"
task = "tell"
[step.then]
status = "closed"
"""
SECOND = """title = "Gone on with"
continues = "first"
until = "act"

[[step]]
on = 2026-03-05
by = "Officer 1"
task = "tell"
"""
PHONE = '[[step]]\n# Whoever applied hears a voice.\nby = "Officer 1"\ntask = "phone"\n'


class Folder:
    """A small council on disk, and `asb simulate` of it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root / COUNCIL
        (self.root / "scenarios").mkdir(parents=True)
        (self.root / "variant.toml").write_text(SETTINGS)
        self.draw("act", "tell")
        self.write(first=FIRST, second=SECOND)
        monkeypatch.setenv("ASB_VARIANTS", str(root))

    def draw(self, *tasks: str, due: str = "2026-03-10") -> None:
        drawn = "".join(user(task, more=_DUE.format(due)) for task in tasks)
        body = f'<bpmn:startEvent id="begin"/>{drawn}<bpmn:endEvent id="done"/>{chain_of("begin", *tasks, "done")}'
        (self.root / "main.bpmn").write_bytes(diagram(process(body)))

    def write(self, **scenarios: str) -> None:
        for name, text in scenarios.items():
            (self.root / "scenarios" / f"{name}.toml").write_text(text)

    def text(self, name: str) -> str:
        return (self.root / "scenarios" / f"{name}.toml").read_text()

    def step(self, text: str = PHONE) -> str:
        (self.root.parent / "step.toml").write_text(text)
        return str(self.root.parent / "step.toml")

    def simulate(self, *more: str) -> Result:
        return CliRunner().invoke(main, ["simulate", COUNCIL, *more])


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    return Folder(tmp_path, monkeypatch)


def _words(result: Result) -> str:
    return " ".join(result.output.split())


def test_the_folder_is_right_as_it_stands(council: Folder) -> None:
    assert council.simulate().exit_code == 0


def test_a_new_task_is_one_line_for_all_scenarios_that_do_not_expect_it(council: Folder) -> None:
    council.draw("act", "phone", "tell")
    result = council.simulate()
    assert result.exit_code == 1
    assert "2 scenarios: the task “phone” is open that they do not expect" in _words(result)
    assert "first, step 1 (3 March 2026, act): open tasks are phone, not tell" in _words(result)
    assert "asb simulate othershire --insert STEP.toml" in _words(result)
    assert "step 2" not in _words(result).replace("second, step 2", "")  # each goes as far as its first miss


def test_programs_read_the_cause_beside_each_miss(council: Folder) -> None:
    council.draw("act", "phone", "tell")
    told = json.loads(council.simulate("--format", "json").output)
    assert {each["misses"][0]["cause"] for each in told} == {"the task “phone” is open that they do not expect"}


def test_a_step_is_put_into_all_that_come_to_the_task_and_they_are_right_again(council: Folder) -> None:
    council.draw("act", "phone", "tell")
    result = council.simulate("--insert", council.step())
    assert result.exit_code == 0, result.output
    assert "rewritten scenarios/first.toml: behind step 1 (3 March 2026, act)" in _words(result)
    assert "2 scenarios, none wrong." in result.output
    assert council.text("first") == FIRST.replace(
        'tasks = ["tell"]\ndue = { tell = 2026-03-10 }   # a week\n\n',
        'tasks = ["phone"]\n\n[[step]]\non = 2026-03-03\n# Whoever applied hears a voice.\nby = "Officer 1"\n'
        'task = "phone"\n[step.then]\ntasks = ["tell"]\ndue = { tell = 2026-03-10 }\n\n',
    )
    assert 'until = "act"\n\n[[step]]\non = 2026-03-03\n' in council.text("second")
    assert council.simulate().exit_code == 0


def test_the_step_comes_before_a_task_that_is_first_after_the_application(council: Folder) -> None:
    council.draw("phone", "act", "tell")
    result = council.simulate("--insert", council.step())
    assert result.exit_code == 0, result.output
    assert 'tasks = ["phone"]\n\n[[step]]\non = 2026-03-02\n' in council.text("first")
    assert council.text("second") == SECOND  # it goes on from the first, and has the step from there


def test_a_scenario_that_is_wrong_for_another_cause_is_not_touched(council: Folder) -> None:
    wrong = FIRST.replace('status = "closed"', 'status = "open"')
    council.write(first=wrong)
    council.draw("act", "phone", "tell")
    result = council.simulate("--insert", council.step())
    assert result.exit_code == 1
    assert council.text("first") == wrong
    assert "left as it is first: step 3" in _words(result)
    assert "the case is closed, not open" in _words(result)
    assert "1 scenario: the case is closed" not in _words(result)  # as it stands it misses at the task


def test_a_step_that_must_be_refused_comes_behind_the_new_one_too(council: Folder) -> None:
    asked = (
        '[[step]]\non = 2026-03-03\nby = "Nobody We Know"\ntask = "tell"\nrefused = "Nobody We Know"\n\n# The second.'
    )
    council.write(first=FIRST.replace("# The second.", asked).replace('tasks = ["tell"]\n', ""))
    assert council.simulate().exit_code == 0
    council.draw("act", "phone", "tell")
    result = council.simulate("--insert", council.step())
    assert result.exit_code == 0, result.output
    assert council.text("first").index('"phone"') < council.text("first").index("refused")


def test_a_step_that_is_refused_is_put_nowhere(council: Folder) -> None:
    council.draw("act", "phone", "tell")
    result = council.simulate("--insert", council.step(PHONE.replace("Officer 1", "Nobody We Know")))
    assert result.exit_code == 1
    assert (council.text("first"), council.text("second")) == (FIRST, SECOND)
    assert "left as it is first: step 2" in _words(result)


def test_new_days_are_taken_over_with_the_comments_beside_them(council: Folder) -> None:
    council.draw("act", "tell", due="2026-03-12")
    assert "2 scenarios, 1 wrong." in council.simulate().output
    result = council.simulate("--accept")
    assert result.exit_code == 0, result.output
    assert "tell 10 March 2026 → 12 March 2026" in _words(result)
    assert council.text("first") == FIRST.replace("tell = 2026-03-10", "tell = 2026-03-12")
    assert council.text("second") == SECOND


def test_a_step_of_the_clock_alone_moves_to_the_day_on_which_it_is_so(council: Folder) -> None:
    asked = '# A week later.\n[[step]]\nat = 2026-03-10T12:00:00\n[step.then]\ntasks = ["ask", "tell"]\n\n# The second.'
    waiting = FIRST.replace("# The second.", asked).replace("2026-03-04T10:30:00", "2026-03-20T10:30:00")
    waiting = waiting.replace('status = "closed"', 'tasks = ["ask"]')
    council.write(first=waiting, second=SECOND)

    def draw(days: int) -> None:
        late = timer("late", on="tell", after=f"P{days}D")
        body = (
            '<bpmn:startEvent id="begin"/>' + user("act") + user("tell", boundary=late, more=_DUE.format("2026-03-10"))
            + user("ask") + '<bpmn:endEvent id="done"/><bpmn:endEvent id="asked"/>'
            + chain_of("begin", "act", "tell", "done") + chain_of("late", "ask", "asked")
        )  # fmt: skip
        (council.root / "main.bpmn").write_bytes(diagram(process(body)))

    draw(7)
    assert council.simulate().exit_code == 0
    draw(9)
    result = council.simulate("--accept")
    assert result.exit_code == 0, result.output
    assert council.text("first") == waiting.replace("2026-03-10T12:00:00", "2026-03-12T12:00:00")
    assert "the day of the step → 12 March 2026" in _words(result)
    draw(30)
    left = council.simulate("--accept")
    assert left.exit_code == 1
    assert "2026-03-12T12:00:00" in council.text("first")


def test_no_day_is_taken_over_where_something_else_is_wrong_too(council: Folder) -> None:
    wrong = FIRST.replace('status = "closed"', 'status = "open"')
    council.write(first=wrong)
    council.draw("act", "tell", due="2026-03-12")
    result = council.simulate("--accept")
    assert result.exit_code == 1
    assert council.text("first") == wrong
    assert "left as it is first: it comes out otherwise in more than days" in _words(result)


def test_what_is_inherited_is_not_rewritten(council: Folder) -> None:
    child = council.root.parent / "child"
    child.mkdir()
    (child / "variant.toml").write_text(f'name = "Child"\nextends = "{COUNCIL}"\nreference_prefix = "C"\n')
    council.draw("act", "tell", due="2026-03-12")
    result = CliRunner().invoke(main, ["simulate", "child", "--accept"])
    assert result.exit_code == 1
    assert council.text("first") == FIRST
    assert "it stands in othershire" in _words(result)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not one step"),
        (PHONE + PHONE, "is not one step"),
        ('[[step]]\nby = "Officer 1"\n', "does not say which task"),
        (PHONE + "on = 2026-03-03\n", "has on, which is each scenario's own"),
        ("title = [", "cannot be read"),
    ],
)
def test_a_file_that_is_no_step_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        NewStep.read(text.encode(), name="step.toml")


def test_one_of_the_two_at_a_time(council: Folder) -> None:
    refused = council.simulate("--accept", "--insert", council.step())
    assert refused.exit_code == 2
    assert "Leave one of them out" in refused.stderr


def test_a_file_that_is_not_there_is_said(council: Folder) -> None:
    refused = council.simulate("--insert", "nowhere.toml")
    assert refused.exit_code == 2
    assert "nowhere.toml" in refused.stderr
