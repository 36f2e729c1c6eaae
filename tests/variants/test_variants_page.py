"""The page on variants: its examples are read without a complaint, and name every setting."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from engine.toml import read_toml
from engine.variants import Agency, Person, Team, VariantSettings
from engine.variants.overlay.limit_lines import read_line
from engine.variants.policy import read_policy
from engine.variants.settings_reader import read_settings

PAGE = (Path(__file__).parents[2] / "docs" / "variants.md").read_text()
SETTINGS, *MORE_SETTINGS, POLICY, OVERLAY = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
WHOLE = "\n".join([SETTINGS, *MORE_SETTINGS])


def test_the_example_of_variant_toml_is_read_without_a_complaint_and_sets_everything() -> None:
    settings, sentences = read_settings(read_toml(WHOLE, name="variant.toml"))
    assert sentences == ()
    unset = {
        field.name
        for field in dataclasses.fields(VariantSettings)
        if getattr(settings, field.name) in (None, (), {}, frozenset())
    }
    assert unset == {"logo"}  # which is read from its file


def test_the_example_names_every_key_of_its_tables() -> None:
    table = read_toml(SETTINGS, name="variant.toml")
    for key, kind in (("teams", Team), ("people", Person), ("agencies", Agency)):
        assert {field.name for field in dataclasses.fields(kind)} == {name for row in table[key] for name in row}
    [guard] = table["guards"].values()
    assert guard.keys() == {"before", "when", "unless", "sentence", "clause"}
    assert guard["before"].keys() == {"facts", "ends", "messages", "letters"}


def test_the_example_of_policy_toml_is_read_without_a_complaint() -> None:
    clauses, sentences = read_policy(read_toml(POLICY, name="policy.toml"))
    assert (list(clauses), sentences) == (["H11.1"], [])


def test_the_lines_over_a_base_that_it_shows_are_limits() -> None:
    lines = read_toml(OVERLAY, name="variant.toml")["limits"]
    assert {name: read_line(told).cells["amount"] for name, told in lines.items()} == {
        "acknowledge": "5", "threshold decision": "14", "papers": "5", "first rung": "3", "panel": "40",
        "appeal hearing": "null",
    }  # fmt: skip
