"""What changed between two versions of a policy: in sentences by clause, and as it is drawn, asked and written."""

from engine.workshop.differences.examples import examples_come_out, played_otherwise
from engine.workshop.differences.letters import (
    WordsBeside,
    language_of,
    letter_in,
    sample_pdf,
    sample_text,
    text_beside,
)
from engine.workshop.differences.pictures import DrawnBeside, drawn_beside
from engine.workshop.differences.tables import TableBeside, tables_beside
from engine.workshop.differences.whole import PolicyComparison, what_changed

__all__ = [
    "DrawnBeside",
    "PolicyComparison",
    "TableBeside",
    "WordsBeside",
    "drawn_beside",
    "examples_come_out",
    "language_of",
    "letter_in",
    "played_otherwise",
    "sample_pdf",
    "sample_text",
    "tables_beside",
    "text_beside",
    "what_changed",
]
