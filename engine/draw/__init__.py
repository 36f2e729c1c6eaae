"""Pictures and outlines of diagrams, without a browser."""

from engine.draw.folder import title_of, write_drawings
from engine.draw.marks import Mark
from engine.draw.outline import outline
from engine.draw.picture import draw_svg

__all__ = ["Mark", "draw_svg", "outline", "title_of", "write_drawings"]
