"""What people did in a case, read from its record and played again: by the version it had, and by another one."""
