"""The settings of an installation, from the environment alone. docs/settings.md lists them; a test holds it to this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from engine.errors import SettingsError

#: The environment variables that are read, each with what it sets.
VARIABLES: Mapping[str, str] = {
    "ASB_HOME": "folder for what the system itself keeps: the embedded database and the post",
    "ASB_DATABASE_URL": "the database",
    "ASB_BROKER_URL": "the Redis server that carries jobs to Celery workers",
    "ASB_VARIANTS": "folder that holds the variants",
    "ASB_POST": "folder into which letters are put",
}

_DATABASES = ("sqlite", "postgresql")
_BROKERS = ("redis", "rediss", "redis+socket")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Where an installation keeps and finds things."""

    home: Path
    database_url: str  #: as SQLAlchemy reads it
    broker_url: str | None  #: None: jobs and timers are worked in process
    variants: Path
    post: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that `environment` (`os.environ`, say) gives. Paths become absolute.

        Raises SettingsError for a value that cannot be used, and for a variable ASB_… that is none of ours.
        """
        for name in environment:
            if name.startswith("ASB_") and name not in VARIABLES:
                raise SettingsError(f"{name} is not read. Known are: {', '.join(VARIABLES)}.")
        home = _folder(environment, "ASB_HOME", Path("var"))
        return cls(
            home=home,
            database_url=_database_url(environment, home),
            broker_url=_broker_url(environment),
            variants=_folder(environment, "ASB_VARIANTS", Path("bpmn")),
            post=_folder(environment, "ASB_POST", home / "post"),
        )


def _folder(environment: Mapping[str, str], name: str, default: Path) -> Path:
    value = environment.get(name, "").strip()
    folder = Path(value).expanduser() if value else default
    try:
        if folder.exists() and not folder.is_dir():
            raise SettingsError(f"{name} is “{value}”, which is a file. Name a folder.")
        return folder.resolve()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, links in a circle
        raise SettingsError(f"{name} is “{value[:80]}”, which cannot be a folder's name. Name a folder.") from None


def _database_url(environment: Mapping[str, str], home: Path) -> str:
    value = environment.get("ASB_DATABASE_URL", "").strip()
    if not value:
        return f"sqlite:///{home / 'asb.sqlite'}"
    scheme = value.partition(":")[0].partition("+")[0]
    if scheme not in _DATABASES or "://" not in value:
        raise SettingsError(
            "ASB_DATABASE_URL names no database that is used. "
            "Write sqlite:////path/to/file or postgresql://user@host/name."
        )
    # "postgresql://" alone would ask SQLAlchemy for psycopg2, which is not installed.
    return value.replace("postgresql://", "postgresql+psycopg://", 1) if value.startswith("postgresql://") else value


def _broker_url(environment: Mapping[str, str]) -> str | None:
    value = environment.get("ASB_BROKER_URL", "").strip()
    if not value:
        return None
    try:
        scheme = urlsplit(value).scheme
    except ValueError:
        scheme = ""
    if scheme not in _BROKERS:
        # The value may hold a password, so it is not repeated.
        raise SettingsError("ASB_BROKER_URL names no Redis server. Write redis://host:6379/0, or leave it empty.")
    return value
