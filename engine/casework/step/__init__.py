"""The step: everything that moves a case, in one transaction, and the office in which it is made."""
