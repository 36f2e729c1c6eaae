"""What was put in force of a council's policy, as its people read it, and its folder to take along."""

from __future__ import annotations

import io
import re
import zipfile

from engine.casework.policies.put_in_force import PolicyDecision, put_in_force
from engine.variants import Commit, Variant, read_source
from tests.house.checkout import ROOT
from tests.webui.office import HERTSMERE, Web

FOLDER = ROOT / "bpmn" / HERTSMERE


def changed(variant: Variant) -> Variant:
    files = {**variant.files, "variant.toml": variant.files["variant.toml"].replace(b"020 8207 7801", b"01234 000000")}
    return Variant.from_files(files, variant.id)


def put_second(web: Web) -> None:
    source = read_source(FOLDER, ROOT / "bpmn")
    judgement = {
        "differences": [{"clauses": ["H1.1"], "how": "changed", "sentence": "The phone is 01234 000000."}],
        "warnings": [{"file": "policy.toml", "message": "Nobody knows the day.", "despite": "It was looked for."}],
    }
    decision = PolicyDecision(
        by="Owner 2", why="A new <phone>", source=(source.digest, source.pack()), judgement=judgement,
        approved_by="Owner 1", commit=Commit(id="1a2b3c4d5e6f" + "0" * 28, has_all=False),
    )  # fmt: skip
    put_in_force(web.office, changed(web.variant), decision)


def test_each_version_says_who_decided_it_and_why_the_last_first(web: Web) -> None:
    put_second(web)
    page = web.client_of("Officer 1").get("/policy/versions").get_data(as_text=True)
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert words.index("Version 2 In force") < words.index("Version 1 ")
    assert "Put in force by Owner 2 on Monday 2 March 2026, approved by Owner 1: A new &lt;phone&gt;" in words
    assert "H1.1: The phone is 01234 000000." in words
    assert "policy.toml: Nobody knows the day. Passed over: It was looked for." in words
    assert words.count("It was read from commit 1a2b3c4d5e6f of a git checkout, with changes that are not in it.") == 1
    assert words.count("In force ") == 1


def test_a_folder_is_downloaded_as_it_was(web: Web) -> None:
    put_second(web)
    browser = web.client_of("Officer 1")
    answer = browser.get("/policy/versions/2/folder")
    assert answer.headers["Content-Disposition"] == "attachment; filename=hertsmere-version-2.zip"
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        assert archive.read("hertsmere/variant.toml") == (FOLDER / "variant.toml").read_bytes()
        assert {name.partition("/")[0] for name in archive.namelist()} == {"hertsmere", "model", "statutory"}


def test_a_folder_that_was_not_kept_is_not_found(web: Web) -> None:
    browser = web.client_of("Officer 1")
    assert browser.get("/policy/versions/1/folder").status_code == 404
    assert browser.get("/policy/versions/9/folder").status_code == 404
