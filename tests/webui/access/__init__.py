"""Signing in, and what one's own account offers."""
