"""What changed between two versions of a policy: in sentences by clause, and as it is drawn, asked and written."""

from engine.workshop.differences.whole import PolicyComparison, what_changed

__all__ = ["PolicyComparison", "what_changed"]
