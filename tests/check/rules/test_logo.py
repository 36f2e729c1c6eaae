from __future__ import annotations

from engine.check.rules.logo import RULE
from tests.check.builders import SETTINGS, about, folder, plain, together
from tests.check.examples.logo import LINE, SHAPES


def test_a_logo_that_is_not_there_is_named() -> None:
    findings = together(RULE, folder(plain(), settings=LINE + SETTINGS))
    assert about(findings) == [("", "error")]
    assert "The logo logo.svg is not there" in findings[0].sentence


def test_a_logo_of_shapes_and_no_logo_are_left_alone() -> None:
    assert together(RULE, folder(plain(), settings=LINE + SETTINGS, logo_svg=SHAPES)) == []
    assert together(RULE, folder(plain())) == []


def test_a_logo_that_is_more_than_a_picture_is_refused_and_never_shown() -> None:
    variant = folder(plain(), settings=LINE + SETTINGS, logo_svg=SHAPES.replace("<path", "<path onload='alert(1)'"))
    assert about(together(RULE, variant)) == [("", "error")]
    assert variant.settings.logo is None
