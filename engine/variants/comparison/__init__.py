"""What differs between two variants, in sentences: two versions of a council's policy, or two councils."""

from engine.variants.comparison.diagrams import marks_of
from engine.variants.comparison.difference import Detail, Difference, How
from engine.variants.comparison.side_by_side import procedures_page
from engine.variants.comparison.whole import compare, in_order, written_otherwise

__all__ = ["Detail", "Difference", "How", "compare", "in_order", "marks_of", "procedures_page", "written_otherwise"]
