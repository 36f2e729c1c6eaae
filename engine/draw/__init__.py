"""Pictures and outlines of diagrams, without a browser."""

from engine.draw.picture import draw_svg

__all__ = ["draw_svg"]
