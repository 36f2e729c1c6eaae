"""Files between installations, on their pages."""
