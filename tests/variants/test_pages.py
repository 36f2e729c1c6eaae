"""Pages for the public: Markdown whose placeholders print the council's contact and its limits, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from engine.errors import BadInputError
from engine.variants import Variant, load_variant
from engine.variants.pages import Page, read_page

ROOT = Path(__file__).parents[2]


def page(text: str) -> Page:
    return read_page(text.encode(), file="pages/apply.md")


def html(text: str, **council: str) -> str:
    return MarkdownIt("commonmark", {"html": False}).render(page(f"# Apply\n{text}").filled({"council": council}))


def test_a_page_has_its_title_apart_from_its_text() -> None:
    read = page("# Apply  for a review\n\nRing ((council.phone)) or ((council.phone)).\n")
    assert (read.id, read.title, read.text) == (
        "apply", "Apply  for a review", "Ring ((council.phone)) or ((council.phone)).",
    )  # fmt: skip
    assert (read.placeholders, read.problems) == (("council.phone",), ())


def test_headings_follow_the_title_without_a_gap() -> None:
    assert page("# Apply\n## Who can\nYou.\n### Others\n# Last").text == "# Who can\nYou.\n## Others\n# Last"


@pytest.mark.parametrize("value", ["**b**", "<script>", "[a](https://evil.example)", "# no", "a_b_c", "((council.x))"])
def test_a_value_is_only_ever_words(value: str) -> None:
    escaped = value.replace("<", "&lt;").replace(">", "&gt;")
    assert html("Ring ((council.phone)).", phone=value) == f"<p>Ring {escaped}.</p>\n"


def test_a_value_can_be_the_address_of_a_link_and_cannot_leave_it() -> None:
    assert html("[us](mailto:((council.email)))", email="a_b@c.example") == (
        '<p><a href="mailto:a_b@c.example">us</a></p>\n'
    )
    assert html("[us](((council.page)))", page="https://c.example/a(b)") == (
        '<p><a href="https://c.example/a(b)">us</a></p>\n'
    )
    assert "javascript" not in html("[us](((council.page)))", page="javascript:alert(1)").partition("href")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Apply here.", "does not begin with its title"),
        ("# Apply\nRing ((phone)).", "“((phone” is no placeholder"),
        ("# Apply\n((council.phone??Ring us))", "“((council.phone??Ring us” is no placeholder"),
        ("# Apply\n((council.phone", "no placeholder"),
    ],
)
def test_what_is_wrong_in_a_page_is_said(text: str, said: str) -> None:
    (problem,) = page(text).problems
    assert said in problem


def test_what_is_no_text_or_too_long_is_refused() -> None:
    for data in (b"\xff\xfe", b"# A\n" + b"x" * 200_000):
        with pytest.raises(BadInputError):
            read_page(data, file="pages/apply.md")


def test_a_page_is_part_of_the_variant_its_digest_and_its_inheritance(tmp_path: Path) -> None:
    for name, settings in (("base", 'name = "Base"\n'), ("own", 'name = "Own"\nextends = "base"\n')):
        (tmp_path / name / "pages").mkdir(parents=True)
        (tmp_path / name / "variant.toml").write_text(settings)
    (tmp_path / "base/pages/apply.md").write_text("# Of the base\n")
    before = load_variant(tmp_path / "own")
    assert (before.pages["apply"].title, before.origin["pages/apply.md"]) == ("Of the base", "base")
    (tmp_path / "own/pages/apply.md").write_text("# Of its own\n")
    after = load_variant(tmp_path / "own")
    assert after.pages["apply"].title == "Of its own"
    assert after.digest != before.digest
    assert Variant.unpack(after.pack()).pages["apply"].title == "Of its own"


def test_hertsmeres_page_prints_its_limits_and_its_contact_and_leaves_nothing_open() -> None:
    variant = load_variant(ROOT / "bpmn/hertsmere")
    text = variant.pages["apply"].filled(variant.page_values("en"))
    shown = MarkdownIt("commonmark", {"html": False}).render(text)
    for row in ("acknowledge", "threshold decision", "contact the victim", "qualifying complaint"):
        limit = variant.limits[row].limit
        assert f"{limit.amount} {limit.unit}" in shown
    assert 'href="mailto:community.trigger@hertsmere.gov.uk"' in shown
    assert all(word in shown for word in ("020 8207 7801", "Word form", "Letter:", "999", "101"))
    assert "((" not in text
    assert variant.problems == ()
