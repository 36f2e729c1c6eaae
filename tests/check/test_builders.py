"""The diagrams that the tests draw are sound, so that what a test makes wrong is the only thing that is."""

from __future__ import annotations

from engine.check import check_variant
from handlers import HANDLERS
from tests.check.builders import folder, plain


def test_the_plain_folder_has_no_error() -> None:
    findings = check_variant(folder(plain()), handlers=HANDLERS)
    assert [f for f in findings if f.severity == "error"] == []
