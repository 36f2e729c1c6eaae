from __future__ import annotations

from engine.check.rules import called_processes
from engine.check.rules.slots import RULE
from tests.check.builders import SETTINGS, Drawing, about, folder, form, plain, together

ASKED = form("check", {"type": "datetime", "subtype": "date", "key": "completed_on", "dateLabel": "When?", "id": "f"})


def _process(process_id: str, called: str = "") -> Drawing:
    drawing = Drawing(process_id).start(form="application" if process_id == "main" else "")
    step = drawing.call("step", called) if called else drawing.user("step", form="check")
    return step.end().flow("received", "step", "closed")


def _slot(**told: object) -> str:
    lines = "".join(f"{key} = {value!r}\n" for key, value in told.items())
    return f"{SETTINGS}\n[slots.completion]\n{lines}"


def test_a_slot_whose_process_tells_what_it_promises_is_left_alone() -> None:
    settings = _slot(use="completion", leaves=["completed_on"])
    found = folder(_process("main", "completion"), _process("completion"), settings=settings, forms__check_form=ASKED)
    assert together(RULE, found) == []


def test_what_a_called_process_tells_is_told() -> None:
    settings = _slot(use="completion", leaves=["completed_on"])
    drawings = (_process("main", "completion"), _process("completion", "inner"), _process("inner"))
    assert together(RULE, folder(*drawings, settings=settings, forms__check_form=ASKED)) == []


def test_an_alternative_that_does_not_tell_it_is_refused_also_while_it_does_not_run() -> None:
    settings = _slot(use="completion", alternatives=["completion", "silent"], leaves=["completed_on"])
    silent = Drawing("silent").start().user("step").end().flow("received", "step", "closed")
    found = folder(
        _process("main", "completion"), _process("completion"), silent, settings=settings, forms__check_form=ASKED
    )
    [finding] = together(RULE, found)
    assert "completed_on" in finding.sentence
    assert "“silent”" in finding.sentence


def test_a_process_that_is_not_there_is_named_with_the_one_that_was_meant() -> None:
    settings = _slot(use="completoin")
    [finding] = together(RULE, folder(_process("main", "completion"), _process("completion"), settings=settings))
    assert "Is “completion” meant?" in finding.sentence


def test_a_slot_that_nothing_calls_is_pointed_out() -> None:
    assert about(together(RULE, folder(plain(), plain("other"), settings=_slot(use="other")))) == [("", "warning")]


def test_the_other_rules_take_an_alternative_as_called() -> None:
    settings = _slot(use="completion", alternatives=["completion", "other"], leaves=["completed_on"])
    drawings = (_process("main", "completion"), _process("completion"), _process("other"))
    for told, findings in ((settings, []), (SETTINGS, [("other", "warning")])):
        found = folder(*drawings, settings=told, forms__check_form=ASKED)
        assert about(together(called_processes.RULE, found)) == findings
