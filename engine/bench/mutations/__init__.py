"""Single slips of the hand in the shipped policies, and who finds them: the check, only a worked example, or nobody."""
