"""Pictures and outlines of diagrams, without a browser."""

from engine.draw.folder import title_of, write_drawings
from engine.draw.marks import Mark
from engine.draw.outline import outline, outline_of_case
from engine.draw.picture import HERE, draw_svg
from engine.draw.policy_words import PolicyWords, Said
from engine.draw.poster import poster_pdf

__all__ = [
    "HERE",
    "Mark",
    "PolicyWords",
    "Said",
    "draw_svg",
    "outline",
    "outline_of_case",
    "poster_pdf",
    "title_of",
    "write_drawings",
]
