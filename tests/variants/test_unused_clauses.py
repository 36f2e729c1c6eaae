"""A clause of the base goes with the alternative that carries it out, and stays where anything left names it."""

from __future__ import annotations

from pathlib import Path

from engine.variants import load_variant
from engine.variants.policy import is_of_the_act

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
