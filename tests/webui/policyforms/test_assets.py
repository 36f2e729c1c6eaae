"""What is brought in of GOV.UK Frontend: nothing that only a gov.uk domain may carry."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from webui import asset_import
from webui.asset_import import STATIC, VERSION, AssetsError, cut, main

CUTS = ((r"@font-face\{[^}]*\}", "", 2),)


def test_the_committed_files_are_of_the_release_and_hold_no_typeface_crest_or_address() -> None:
    style = (STATIC / "govuk-frontend.min.css").read_text(encoding="utf-8")
    script = (STATIC / "govuk-frontend.min.js").read_text(encoding="utf-8")
    assert f'--govuk-frontend-version:"{VERSION}"' in style
    assert f'version="{VERSION}"' in script
    assert not re.search(r"url\(|@font-face|Transport|crest|sourceMappingURL", style + script)
    assert {path.suffix for path in STATIC.iterdir() if path.is_file()} <= {".css", ".js", ".md", ".svg"}


def test_a_cut_that_is_not_made_as_often_as_expected_is_refused() -> None:
    assert cut("a@font-face{b}c@font-face{d}", CUTS, "x.css") == "ac"
    with pytest.raises(AssetsError, match="occurs 1 times"):
        cut("@font-face{b}", CUTS, "x.css")
    with pytest.raises(AssetsError, match="is left"):
        cut("@font-face{b}@font-face{d} p{background:url(x)}", CUTS, "x.css")


def test_another_release_is_refused_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asset_import, "STATIC", tmp_path / "static")
    (tmp_path / "package.json").write_text(json.dumps({"version": "7.0.0"}))
    with pytest.raises(AssetsError, match=r"7\.0\.0"):
        main(tmp_path)
    assert not (tmp_path / "static").exists()
