"""The command line: `asb`."""

from engine.cli.main import main

__all__ = ["main"]
