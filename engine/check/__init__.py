"""The check: what is wrong in a policy's folder, said to the person who drew it.

`check_paths` for what stands on disk, `check_in_folder` for a variant already read, with what stands beside it or
(`check_variant`) without, `check_diagram` for a lone diagram, `WatchedFolder` for what is open in an editor.
A rule is a file in `engine/check/rules/` and a page in `docs/rules/`; the machine knows none of them.
"""

from engine.check.finding import Finding, each_of
from engine.check.machine import Progress
from engine.check.paths import check_paths
from engine.check.readable_facts import readable_facts
from engine.check.rule import Rule
from engine.check.rules import RULES
from engine.check.variant import check_diagram, check_in_folder, check_variant
from engine.check.watched_folder import OpenFileFindings, WatchedFolder
from engine.problems import Severity

__all__ = [
    "RULES",
    "Finding",
    "OpenFileFindings",
    "Progress",
    "Rule",
    "Severity",
    "WatchedFolder",
    "check_diagram",
    "check_in_folder",
    "check_paths",
    "check_variant",
    "each_of",
    "readable_facts",
]
