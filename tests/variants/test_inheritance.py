"""What a variant takes over from the one it extends, and how it is kept as a version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadInputError, VariantNotFoundError
from engine.toml import read_toml, write_toml
from engine.variants import Variant, load_variant
from tests.variants.conftest import WriteFolder

LETTER = '+++\nid = "%s"\ntitle = "T"\n+++\n%s'


def test_files_are_taken_over_by_name_and_ones_own_win(write_folder: WriteFolder) -> None:
    base_letters = {"letters/ct1.md": LETTER % ("CT1", "base"), "letters/ct3.md": LETTER % ("CT3", "base")}
    write_folder("statutory", {**base_letters, "scenarios/floor.toml": ""})
    own = {"variant.toml": 'name = "H"\nextends = "statutory"', "letters/ct1.md": LETTER % ("CT1", "own")}
    loaded = load_variant(write_folder("hertsmere", own))
    assert loaded.origin == {
        "letters/ct1.md": "hertsmere",
        "letters/ct3.md": "statutory",
        "scenarios/floor.toml": "statutory",
        "variant.toml": "hertsmere",
    }
    assert b"own" in loaded.files["letters/ct1.md"]


def test_settings_and_policy_merge_key_by_key(write_folder: WriteFolder) -> None:
    write_folder(
        "statutory",
        {
            "variant.toml": 'name = "Base"\nreference_prefix = "ACT"\n[contact]\nphone = "1"\nemail = "a@b.example"\n'
            '[[teams]]\nid = "base"\nname = "Base"\n',
            "policy.toml": '["G104.4"]\ntext = "three"\nsource = "the Act"\n["L104.6"]\ntext = "told"',
        },
    )
    own = {
        "variant.toml": 'name = "H"\nextends = "statutory"\n[contact]\nphone = "2"\n'
        '[[teams]]\nid = "own"\nname = "Own"',
        "policy.toml": '["G104.4"]\ntext = "three of them"\n["H1"]\ntext = "ours"',
    }
    loaded = load_variant(write_folder("hertsmere", own))
    settings = loaded.settings
    assert (settings.name, settings.extends, settings.reference_prefix) == ("H", "statutory", "ACT")
    assert settings.contact == {"phone": "2", "email": "a@b.example"}
    assert [team.id for team in settings.teams] == ["base", "own"]
    assert {clause.id: clause.text for clause in loaded.policy.values()} == {
        "G104.4": "three of them",
        "L104.6": "told",
        "H1": "ours",
    }
    assert loaded.policy["G104.4"].source == "the Act"
    assert loaded.problems == ()


def test_a_line_of_three_is_followed_to_its_end(write_folder: WriteFolder) -> None:
    write_folder("statutory", {"policy.toml": "H1 = 'a'\nH2 = 'a'\nH3 = 'a'"})
    write_folder("county", {"variant.toml": 'name = "C"\nextends = "statutory"', "policy.toml": "H2 = 'b'\nH3 = 'b'"})
    town = {"variant.toml": 'name = "T"\nextends = "county"', "policy.toml": "H3 = 'c'"}
    loaded = load_variant(write_folder("town", town))
    assert [loaded.policy[clause].text for clause in ("H1", "H2", "H3")] == ["a", "b", "c"]


def test_what_cannot_be_read_of_the_base_is_said_with_its_name(write_folder: WriteFolder) -> None:
    write_folder("statutory", {"ct1.md": "x"})
    loaded = load_variant(write_folder("hertsmere", {"variant.toml": 'name = "H"\nextends = "statutory"'}))
    [problem] = loaded.problems
    assert problem.sentence.startswith("In statutory: ")


def test_a_circle_is_refused_by_name(write_folder: WriteFolder) -> None:
    write_folder("a", {"variant.toml": 'extends = "b"'})
    write_folder("b", {"variant.toml": 'extends = "a"'})
    with pytest.raises(VariantNotFoundError, match="a → b → a"):
        load_variant(write_folder("a", {"variant.toml": 'extends = "b"'}))


def test_a_line_without_end_is_refused(write_folder: WriteFolder) -> None:
    for number in range(12):
        write_folder(f"v{number}", {"variant.toml": f'extends = "v{number + 1}"'})
    with pytest.raises(VariantNotFoundError, match="more than"):
        load_variant(write_folder("v0", {"variant.toml": 'extends = "v1"'}))


@pytest.mark.parametrize("extends", ['"missing"', '"../statutory"', '"/etc"', "3", '["statutory"]'])
def test_a_base_that_is_not_there_is_refused(write_folder: WriteFolder, extends: str) -> None:
    write_folder("statutory")
    with pytest.raises(VariantNotFoundError, match=r"variant\.toml"):
        load_variant(write_folder("hertsmere", {"variant.toml": f"extends = {extends}"}))


def test_a_base_is_also_looked_for_in_the_root(write_folder: WriteFolder, tmp_path: Path) -> None:
    write_folder("root/statutory", {"policy.toml": "H1 = 'a'"})
    home = write_folder("elsewhere/hertsmere", {"variant.toml": 'name = "H"\nextends = "statutory"'})
    assert list(load_variant(home, root=tmp_path / "root").policy) == ["H1"]
    with pytest.raises(VariantNotFoundError):
        load_variant(home)


def test_the_digest_tells_contents_apart_but_for_scenarios(write_folder: WriteFolder) -> None:
    before = load_variant(write_folder(files={"policy.toml": "H1 = 'a'"})).digest
    assert load_variant(write_folder(files={"policy.toml": "H1 = 'a'", "scenarios/x.toml": "x"})).digest == before
    assert load_variant(write_folder(files={"policy.toml": "H1 = 'b'"})).digest != before
    assert load_variant(write_folder("other", {"policy.toml": "H1 = 'a'"})).digest == before


def test_the_digest_follows_what_is_inherited(write_folder: WriteFolder) -> None:
    write_folder("statutory", {"policy.toml": "H1 = 'a'"})
    own = {"variant.toml": 'name = "H"\nextends = "statutory"'}
    before = load_variant(write_folder("hertsmere", own)).digest
    write_folder("statutory", {"policy.toml": "H1 = 'b'"})
    assert load_variant(write_folder("hertsmere", own)).digest != before


def test_a_packed_variant_is_the_same_variant_and_the_same_bytes(write_folder: WriteFolder) -> None:
    write_folder("statutory", {"letters/ct1.md": LETTER % ("CT1", "x")})
    own = {"variant.toml": 'name = "H"\nextends = "statutory"\n[contact]\nphone = "1"', "scenarios/x.toml": "x"}
    loaded = load_variant(write_folder("hertsmere", own))
    packed = loaded.pack()
    again = Variant.unpack(packed)
    assert (again.id, again.digest, again.files, again.origin) == (
        loaded.id, loaded.digest, loaded.files, loaded.origin,
    )  # fmt: skip
    assert again.settings == loaded.settings
    assert again.pack() == packed == load_variant(write_folder("hertsmere", own)).pack()


@pytest.mark.parametrize("spoil", [lambda b: b"", lambda b: b[:-3], lambda b: b"x" + b, lambda b: b"\x1f\x8b" + b])
def test_damaged_bytes_are_refused_in_a_sentence(write_folder: WriteFolder, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadInputError, match="no packed variant"):
        Variant.unpack(spoil(load_variant(write_folder()).pack()))


_KEYS = st.text(max_size=8)
_PLAIN = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(-(2**62), 2**62),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.floats(allow_nan=False),
)
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
def test_a_table_that_is_written_reads_as_the_same_table(table: dict[str, object]) -> None:
    assert read_toml(write_toml(table), name="x") == table


_HELD = '[guards.{name}]\nbefore = {{ facts = ["met"] }}\nunless = "{unless}"\nsentence = "S."\nclause = "{clause}"\n'


def test_a_guard_that_holds_the_act_cannot_be_changed_by_whoever_inherits_it(write_folder: WriteFolder) -> None:
    act = _HELD.format(name="act", unless="floor", clause="L104.4")
    write_folder("statutory", {"variant.toml": 'name = "Base"\n' + act})
    weaker = 'name = "H"\nextends = "statutory"\n[guards.act]\nunless = "true"\n'
    loaded = load_variant(write_folder("hertsmere", {"variant.toml": weaker}))
    [guard] = loaded.settings.guards
    assert (guard.unless, guard.given_by) == ("floor", "statutory")
    [problem] = loaded.problems
    assert problem.file == "variant.toml"
    assert "[guards.act]: this guard holds the Act (L104.4)" in problem.sentence


def test_a_guard_that_holds_the_act_can_stand_before_more_and_say_it_otherwise(write_folder: WriteFolder) -> None:
    act = _HELD.format(name="act", unless="floor", clause="L104.4")
    write_folder("statutory", {"variant.toml": 'name = "Base"\n' + act})
    more = '[guards.act]\nbefore = { facts = ["agreed"], letters = ["CT3"] }\nsentence = "Three are enough."\n'
    loaded = load_variant(write_folder("hertsmere", {"variant.toml": 'name = "H"\nextends = "statutory"\n' + more}))
    [guard] = loaded.settings.guards
    assert (guard.facts, guard.letters) == ({"met", "agreed"}, {"CT3"})
    assert (guard.unless, guard.words, guard.given_by) == ("floor", "Three are enough (L104.4).", "statutory")
    assert loaded.problems == ()


@pytest.mark.parametrize("before", ["5", '"met"', "{ facts = 5 }"])
def test_what_a_guard_of_the_act_is_to_stand_before_is_a_table_of_lists(write_folder: WriteFolder, before: str) -> None:
    act = _HELD.format(name="act", unless="floor", clause="L104.4")
    write_folder("statutory", {"variant.toml": 'name = "Base"\n' + act})
    own = f'name = "H"\nextends = "statutory"\n[guards.act]\nbefore = {before}\n'
    loaded = load_variant(write_folder("hertsmere", {"variant.toml": own}))
    assert [guard.facts for guard in loaded.settings.guards] == [{"met"}]
    assert "[guards.act]" in loaded.problems[0].sentence


def test_a_guard_of_one_s_own_is_added_and_one_of_no_clause_of_the_act_is_changed(write_folder: WriteFolder) -> None:
    base = _HELD.format(name="ours", unless="asked", clause="H1")
    write_folder("base", {"variant.toml": 'name = "Base"\n' + base})
    more = 'name = "H"\nextends = "base"\n[guards.ours]\nunless = "asked or told"\n'
    own = _HELD.format(name="more", unless="told", clause="H2")
    loaded = load_variant(write_folder("hertsmere", {"variant.toml": more + own}))
    found = {guard.name: (guard.unless, guard.given_by) for guard in loaded.settings.guards}
    assert found == {"ours": ("asked or told", "hertsmere"), "more": ("told", "hertsmere")}
    assert [p for p in loaded.problems if "guard" in p.sentence] == []
