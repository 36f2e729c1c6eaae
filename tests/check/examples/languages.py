"""A page that a council of two languages has in one of them, and in both."""

from tests.check.builders import SETTINGS, form, plain
from tests.check.example import Example, Side

PAGE = "# Apply\n\nRing ((council.phone)).\n"
IN_WELSH = "# Gwneud cais\n\nFfoniwch ((council.phone)).\n"
LINE = 'languages = ["en", "cy"]\n'


def _council(says: str, **files: str) -> Side:
    return Side(
        says=says, file="variant.toml", excerpt=LINE, others=(plain(),), settings=LINE + SETTINGS,
        files={"pages__apply_md": PAGE, "forms__cy__application_form": form("application"), **files},
    )  # fmt: skip


EXAMPLE = Example(
    wrong=_council("the council speaks Welsh too, and its folder holds `pages/apply.md` alone."),
    right=_council("the folder holds `pages/cy/apply.md` besides.", pages__cy__apply_md=IN_WELSH),
)
