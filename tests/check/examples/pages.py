"""A placeholder that nothing gives, and one that variant.toml gives."""

from tests.check.builders import plain
from tests.check.example import Example, Side


def _page(placeholder: str) -> Side:
    page = f"# Apply\n\nRing (({placeholder})). We answer within ((limits.acknowledge)).\n"
    return Side(
        says=f"variant.toml gives council.phone, and the page prints {placeholder}.",
        file="pages/apply.md",
        excerpt=page,
        others=(plain(),),
        files={"pages__apply_md": page},
    )


EXAMPLE = Example(wrong=_page("council.fone"), right=_page("council.phone"))
