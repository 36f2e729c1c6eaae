"""Measures what the system can carry. See docs/performance.md for what is measured, how, and what came out."""
