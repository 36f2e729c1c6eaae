"""The policy as it stands: its diagrams, limits and clauses, what the check finds, and what each version changed."""

from webui.policy import differences  # noqa: F401  # its pages are added as it is read
from webui.policy.views import blueprint

__all__ = ["blueprint"]
