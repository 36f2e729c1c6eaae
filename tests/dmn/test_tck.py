"""The public cases of the DMN Technology Compatibility Kit, where a folder of it stands beside the checkout."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.dmn.kit import KitCase, Outcome, cases, kit_folder, run

#: Of level 3 what is known not to be had: imports of other files, functions in Java, patterns that look back.
_LEAST_RIGHT = 0.985


@pytest.mark.skipif(kit_folder(2) is None, reason="the folder dmn-tck-level-2 does not stand beside the checkout")
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases(2)])
def test_every_case_of_level_2_gives_the_expected_result(case: KitCase) -> None:
    assert case.expected
    assert run(case) == (Outcome.RIGHT, "")


@pytest.mark.skipif(kit_folder(2) is None, reason="the folder dmn-tck-level-2 does not stand beside the checkout")
def test_level_2_has_its_116_cases() -> None:
    assert len(list(cases(2))) == 116


@pytest.mark.skipif(kit_folder(3) is None, reason="the folder dmn-tck-level-3 does not stand beside the checkout")
def test_no_case_of_level_3_gives_another_value_and_nearly_all_are_right() -> None:
    found = [(case.name, *run(case)) for case in cases(3)]
    assert {name: words for name, outcome, words in found if outcome is Outcome.OTHER} == {}
    assert Counter(outcome for _, outcome, _ in found)[Outcome.RIGHT] >= _LEAST_RIGHT * len(found)
