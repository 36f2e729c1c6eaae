"""What a base changed, brought into what a council has of its own: by row, element, question, paragraph and line.

Three states are compared: the base as it was pinned, the council's own, the base as it is. What only one side changed
holds; what both changed is a question (docs/decisions/0009-a-council-runs-on-the-base-it-has-seen.md).
"""

from engine.variants.merge.inquiry import Side, UpdateQuestion
from engine.variants.merge.whole import Update, update_of

__all__ = ["Side", "Update", "UpdateQuestion", "update_of"]
