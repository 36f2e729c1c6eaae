"""The check: what is wrong in a policy's folder, said to the person who drew it.

`check_paths` for what stands on disk, `check_variant` for a variant already read, `check_diagram` for a lone diagram.
A rule is a file in `engine/lint/rules/` and a page in `docs/rules/`; the machine knows none of them.
"""

from engine.lint.checking import check_diagram, check_variant
from engine.lint.finding import Finding, Severity
from engine.lint.machine import Progress
from engine.lint.paths import check_paths
from engine.lint.rule import Rule
from engine.lint.rules import RULES

__all__ = ["RULES", "Finding", "Progress", "Rule", "Severity", "check_diagram", "check_paths", "check_variant"]
