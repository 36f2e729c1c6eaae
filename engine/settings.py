"""The settings of an installation, from the environment alone. docs/settings.md lists them; a test holds it to this."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engine.errors import SettingsError

#: The environment variables that are read, each with what it sets.
VARIABLES: Mapping[str, str] = {
    "ASB_HOME": "folder for what the system itself keeps: the embedded database, what leaves, and the files of cases",
    "ASB_DATABASE_URL": "the database",
    "ASB_BROKER_URL": "the Redis server that carries jobs to Celery workers",
    "ASB_VARIANTS": "folder that holds the variants",
    "ASB_POST": "folder into which letters are put",
    "ASB_INVITATIONS": "folder into which invitations to meetings are put",
    "ASB_PARCEL_KEYS": "folder that holds the keys with which files for other installations are signed, and opened",
    "ASB_SERVICES": "the services that policies may call, each by a name, with its address",
    "ASB_PUBLIC_URL": "the address under which people reach the screens",
    "ASB_PROXIES": "how many proxies stand before the screens and are believed about who asks",
    "ASB_SECRET_KEY": "the installation's secret, from which the keys of cookies and kept secrets are derived",
    "ASB_DIRECTORIES": "the directories of several councils, each by its council, for signing in with OpenID Connect",
    "ASB_OIDC_ISSUER": "the council's directory, for signing in with OpenID Connect",
    "ASB_OIDC_CLIENT_ID": "the id under which the directory knows this installation",
    "ASB_OIDC_CLIENT_SECRET": "the secret that the directory gave for it",
    "ASB_OIDC_COUNCIL": "the council whose directory it is, by the name of its folder",
    "ASB_OIDC_NAME": "what the button for signing in through the directory says",
}

_DATABASES = ("sqlite", "postgresql")
_BROKERS = ("redis", "rediss", "redis+socket")
_HERE = ("localhost", "127.0.0.1", "::1")
_SHORTEST_SECRET = 32
_MOST_PROXIES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIdConnect:
    """A council's directory, through which its people may sign in."""

    issuer: str  #: its address, as the directory itself writes it
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "Sign in with your council account"  #: what the button says


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A service that policies may call, and that alone."""

    name: str  #: as a diagram names it: "register"
    address: str  #: without a slash at its end; nothing outside it is ever called
    networks: tuple[IPv4Network | IPv6Network, ...] = ()  #: where its host may be; none: the public internet alone
    authorization: str | None = field(default=None, repr=False)  #: sent with each call, word for word


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Where an installation keeps and finds things."""

    home: Path
    database_url: str  #: as SQLAlchemy reads it
    broker_url: str | None  #: None: jobs and timers are worked in process
    variants: Path
    post: Path
    invitations: Path
    parcel_keys: Path
    services: tuple[Service, ...] = ()  #: what handlers may call over the network
    public_url: str | None = None  #: without a slash at its end; None: as each request came
    secret_key: str | None = field(default=None, repr=False)  #: None: made once and kept in `home`
    #: the directories by the council whose people each signs in, and one of which nobody said whose it is
    directories: Mapping[str, OpenIdConnect] = field(default_factory=dict)
    directory: OpenIdConnect | None = None
    proxies: int = 0  #: the nearest so many are believed about who asks

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
            invitations=_folder(environment, "ASB_INVITATIONS", home / "invitations"),
            parcel_keys=_folder(environment, "ASB_PARCEL_KEYS", home / "parcel_keys"),
            services=_services(environment),
            public_url=_public_url(environment),
            secret_key=_secret_key(environment),
            **_directories(environment),
            proxies=_proxies(environment),
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


def _public_url(environment: Mapping[str, str]) -> str | None:
    value = environment.get("ASB_PUBLIC_URL", "").strip().rstrip("/")
    if value and not _is_address(value):
        raise SettingsError(
            f"ASB_PUBLIC_URL is “{value[:80]}”, which is no address. Write https://host or http://host:8000."
        )
    return value or None


def _proxies(environment: Mapping[str, str]) -> int:
    value = environment.get("ASB_PROXIES", "").strip() or "0"
    if not (value.isascii() and value.isdigit() and len(value) <= 2 and int(value) <= _MOST_PROXIES):
        raise SettingsError(
            f"ASB_PROXIES is “{value[:80]}”. Write how many proxies stand before the screens: 1 for one, at most "
            f"{_MOST_PROXIES}."
        )
    return int(value)


def _secret_key(environment: Mapping[str, str]) -> str | None:
    value = environment.get("ASB_SECRET_KEY", "").strip()
    if value and len(value) < _SHORTEST_SECRET:
        # it is a secret, so it is not repeated
        raise SettingsError(
            f"ASB_SECRET_KEY is shorter than {_SHORTEST_SECRET} characters. Make one with `openssl rand -hex 32`."
        )
    return value or None


def _directory(environment: Mapping[str, str]) -> OpenIdConnect | None:
    named = {name: environment.get(name, "").strip() for name in VARIABLES if name.startswith("ASB_OIDC_")}
    needed = ("ASB_OIDC_ISSUER", "ASB_OIDC_CLIENT_ID", "ASB_OIDC_CLIENT_SECRET")
    if not any(named.values()):
        return None
    missing = [name for name in needed if not named[name]]
    if missing:
        given = ", ".join(name for name, value in named.items() if value)
        raise SettingsError(f"{given} is set, and {', '.join(missing)} is not. Set all of these, or none.")
    issuer = named["ASB_OIDC_ISSUER"]
    _check_issuer("ASB_OIDC_ISSUER", issuer)
    made = OpenIdConnect(
        issuer=issuer, client_id=named["ASB_OIDC_CLIENT_ID"], client_secret=named["ASB_OIDC_CLIENT_SECRET"]
    )
    return replace(made, name=named["ASB_OIDC_NAME"]) if named["ASB_OIDC_NAME"] else made


