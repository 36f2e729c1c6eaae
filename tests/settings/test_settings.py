"""The settings of an installation, and the page that lists them."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.settings import VARIABLES, OpenIdConnect, Service, Settings

DIRECTORY = {
    "ASB_OIDC_ISSUER": "https://directory.example.gov.uk",
    "ASB_OIDC_CLIENT_ID": "asb",
    "ASB_OIDC_CLIENT_SECRET": "between us",
}
PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_nothing_set_means_an_embedded_installation_below_var() -> None:
    settings = Settings.from_environment({})
    assert settings.home == Path("var").resolve()
    assert settings.database_url == f"sqlite:///{settings.home / 'asb.sqlite'}"
    assert settings.broker_url is None
    assert settings.variants == Path("bpmn").resolve()
    assert settings.post == settings.home / "post"
    assert settings.invitations == settings.home / "invitations"


def test_the_post_and_the_database_follow_the_home(tmp_path: Path) -> None:
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path)})
    assert settings.post == tmp_path / "post"
    assert str(tmp_path) in settings.database_url


def test_each_variable_is_taken(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "ASB_HOME": str(tmp_path / "home"),
            "ASB_DATABASE_URL": "postgresql+psycopg://asb@db/asb",
            "ASB_BROKER_URL": "redis://queue:6379/0",
            "ASB_VARIANTS": str(tmp_path / "policies"),
            "ASB_POST": str(tmp_path / "out"),
            "ASB_PARCEL_KEYS": str(tmp_path / "keys"),
            "ASB_INVITATIONS": str(tmp_path / "meetings"),
            "ASB_SERVICES": "register=https://register.example.gov.uk/api/,secret=REGISTER_SECRET",
            "REGISTER_SECRET": "Bearer 3f9c",
            "ASB_PUBLIC_URL": "https://reviews.example.gov.uk/",
            "ASB_PROXIES": "1",
            "ASB_SECRET_KEY": "0123456789abcdef0123456789abcdef",
            "ASB_OIDC_ISSUER": "https://directory.example.gov.uk/v2.0",
            "ASB_OIDC_CLIENT_ID": "asb",
            "ASB_OIDC_CLIENT_SECRET": "between us",
            "ASB_OIDC_NAME": "Sign in with Hertsmere",
        }
    )
    assert settings == Settings(
        home=tmp_path / "home",
        database_url="postgresql+psycopg://asb@db/asb",
        broker_url="redis://queue:6379/0",
        variants=tmp_path / "policies",
        post=tmp_path / "out",
        invitations=tmp_path / "meetings",
        parcel_keys=tmp_path / "keys",
        services=(
            Service(name="register", address="https://register.example.gov.uk/api", authorization="Bearer 3f9c"),
        ),
        public_url="https://reviews.example.gov.uk",
        proxies=1,
        secret_key="0123456789abcdef0123456789abcdef",  # noqa: S106  # made up
        directory=OpenIdConnect(
            issuer="https://directory.example.gov.uk/v2.0",
            client_id="asb",
            client_secret="between us",  # noqa: S106
            name="Sign in with Hertsmere",
        ),
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment(dict.fromkeys(VARIABLES, "  ")) == Settings.from_environment({})


def test_postgresql_is_reached_with_the_driver_that_is_installed() -> None:
    settings = Settings.from_environment({"ASB_DATABASE_URL": "postgresql://asb@db/asb"})
    assert settings.database_url == "postgresql+psycopg://asb@db/asb"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASB_DATABASE_URL", "mysql://asb@db/asb"),
        ("ASB_DATABASE_URL", "asb.sqlite"),
        ("ASB_BROKER_URL", "amqp://queue"),
        ("ASB_BROKER_URL", "redis://[queue"),
        ("ASB_HOME", __file__),
        ("ASB_VARIANTS", "a\0b"),
        ("ASB_DATABSE_URL", "postgresql://asb@db/asb"),
        ("ASB_PUBLIC_URL", "reviews.example.gov.uk"),
        ("ASB_PUBLIC_URL", "ftp://reviews.example.gov.uk"),
        ("ASB_PROXIES", "one"),
        ("ASB_PROXIES", "-1"),
        ("ASB_PROXIES", "²"),
        ("ASB_PROXIES", "11"),
        ("ASB_SECRET_KEY", "too short"),
        ("ASB_OIDC_CLIENT_ID", "asb"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_a_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as raised:
        Settings.from_environment({name: value})
    assert str(raised.value).endswith(".")


def test_a_password_is_not_repeated_in_the_sentence() -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({"ASB_BROKER_URL": "amqp://asb:secret@queue"})
    assert "secret" not in str(raised.value)


def test_secrets_are_not_shown_where_settings_are() -> None:
    environment = {"ASB_SECRET_KEY": "0123456789abcdef0123456789abcdef", **DIRECTORY}
    shown = repr(Settings.from_environment(environment))
    assert "0123456789abcdef" not in shown
    assert "between us" not in shown


def test_a_directory_elsewhere_is_reached_over_https_only() -> None:
    with pytest.raises(SettingsError, match="ASB_OIDC_ISSUER"):
        Settings.from_environment({**DIRECTORY, "ASB_OIDC_ISSUER": "http://directory.example.gov.uk"})
    assert Settings.from_environment({**DIRECTORY, "ASB_OIDC_ISSUER": "http://localhost:9000"}).directory is not None


def test_each_council_has_a_directory_of_its_own() -> None:
    listed = (
        "hertsmere=https://login.example.gov.uk/v2.0,client=asb,secret=H_SECRET "
        "othershire=http://localhost:9000,client=reviews,secret=O_SECRET"
    )
    found = Settings.from_environment({"ASB_DIRECTORIES": listed, "H_SECRET": "one", "O_SECRET": "two"})
    assert {council: each.client_secret for council, each in found.directories.items()} == {
        "hertsmere": "one",
        "othershire": "two",
    }
    assert found.directory is None
    named = Settings.from_environment({**DIRECTORY, "ASB_OIDC_COUNCIL": "hertsmere"})
    assert set(named.directories) == {"hertsmere"}
    assert named.directory is None


@pytest.mark.parametrize(
    ("listed", "because"),
    [
        ("https://login.example", "Write council=address"),
        ("hertsmere=https://login.example,client=asb", "Write council=address"),
        ("hertsmere=http://login.example,client=asb,secret=SET", "no https:// address"),
        ("hertsmere=https://login.example,client=asb,secret=NOT_SET", "NOT_SET"),
        ("hertsmere=https://a.example,client=a,secret=SET hertsmere=https://b.example,client=a,secret=SET", "twice"),
    ],
)
def test_a_directory_that_is_listed_wrong_is_refused_with_what_to_write(listed: str, because: str) -> None:
    with pytest.raises(SettingsError, match=because):
        Settings.from_environment({"ASB_DIRECTORIES": listed, "SET": "between us"})


def test_the_page_lists_exactly_the_variables_that_are_read() -> None:
    rows = dict(re.findall(r"^\| `(ASB_[A-Z_]+)` \| ([^|]+?) \|", PAGE.read_text(), re.MULTILINE))
    assert rows.keys() == VARIABLES.keys()
    for name, meaning in VARIABLES.items():
        assert rows[name].startswith(meaning)


def services(listed: str, **environment: str) -> tuple[Service, ...]:
    return Settings.from_environment({"ASB_SERVICES": listed, **environment}).services


def test_services_are_listed_with_the_networks_that_their_hosts_may_be_in() -> None:
    internal, local, here = services(
        "housing=https://housing.internal/v1,network=10.20.0.0/16,network=fd00::/8\n"
        "scanner=http://127.0.0.1:8123 here=http://localhost"
    )
    assert internal.networks == (ip_network("10.20.0.0/16"), ip_network("fd00::/8"))
    assert (local.name, local.address, local.networks) == (
        "scanner", "http://127.0.0.1:8123", (ip_network("127.0.0.1/32"),)
    )  # fmt: skip
    assert here.networks == (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("listed", "because"),
    [
        ("https://register.example", "Write name=address"),
        ("Register=https://register.example", "Write name=address"),
        ("register=http://register.example", "an https:// address"),
        ("register=ftp://register.example", "an https:// address"),
        ("register=https://", "an https:// address"),
        ("register=https://ann:secret@register.example", "an https:// address"),
        ("register=https://register.example?a=b", "an https:// address"),
        ("register=https://register.example,network=10.0.0.1/8", "Write one such as 10.1.0.0/16"),
        ("register=https://register.example,10.0.0.0/8", "Write network="),
        ("register=https://register.example,secret=NOT_SET", "NOT_SET"),
        ("register=https://register.example,secret=BROKEN", "more than one line"),
        ("register=https://a.example register=https://b.example", "twice"),
    ],
)
def test_a_service_that_is_listed_wrong_is_refused_with_what_to_write(listed: str, because: str) -> None:
    with pytest.raises(SettingsError, match=because) as refused:
        services(listed, BROKEN="3f9c\n0d")
    assert [secret for secret in ("3f9c", "ann:") if secret in str(refused.value)] == []
