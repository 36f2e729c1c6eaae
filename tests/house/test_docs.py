"""Every page can be found from the index, and no link leads nowhere."""

import re
from pathlib import PurePosixPath

import pytest

from tests.house.checkout import ROOT, texts

PAGES = sorted(path for path in texts() if path.endswith(".md") and (path.startswith("docs/") or "/" not in path))
DECISIONS = [path for path in PAGES if re.match(r"docs/decisions/\d", path)]


def links(path: str) -> set[str]:
    """What a page links to within the checkout, as paths from its root."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", texts()[path], flags=re.DOTALL)
    named = {target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in target}
    folder = (ROOT / path).parent
    return {(folder / target).resolve().relative_to(ROOT).as_posix() for target in named if target}


@pytest.mark.parametrize("path", PAGES)
def test_no_link_of_a_page_leads_nowhere(path: str) -> None:
    assert sorted(target for target in links(path) if not (ROOT / target).exists()) == []


def test_the_index_names_each_page_once() -> None:
    listed = re.findall(r"\]\(([^)\s]+)\)", texts()["docs/README.md"])
    assert sorted({page for page in listed if listed.count(page) > 1}) == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, waiting = set(), {"docs/README.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        # a link to a folder leads to each page in it
        waiting |= {found for found in PAGES if {found, str(PurePosixPath(found).parent)} & links(page)} - reached
    assert sorted(page for page in PAGES if page.startswith("docs/") and page not in reached) == []


@pytest.mark.parametrize("path", DECISIONS)
def test_a_decision_says_its_number_context_decision_consequence_and_confirmation(path: str) -> None:
    headings = re.findall(r"^#+ (.*)$", texts()[path], flags=re.MULTILINE)
    assert headings[0].startswith(f"{PurePosixPath(path).name[:4]}: ")
    assert headings[1:] == ["Context", "Decision", "Consequence", "Confirmation"]
