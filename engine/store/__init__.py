"""The tables and every query: the only part that knows SQLAlchemy."""

from sqlalchemy import Connection

from engine.store.batch import Batch
from engine.store.database import Database

__all__ = ["Batch", "Connection", "Database"]
