"""What differs between two variants, in sentences: two versions of a council's policy, or two councils."""

from engine.variants.comparison.difference import Difference, How
from engine.variants.comparison.side_by_side import procedures_page
from engine.variants.comparison.whole import compare

__all__ = ["Difference", "How", "compare", "procedures_page"]
