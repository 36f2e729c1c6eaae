"""What a folder says over what it inherits, line by line: limits, slots, questions, teams, clauses, what to leave out.

Each way is a module. What comes out are files as if the folder held them itself, so that whoever reads a variant
(the engine, the check, the pictures) knows of no overlay; `Edit` says which line of TOML stands behind what.
"""

from engine.variants.overlay.acts_tables import decisions_by_guard
from engine.variants.overlay.agency_conditions import lay_joining
from engine.variants.overlay.components import lay_choices
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.layers import lay_over
from engine.variants.overlay.limit_lines import amount_of_limit, line_of_limit, read_line, row_of_line, with_limit
from engine.variants.overlay.named_lists import setting_at
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.unreached import drop_unreached
from engine.variants.overlay.unused_clauses import drop_unused_clauses

__all__ = [
    "Edit",
    "Sheet",
    "amount_of_limit",
    "decisions_by_guard",
    "drop_unreached",
    "drop_unused_clauses",
    "lay_choices",
    "lay_joining",
    "lay_over",
    "line_of_limit",
    "read_line",
    "row_of_line",
    "setting_at",
    "with_limit",
]
