"""Open cases are moved to another version of their policy, each in a step of its own, or it is said why one cannot."""
