"""A clause of the base goes with the alternative that carries it out, and stays where anything left names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.toml import read_toml
from engine.variants import load_variant
from engine.variants.overlay import Sheet, drop_unused_clauses
from engine.variants.policy import is_of_the_act, read_policy

ROOT = Path(__file__).parents[2] / "bpmn"


def test_a_council_holds_no_clause_of_an_alternative_that_it_does_not_use() -> None:
    model, derby = (load_variant(ROOT / name, root=ROOT) for name in ("model", "derby_city"))
    gone = model.policy.keys() - derby.policy.keys()
    assert "M7.5" in gone, "a meeting that decides is another way than Derby's"
    assert not [clause for clause in gone if is_of_the_act(clause)]
    texts = "\n".join(data.decode("utf-8", "replace") for file, data in derby.files.items() if file.endswith(".bpmn"))
    assert not [clause for clause in gone if f'value="{clause}"' in texts]


def test_what_a_council_says_itself_stays_though_nothing_carries_it_out(tmp_path: Path) -> None:
    folder = tmp_path / "othershire"
    folder.mkdir()
    (folder / "variant.toml").write_text('name = "Othershire"\nextends = "model"\n', encoding="utf-8")
    (folder / "policy.toml").write_text('["M7.5"]\ntext = "A meeting decides."\n', encoding="utf-8")
    assert load_variant(folder, root=ROOT).policy["M7.5"].text == "A meeting decides."


_IN_PARTS = '[M6]\ntext = "Asked."\n1 = "By letter."\n[M6.2]\ntext = "By phone."\n'


@pytest.mark.parametrize(
    ("dropped", "named_by_what_is_left", "left"),
    [
        (b"M6 M6.1 M6.2", b"", set()),
        (b"M6", b"", {"M6.1", "M6.2"}),
        (b"M6 M6.1 M6.2", b"M6.2", {"M6.2"}),
        (b"M6.1 M6.2", b"", {"M6"}),
    ],
)
def test_a_clause_goes_without_those_below_it_in_its_table(
    dropped: bytes, named_by_what_is_left: bytes, left: set[str]
) -> None:
    sheet = Sheet(clauses=read_toml(_IN_PARTS, name="policy.toml"), files={"a.bpmn": named_by_what_is_left})
    drop_unused_clauses(sheet, [dropped], {})
    assert set(read_policy(sheet.clauses)[0]) == left
    if not left:
        assert sheet.clauses == {}


def test_leaving_out_a_clause_leaves_those_below_it_in_its_table(tmp_path: Path) -> None:
    for name, settings, policy in (
        ("base", 'name = "Base"\n', _IN_PARTS),
        ("othershire", 'name = "O"\nextends = "base"\nwithout = ["clauses.M6"]\n', ""),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "variant.toml").write_text(settings, encoding="utf-8")
        (tmp_path / name / "policy.toml").write_text(policy, encoding="utf-8")
    assert set(load_variant(tmp_path / "othershire").policy) == {"M6.1", "M6.2"}
