"""Whatever is handed in, the answer is a sentence and an exit code, never a traceback."""

import json
from pathlib import Path

import pytest

from tests.cli.calls import APPLICATION, Asb

OFFICER = ("--as", "Officer 1")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files that are of no use, which is the working folder."""
    folder = tmp_path / "files"
    (folder / "empty").mkdir(parents=True)
    (folder / "pic.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "pic.bpmn").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "list.json").write_text("[1, 2]")
    (folder / "broken.json").write_text('{"a": ')
    (folder / "other.json").write_bytes(b"\xff\xfe{")
    (folder / "huge.json").write_bytes(b" " * 5_000_001)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (("feel", "1 +"), "a value is expected, not the end of the expression"),
        (("feel", "(" * 10_000 + "1" + ")" * 10_000), "nested more than 100 deep"),
        (("feel", "1+" * 50_000 + "1"), "has 100,001 characters; at most 50,000 are read"),
        (("feel", ""), "is empty"),
        (("feel", "x", "--context", "[1]"), '--context is not a JSON object like {"name": "value"}'),
        (("feel", "x", "--context", "[" * 100_000), "--context is nested too deeply"),
        (("feel", "x", "--context", '{"x": 1e999999999}'), "larger or finer"),
        (("feel", "x", "--context", "@list.json"), "not a JSON object"),
        (("feel", "x", "--context", "@broken.json"), "is not JSON (line 1, column 7"),
        (("feel", "x", "--context", "@other.json"), "other.json is not text in UTF-8. Save it as UTF-8."),
        (("feel", "x", "--context", "@huge.json"), "has more than 5,000,000 bytes"),
        (("feel", "x", "--context", "@nowhere.json"), "There is no file “nowhere.json”"),
        (("feel", "x", "--context", "@empty"), "empty is not a file"),
        (("decide", "pic.png", "--decision", "a"), "pic.png is not readable XML"),
        (("decide", "empty", "--decision", "a"), "empty is not a file"),
        (("check", "nowhere"), "no file or folder “nowhere”"),
        (("check", "empty"), "holds no variant and no diagram"),
        (("check", "list.json"), "is no part of a policy"),
        (("check", ""), "A path is empty"),
        (("simulate", "nowhere"), "There is no variant and no folder “nowhere”. Variants in"),
        (("simulate", "empty"), "no readable variant.toml"),
        (("simulate", "statutory"), "statutory has no scenarios"),
        (("simulate", "hertsmere", "--scenario", "nope"), "has no scenario “nope”. It has: 01_"),
        (("draw", "pic.bpmn", "--out", "out"), "is not readable XML"),
        (("draw", "statutory", "--out", "out"), "statutory has no diagrams to draw"),
        (("draw", "hertsmere", "--out", "/proc/none"), "/proc/none cannot be used"),
        (("open", "hertsmere", "list.json"), "list.json is not a JSON object"),
        (("open", "hertsmere", "nowhere.json"), "There is no file “nowhere.json”"),
        (("open", "statutory", str(APPLICATION)), "No policy of “statutory” is in force"),
        (("tasks", "--case", "nope"), "There is no case “nope”. `asb case` lists the cases."),
        (("case", "nope"), "There is no case “nope”"),
        (("claim", "x", *OFFICER), "“x” is no task; `asb tasks` lists them"),
        (("retry", "x", *OFFICER), "“x” is no incident; `asb case` lists them"),
        (("questions", "nowhere"), "No policy of “nowhere” is in force"),
        (("questions", "nowhere", "--draft"), "There is no variant"),
        (("tick", "--now", "tomorrow"), "“tomorrow” is no moment. Write a day and a time like"),
        (("tick", "--now", "2026-01-01"), "Only a database made for simulation has a clock to set"),
        (("work", "--every", "0"), "0.0 is not in the range"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_call_that_cannot_be_used_says_why_and_gives_2(
    asb: Asb, files: Path, call: tuple[str, ...], sentence: str
) -> None:
    answer = asb(*call)

    assert answer.code == 2
    assert sentence in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "command",
    [
        *("check", "simulate", "draw", "feel", "decide", "open", "send", "questions", "claim", "hand-back", "complete"),
        *("extend", "suspend", "resume", "correct", "retry", "resolve", "make-simulation"),
    ],
)
def test_a_command_without_what_it_needs_names_it(asb: Asb, command: str) -> None:
    answer = asb(command)

    assert answer.code == 2
    assert "Missing" in answer.err


def test_an_application_that_lacks_answers_names_each_on_a_line_of_its_own(asb: Asb, files: Path) -> None:
    (files / "empty.json").write_text("{}")
    asb.put_in_force("hertsmere")

    answer = asb("open", "hertsmere", "empty.json")

    assert answer.code == 2
    assert "`asb questions` lists what is asked" in answer.err
    assert "\n  victim_name: Answer “Name of the victim”.\n" in answer.err
    assert asb("case", "--format", "json").json == []


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (("tasks", "--team", "nope"), "No case knows a team “nope”. Teams are: appeals, "),
        (("claim", "HBC-2026-0001.9999", *OFFICER), "There is no task HBC-2026-0001.9999"),
        (
            ("claim", "TASK", "--as", "Nobody"),
            "Nobody is not among the people of Hertsmere Borough Council: Officer 1, ",
        ),
        (
            ("complete", "TASK", "--as", "Panel Chair"),
            "is for the team Community Safety Team; Panel Chair is not in it",
        ),
        (("complete", "TASK", *OFFICER, "--answers", "{"), "--answers is not JSON"),
        (("send", "HBC-2026-0001", "nope", *OFFICER), "is not waiting for “nope”. It can be told: attempt, withdraw."),
        (("send", "HBC-2026-0001", "withdraw"), "Say who tells it: --as NAME."),
        (("questions", "HBC-2026-0001", "nope"), "cannot be told “nope” now. It can be told: attempt, withdraw."),
        (("correct", "HBC-2026-0001", "nope", "1", "--reason", "x", *OFFICER), "No fact “nope” is known"),
        (("correct", "HBC-2026-0001", "victim_name", "B", "--reason", "x", *OFFICER), "Texts stand in double quotes"),
        (("correct", "HBC-2026-0001", "victim_name", '"B"', "--reason", " ", *OFFICER), "Say why it is corrected"),
        (("extend", "TASK", "--until", "2026-03-01", "--reason", "x", *OFFICER), "must be to a later day"),
        (("resume", "TASK", "--until", "2026-03-01", "--reason", "x", *OFFICER), "is not suspended"),
        (("retry", "HBC-2026-0001.4", *OFFICER), "There is no open incident HBC-2026-0001.4"),
        (("verify", "nope"), "There is no case “nope”"),
        (("tick", "--now", "2026-03-01"), "cannot go back"),
        (("make-simulation", "--now", "2026-03-01"), "holds cases, so it cannot become a database for simulation"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_refusal_changes_nothing_of_the_case(simulated: Asb, call: tuple[str, ...], sentence: str) -> None:
    task = simulated.task("acknowledge_application")
    before = simulated("case", "HBC-2026-0001", "--format", "json").out

    answer = simulated(*(task if word == "TASK" else word for word in call))

    assert answer.code == 2
    assert sentence in answer.err
    assert simulated("case", "HBC-2026-0001", "--format", "json").out == before


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///{folder}/pic.png", "pic.png cannot be used: file is not a database"),
        ("sqlite:///{folder}/empty", "empty cannot be used: unable to open database file"),
        ("postgresql://x:secret@127.0.0.1:1/nope", "Connection refused"),
        ("postgresql://x:secret@host:port/nope", "This is no database URL"),
        ("mysql://x:secret@host/nope", "ASB_DATABASE_URL names no database that is used"),
    ],
)
def test_a_database_that_cannot_be_used_says_so_without_its_password(
    asb: Asb, files: Path, url: str, sentence: str
) -> None:
    answer = Asb(home=asb.home, more={"ASB_DATABASE_URL": url.format(folder=files)})("case")

    assert answer.code == 2
    assert sentence in answer.err
    assert "secret" not in answer.err
    assert (files / "pic.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"ASB_HOMEE": "x"}, "ASB_HOMEE is not read. Known are: ASB_HOME, "),
        ({"ASB_HOME": "/proc/1/none"}, "cannot be used: No such file or directory"),
        ({"ASB_HOME": __file__}, "which is a file. Name a folder."),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(asb: Asb, settings: dict[str, str], sentence: str) -> None:
    answer = Asb(home=asb.home, more=settings)("case")

    assert answer.code == 2
    assert sentence in answer.err


def test_a_fault_of_the_program_is_a_sentence_and_its_place_is_printed_only_if_asked(
    asb: Asb, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("engine.cli.commands.feel.read_answers", broken)

    short, long = asb("feel", "1"), asb("--traceback", "feel", "1")

    assert short.code == long.code == 2
    assert short.err.startswith("This is a fault of asb itself (KeyError: 'surprise').")
    assert "Traceback" not in short.err
    assert "Traceback" in long.err


def test_a_file_that_begins_with_the_mark_of_windows_editors_is_read(asb: Asb, files: Path) -> None:
    (files / "context.json").write_bytes(b"\xef\xbb\xbf" + json.dumps({"x": 2}).encode())

    assert asb("feel", "x + 1", "--context", "@context.json").out == "3\n"
