"""What a council takes over and nothing in its procedure leads to, it does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.variants import Variant, load_variant
from tests.check.builders import SETTINGS, Drawing, form
from tests.variants.conftest import WriteFolder

_PART = {"type": "textfield", "key": "told_in_part", "label": "What?", "id": "a"}
_MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'
_LETTER = '+++\nid = "{id}"\ntitle = "A letter"\nto = "the applicant"\n+++\nDear ((to))\n'


def _main(*, calls: str) -> bytes:
    return Drawing().start().call("step", process=calls).end().flow("received", "step", "closed").xml()


def _part(name: str, shows: str) -> bytes:
    drawing = Drawing(name).start(f"{name}_begins").user(f"{name}_step", form=shows)
    drawing.send(
        f"{name}_letter", inputs={"letter": f'=if "this" = "that" then "{shows}" else "other"', "to": "somebody"}
    )
    return drawing.end(f"{name}_ends").flow(f"{name}_begins", f"{name}_step", f"{name}_letter", f"{name}_ends").xml()


@pytest.fixture
def base(write_folder: WriteFolder) -> None:
    begun = Drawing("begun").message("m", "tell").start("begun_begins", inner=_MESSAGE).end("begun_ends")
    write_folder(
        "base",
        {
            "variant.toml": SETTINGS,
            "main.bpmn": _main(calls="part"),
            "part.bpmn": _part("part", "asked"),
            "begun.bpmn": begun.flow("begun_begins", "begun_ends").xml(),
            "forms/asked.form": form("asked", _PART),
            "letters/asked.md": _LETTER.format(id="asked"),
            "letters/other.md": _LETTER.format(id="other"),
        },
    )


def _council(write_folder: WriteFolder, lines: str = "", **files: bytes) -> Variant:
    own = {name.replace("__", "/").replace("_bpmn", ".bpmn"): data for name, data in files.items()}
    return load_variant(write_folder("council", {"variant.toml": f'name = "C"\nextends = "base"\n{lines}', **own}))


@pytest.mark.usefixtures("base")
def test_a_council_that_draws_nothing_itself_holds_all(write_folder: WriteFolder) -> None:
    held = _council(write_folder)
    assert set(held.processes) == {"main", "part", "begun"}
    assert (set(held.forms), set(held.letters)) == ({"asked"}, {"asked", "other"})


@pytest.mark.usefixtures("base")
def test_a_part_that_the_council_draws_itself_is_not_held_twice(write_folder: WriteFolder) -> None:
    held = _council(write_folder, main_bpmn=_main(calls="ours"), ours_bpmn=_part("ours", "nothing"))
    assert set(held.processes) == {"main", "ours", "begun"}  # a message still begins the last
    assert held.forms == {}
    assert set(held.letters) == {"other"}  # which the council's own part may send


def _choosing(letter: str) -> dict[str, object]:
    choice = {"label": "This one", "value": letter}
    return {"type": "radio", "key": "which", "label": "Which?", "id": "w", "values": [choice]}


@pytest.mark.parametrize(
    ("step", "given"),
    [
        (Drawing("ours").script("step", expression='="asked"', result="which"), {}),
        (Drawing("ours").script("step", expression='={a: if 1 = 2 then "x" else "asked"}.a', result="which"), {}),
        (Drawing("ours").send("step", outputs={"which": '="asked"'}), {}),
        (Drawing("ours").user("step", form="ours"), {"forms__ours.form": form("ours", _choosing("asked"))}),
        (
            Drawing("ours").user("step", form="ours"),
            {"forms__ours.form": form("ours", {**_PART, "key": "which", "defaultValue": "asked"})},
        ),
    ],
)
@pytest.mark.usefixtures("base")
def test_a_letter_stays_that_is_chosen_before_it_is_written(
    write_folder: WriteFolder, step: Drawing, given: dict[str, bytes]
) -> None:
    step.script("handed_on", expression="=which", result="letter_now")
    step.send("write", inputs={"letter": "=letter_now", "to": "somebody"})
    part = step.start("begins").end("ends").flow("begins", "step", "handed_on", "write", "ends").xml()
    held = _council(write_folder, main_bpmn=_main(calls="ours"), ours_bpmn=part, **given)
    assert "asked" in held.letters


@pytest.mark.usefixtures("base")
def test_a_text_that_is_only_compared_or_never_written_names_no_letter(write_folder: WriteFolder) -> None:
    ours = Drawing("ours").script("step", expression='="asked"', result="which").start("begins").end("ends")
    ours.send("write", inputs={"letter": '=if which = "asked" then "other" else "none"', "to": "somebody"})
    part = ours.flow("begins", "step", "write", "ends").xml()
    held = _council(write_folder, main_bpmn=_main(calls="ours"), ours_bpmn=part)
    assert "asked" not in held.letters


@pytest.mark.usefixtures("base")
def test_what_a_council_draws_stays_although_nothing_calls_it_so_that_the_check_can_say_so(
    write_folder: WriteFolder,
) -> None:
    held = _council(write_folder, main_bpmn=_main(calls="part"), ours_bpmn=_part("ours", "asked"))
    assert "ours" in held.processes


@pytest.mark.usefixtures("base")
def test_what_a_message_begins_is_left_out_by_name(write_folder: WriteFolder) -> None:
    assert set(_council(write_folder, 'without = ["processes.begun"]\n').processes) == {"main", "part"}


@pytest.mark.usefixtures("base")
def test_where_a_diagram_cannot_be_read_nothing_is_taken_out(write_folder: WriteFolder) -> None:
    held = _council(write_folder, main_bpmn=_main(calls="ours"), ours_bpmn=b"<no")
    assert {"part.bpmn", "forms/asked.form"} <= set(held.files)


@pytest.mark.usefixtures("base")
def test_a_guard_taken_over_may_read_what_only_the_dropped_part_tells(
    write_folder: WriteFolder, tmp_path: Path
) -> None:
    guard = '[guards.g]\nbefore = { facts = ["told_in_part"] }\nunless = "true"\nsentence = "S."\nclause = "X"\n'
    settings = tmp_path / "base" / "variant.toml"
    settings.write_text(settings.read_text() + guard)
    held = _council(write_folder, main_bpmn=_main(calls="ours"), ours_bpmn=_part("ours", "nothing"))
    assert "told_in_part" in held.untold
