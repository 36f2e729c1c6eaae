"""Each file of a folder is parsed once, and a version is named by the same text as ever."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import toml
from engine.variants import Variant, load_variant
from tests.variants.conftest import WriteFolder

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
HEADING = b"# Put together from the folders that this variant extends.\n\n"


class CountingParser:
    """Stands in for tomllib and counts by text what is parsed."""

    def __init__(self) -> None:
        self.parsed: Counter[str] = Counter()

    def loads(self, text: str) -> dict[str, object]:
        self.parsed[text] += 1
        return tomllib.loads(text)


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingParser]:
    counting = CountingParser()
    monkeypatch.setattr(toml, "tomllib", counting)
    return counting


def small(write_folder: WriteFolder) -> Path:
    base = {
        "variant.toml": 'name = "Base"\n[contact]\nphone = "1"\nemail = "a@b.example"\n',
        "policy.toml": '["L104.4"]\ntext = "three"\nsource = "the Act"\n',
    }
    own = {
        "variant.toml": 'name = "H"\nextends = "statutory"\n[contact]\nphone = "2"\n',
        "policy.toml": '["H1"]\ntext = "ours"\n',
    }
    write_folder("statutory", base)
    return write_folder("hertsmere", own)


def test_each_file_of_a_council_and_of_its_base_is_parsed_once(parser: CountingParser) -> None:
    assert load_variant(BPMN / "hertsmere").problems == ()
    of_folders = [(BPMN / name / file).read_text() for name in ("hertsmere", "statutory")
                  for file in ("variant.toml", "policy.toml")]  # fmt: skip
    assert [parser.parsed[text] for text in of_folders] == [1, 1, 1, 1]
    assert not [text for text in parser.parsed if text.encode().startswith(HEADING)]


def test_a_folder_that_extends_nothing_is_parsed_once(parser: CountingParser) -> None:
    load_variant(BPMN / "statutory").problems  # noqa: B018 - reading it reads everything
    assert {parser.parsed[(BPMN / "statutory" / file).read_text()] for file in ("variant.toml", "policy.toml")} == {1}


def test_a_version_that_is_unpacked_is_parsed_once(write_folder: WriteFolder, parser: CountingParser) -> None:
    kept = load_variant(small(write_folder)).pack()
    parser.parsed.clear()
    assert Variant.unpack(kept).problems == ()
    assert sorted(parser.parsed.values()) == [1, 1]


def test_a_version_has_the_text_and_the_digest_that_it_always_had(write_folder: WriteFolder) -> None:
    loaded = load_variant(small(write_folder))
    assert loaded.files == {
        "policy.toml": HEADING + b'\n["L104.4"]\ntext = "three"\nsource = "the Act"\n\n[H1]\ntext = "ours"\n',
        "variant.toml": HEADING
        + b'name = "H"\nextends = "statutory"\n\n[contact]\nphone = "2"\nemail = "a@b.example"\n',
    }
    assert loaded.digest == "f748b9c9f6f6a67ae6947c81351bf387dbc235284465a26bd5ea2a7240968f4c"
    unpacked = Variant.unpack(loaded.pack())
    assert (unpacked.settings, unpacked.policy, unpacked.conflicts) == (
        loaded.settings,
        loaded.policy,
        loaded.conflicts,
    )


def test_a_policy_too_large_once_it_is_merged_is_refused_from_the_folder_as_from_the_pack(
    write_folder: WriteFolder,
) -> None:
    half = "x" * (toml.MAX_BYTES // 2 + 100)
    write_folder("statutory", {"policy.toml": f'["L1"]\ntext = "{half}"\n'})
    own = {"variant.toml": 'name = "H"\nextends = "statutory"', "policy.toml": f'["H1"]\ntext = "{half}"\n'}
    loaded = load_variant(write_folder("hertsmere", own))
    [said] = [problem.sentence for problem in loaded.problems if problem.file == "policy.toml"]
    assert "Make it smaller" in said
    assert [problem for problem in Variant.unpack(loaded.pack()).problems if problem.sentence == said]
    assert loaded.policy == {}
