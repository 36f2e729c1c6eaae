"""A logo with a script in it, and one of shapes alone."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side

LINE = 'logo = "logo.svg"\n'
SHAPES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">\n  <path d="M0 0h30v10H0z" fill="#1d70b8"/>\n</svg>\n'
)


def _logo(says: str, svg: str) -> Side:
    return Side(
        says=says, file="logo.svg", excerpt=svg, others=(plain(),), settings=LINE + SETTINGS, files={"logo_svg": svg}
    )


EXAMPLE = Example(
    wrong=_logo("it holds a script.", SHAPES.replace("</svg>", "  <script>alert(1)</script>\n</svg>")),
    right=_logo("it holds shapes and nothing else.", SHAPES),
)
