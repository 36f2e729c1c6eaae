"""The policy as it stands: its diagrams, limits and clauses, and what the check finds."""

from webui.policy.views import blueprint

__all__ = ["blueprint"]
