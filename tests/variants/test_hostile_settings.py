"""What a folder, or one that it extends, says in a shape that nobody foresaw is named and never raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.variants import is_base, load_variant


@pytest.mark.parametrize(
    ("base", "own"),
    [
        ("left_to_councils = 5", ""),
        ("left_to_councils = [{ a = 1 }]", ""),
        ('[[agencies]]\nid = ["police"]\nname = "Police"', '[[agencies]]\nid = "police"\nname = "Police"'),
        ('[guards.act]\nbefore = 5\nclause = "L104.4"', '[guards.act]\nbefore = { facts = ["a"] }'),
        (
            '[guards.act]\nbefore = { facts = [{ a = 1 }] }\nclause = "L104.4"',
            '[guards.act]\nbefore = { facts = ["a"] }',
        ),
        (
            '[guards.act]\nbefore = { facts = ["a"] }\nclause = "L104.4"',
            "[guards.act]\nbefore = { facts = [{ a = 1 }] }",
        ),
        ('[guards.act]\nunless = ["floor"]\nown_tables = 5\nclause = "L104.4"', ""),
        ("figures = 5", '[figures.a]\nlabel = "A"'),
        ('[figures.a]\nclauses = ["L104.9", 5]', '[figures.a]\nclauses = [["L104.9"]]'),
        ("floors = 5", "floors = []"),
        ("slots = 5", '[use]\ncompletion = "chased"'),
    ],
)
def test_a_table_of_another_shape_is_named(tmp_path: Path, base: str, own: str) -> None:
    for name, text in (("base", f'name = "Base"\n{base}\n'), ("othershire", f'name = "O"\nextends = "base"\n{own}\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "variant.toml").write_text(text, encoding="utf-8")
    read = load_variant(tmp_path / "othershire")
    assert read.problems
    assert isinstance(is_base(read), bool)
