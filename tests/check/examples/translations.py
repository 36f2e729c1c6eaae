"""A Welsh page that leaves out how the council is rung, and one that says it."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side
from tests.check.examples.languages import IN_WELSH, LINE, PAGE


def _page(says: str, in_welsh: str) -> Side:
    return Side(
        says=says, file="pages/cy/apply.md", excerpt=in_welsh, others=(plain(),), settings=LINE + SETTINGS,
        files={"pages__apply_md": PAGE, "pages__cy__apply_md": in_welsh},
    )  # fmt: skip


EXAMPLE = Example(
    wrong=_page("`pages/apply.md` prints council.phone, and this page does not.", "# Gwneud cais\n\nFfoniwch ni.\n"),
    right=_page("both print it.", IN_WELSH),
)
