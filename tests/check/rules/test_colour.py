from __future__ import annotations

import pytest

from engine.check.rules.colour import RULE, contrast_with_white
from tests.check.builders import SETTINGS, about, folder, plain, together


@pytest.mark.parametrize(("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#ffd400", 1.43)])
def test_the_contrast_is_that_of_wcag(colour: str, contrast: float) -> None:
    assert contrast_with_white(colour) == contrast


@pytest.mark.parametrize("colour", ["#ffd400", "#ffffff", "#777777"])
def test_a_colour_on_which_white_words_cannot_be_read_is_refused(colour: str) -> None:
    findings = together(RULE, folder(plain(), settings=f'colour = "{colour}"\n{SETTINGS}'))
    assert about(findings) == [("", "error")]
    assert findings[0].file == "variant.toml"
    assert colour in findings[0].sentence


@pytest.mark.parametrize("line", ["", 'colour = "#767676"\n', 'colour = "#1d70b8"\n'])
def test_a_dark_colour_and_none_at_all_are_left_alone(line: str) -> None:
    assert together(RULE, folder(plain(), settings=line + SETTINGS)) == []
