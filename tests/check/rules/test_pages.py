from __future__ import annotations

import pytest

from engine.check.rules.pages import RULE
from tests.check.builders import SETTINGS, about, folder, plain, together


def test_a_page_whose_placeholders_are_known_is_left_alone() -> None:
    page = "# Apply\nRing ((council.phone)), ((council.name)). We answer within ((limits.acknowledge)).\n"
    assert together(RULE, folder(plain(), pages__apply_md=page)) == []


def test_a_placeholder_that_nothing_gives_is_refused_with_the_one_that_was_meant() -> None:
    page = "# Apply\nRing ((council.fone)) within ((limits.acknowlege)).\n"
    findings = together(RULE, folder(plain(), pages__apply_md=page))
    assert about(findings) == [("apply", "error"), ("apply", "error")]
    assert "“limits.acknowledge” meant" in findings[1].sentence


def test_what_cannot_be_read_in_a_page_is_refused_once() -> None:
    findings = together(RULE, folder(plain(), pages__apply_md="Ring ((phone)).\n"))
    assert [(finding.file, finding.severity) for finding in findings] == [("pages/apply.md", "error")] * 2


def test_a_page_of_a_base_may_print_a_limit_that_it_leaves_to_councils() -> None:
    page = "# Appeal\nAppeal within ((limits.lodge_an_appeal)).\n"
    left = SETTINGS + '[left_to_councils]\n"limits.lodge an appeal" = "By when one can appeal"\n'
    assert together(RULE, folder(plain(), settings=left, pages__apply_md=page)) == []
    assert about(together(RULE, folder(plain(), pages__apply_md=page))) == [("apply", "error")]


@pytest.mark.parametrize(("clause", "severity"), [("L104.3", "error"), ("G3", "warning")])
def test_what_is_to_be_published_is_printed_by_some_page(clause: str, severity: str) -> None:
    asked = (
        f'{SETTINGS}\n[published.contact]\nclause = "{clause}"\nprints_one_of = ["council.phone", "council.email"]\n'
        'sentence = "They name a point of contact."\n'
    )
    (finding,) = together(RULE, folder(plain(), settings=asked, pages__apply_md="# Apply\nWrite to us.\n"))
    assert finding.severity == severity
    assert finding.sentence == (
        f"No page for the public prints ((council.phone)) or ((council.email)) ({clause}): They name a point of "
        "contact. Write it on one."
    )
    assert together(RULE, folder(plain(), settings=asked, pages__apply_md="# Apply\nRing ((council.phone)).\n")) == []


@pytest.mark.parametrize(
    ("link", "ends"),
    [
        ("[Write to us](mailto:((council.email)))", True),
        ("[Write to us](mailto:((council.email))", False),
        ('[Our site](https://council.example "Our site")', True),
        ("[Our site](https://council.example or ring us", False),
    ],
)
def test_the_address_of_a_link_ends(link: str, ends: bool) -> None:
    findings = together(RULE, folder(plain(), pages__apply_md=f"# Apply\n{link}\n"))
    assert any("The address of the link" in each.sentence for each in findings) is not ends