def _directories(environment: Mapping[str, str]) -> dict[str, Any]:
    """`council=address,client=ID,secret=NAME`, and the one of ASB_OIDC_…, where it says whose it is."""
    found: dict[str, OpenIdConnect] = {}
    for entry in environment.get("ASB_DIRECTORIES", "").split():
        where, *options = entry.split(",")
        council, _, issuer = where.partition("=")
        told = dict(option.partition("=")[::2] for option in options)
        if not council or set(told) != {"client", "secret"} or not told["client"]:
            raise SettingsError(
                f"ASB_DIRECTORIES has “{where[:80]}”. Write council=address,client=ID,secret=NAME_OF_A_VARIABLE: "
                "hertsmere=https://login.example.gov.uk/v2.0,client=asb,secret=HERTSMERE_SECRET."
            )
        if council in found:
            raise SettingsError(f"ASB_DIRECTORIES names “{council[:80]}” twice. Name each council once.")
        _check_issuer("ASB_DIRECTORIES", issuer)
        secret = environment.get(told["secret"], "").strip()
        if not secret:
            raise SettingsError(
                f"ASB_DIRECTORIES has the secret of “{council[:80]}” in “{told['secret'][:80]}”, which is not set. Set "
                "it to what the directory gave for this installation."
            )
        name = f"Sign in with your {council} account"
        found[council] = OpenIdConnect(issuer=issuer, client_id=told["client"], client_secret=secret, name=name)
    only, whose = _directory(environment), environment.get("ASB_OIDC_COUNCIL", "").strip()
    if only is not None and whose:
        if whose in found:
            raise SettingsError(f"ASB_OIDC_COUNCIL is “{whose[:80]}”, which ASB_DIRECTORIES names too. Keep one.")
        found[whose], only = only, None
    return {"directories": found, "directory": only}


def _check_issuer(variable: str, issuer: str) -> None:
    if not _is_address(issuer) or (issuer.startswith("http:") and urlsplit(issuer).hostname not in _HERE):
        raise SettingsError(
            f"{variable} is “{issuer[:80]}”, which is no https:// address. Ask the directory’s administrator."
        )


def _services(environment: Mapping[str, str]) -> tuple[Service, ...]:
    found = tuple(_service(entry, environment) for entry in environment.get("ASB_SERVICES", "").split())
    names = [service.name for service in found]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"ASB_SERVICES names “{name}” twice. Name each service once.")
    return found


def _service(entry: str, environment: Mapping[str, str]) -> Service:
    """`name=address`, and behind commas `network=…` and `secret=…`, the latter by the variable that holds it."""
    where, *options = entry.split(",")
    name, _, address = where.partition("=")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        raise SettingsError(
            f"ASB_SERVICES has “{entry[:80]}”. Write name=address, the name in small letters: "
            "register=https://register.example.gov.uk/api."
        )
    host = _service_host(name, address)
    networks: list[IPv4Network | IPv6Network] = []
    authorization = None
    for option in options:
        kind, _, value = option.partition("=")
        if kind == "network":
            networks.append(_network(name, value))
        elif kind == "secret":
            authorization = _authorization(name, value, environment)
        else:
            raise SettingsError(
                f"ASB_SERVICES has “{option[:80]}” behind “{name}”. Write network=10.1.0.0/16, or "
                "secret=NAME_OF_A_VARIABLE."
            )
    networks += _networks_of(host)
    return Service(name=name, address=address.rstrip("/"), networks=tuple(networks), authorization=authorization)


def _service_host(name: str, address: str) -> str:
    parts = urlsplit(address) if _is_address(address) else None
    if parts is None or parts.username is not None or (parts.scheme == "http" and parts.hostname not in _HERE):
        raise SettingsError(
            # it may hold a password, so it is not repeated
            f"ASB_SERVICES gives “{name}” an address that is not called. Write an https:// address without a name, a "
            "password, a question mark or a #; http:// is for 127.0.0.1 alone."
        )
    return parts.hostname or ""


def _network(name: str, value: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(value)
    except ValueError:
        raise SettingsError(
            f"ASB_SERVICES gives “{name}” the network “{value[:80]}”, which is none. Write one such as 10.1.0.0/16."
        ) from None


def _authorization(name: str, variable: str, environment: Mapping[str, str]) -> str:
    value = environment.get(variable, "").strip()
    if not value or not (value.isascii() and value.isprintable()):
        # it is a secret, so it is not repeated
        raise SettingsError(
            f"ASB_SERVICES has the secret of “{name}” in “{variable[:80]}”, which is not set or "
            "holds more than one line of plain characters. Set it to what the service wants as Authorization, such as "
            "Bearer and its key."
        )
    return value


def _networks_of(host: str) -> list[IPv4Network | IPv6Network]:
    """An address in digits says by itself where it is, and so does this machine's own name."""
    if host == "localhost":
        return [ip_network("127.0.0.0/8"), ip_network("::1")]
    try:
        return [ip_network(host)]
    except ValueError:
        return []


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        return False


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
