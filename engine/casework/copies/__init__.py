"""Case files that leave the system: for the victim, an agency, the Ombudsman, or whole."""
