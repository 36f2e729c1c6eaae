"""`asb serve`: the whole system in one process."""

from __future__ import annotations

import logging
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import FrameType

import click
from waitress import create_server

from engine.bootstrap import build_office, make_demonstration, settings_at
from engine.casework.policies.in_force import councils_served, policy_for_new_cases
from engine.casework.step.office import Office
from engine.cli.frame import refuse, settings, source_of, variant_of
from engine.cli.layout import paragraph
from engine.cli.sweep_loop import sweep_beside
from engine.clock import SystemClock
from engine.settings import Settings
from engine.staff.demonstration import add_demonstration_accounts, demonstration_accounts
from engine.staff.first_start import set_up_code
from engine.variants import folders_in

#: Requests that are answered at once. Each may hold a connection of the database, whose pool is a little larger.
THREADS = 8


@click.command("serve")
@click.option("--demo", is_flag=True, help="A demonstration: councils and their cases, made by the engine itself.")
@click.option("--fresh", is_flag=True, help="With --demo: make its cases anew. What was tried in the old ones is gone.")
@click.option(
    "--variant",
    "variants",
    multiple=True,
    default=("hertsmere", "derby_city", "coventry", "selby", "derbyshire_commissioner"),
    show_default=True,
    help="With --demo: a council that is shown; may be given several times.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option(
    "--every", default=2.0, show_default=True, metavar="SECONDS", type=click.FloatRange(min=0.1, max=3600),
    help="How long to rest between two sweeps for due timers and ready jobs.",
)  # fmt: skip
def serve_command(demo: bool, fresh: bool, variants: tuple[str, ...], host: str, port: int, every: float) -> None:
    """Serve the screens, and work jobs and timers, until stopped.

    One process on the embedded database is enough for one council. The first time it walks you through creating an
    administrator, and the council's people, teams and agencies. Ctrl-C or SIGTERM stops it when what is in hand is
    done.

    \b
    Examples:
      asb serve --demo
      asb serve --demo --variant derby_city
      asb serve --port 8080
    """
    from webui import create_app  # loading the screens takes long, and no other command shows any

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s", stream=sys.stderr)
    chosen, office = _demonstration(variants, fresh=fresh) if demo else _own(fresh)
    wake = threading.Event()
    office = replace(office, announce=_announce_to(wake))
    served = councils_served(office)
    if not served:
        refuse(_nothing_in_force(chosen))
    app = create_app(chosen, office=office)
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident="asb")
    except OSError as error:
        refuse(f"Nothing can be served on {host}, port {port}: {error.strerror}. Choose another with --port.")
    stop = threading.Event()
    _stop_on_signals(stop)
    sweeps = sweep_beside(stop, office, chosen.variants, every=every, wake=wake)
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{server.effective_port}/"  # noqa: S104  # it is only shown
    _welcome(office, address, served, demo=demo)
    if demo and host not in ("127.0.0.1", "localhost", "::1"):
        click.echo("Whoever reaches this address can sign in as anybody: the first page shows the password.", err=True)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stop.set()
        wake.set()
        server.close()
        sweeps.join()
        click.echo("Stopped.", err=True)


def _own(fresh: bool) -> tuple[Settings, Office]:
    if fresh:
        refuse("--fresh goes with --demo only: it would delete what is there.")
    return (chosen := settings()), build_office(chosen)


def _demonstration(names: Sequence[str], *, fresh: bool) -> tuple[Settings, Office]:
    own, variants = settings(), [variant_of(name) for name in dict.fromkeys(names)]
    policies = [(variant, source_of(name)) for variant, name in zip(variants, dict.fromkeys(names), strict=True)]
    office = make_demonstration(
        own, policies, until=SystemClock().now(), tell=lambda words: click.echo(words, err=True), fresh=fresh
    )
    if not demonstration_accounts(office.database):
        password = f"demonstration-{secrets.randbelow(9000) + 1000}"  # nothing real is behind it, and all can see it
        for variant in variants:
            add_demonstration_accounts(office.database, office.clock, variant, password)
    return settings_at(office.home, own), office


def _announce_to(wake: threading.Event) -> Callable[[Sequence[tuple[int, int]]], bool]:
    """Jobs are announced by waking the sweeps of this process, which find them by themselves."""

    def announce(_ready: Sequence[tuple[int, int]]) -> bool:
        wake.set()
        return False

    return announce


def _stop_on_signals(stop: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        raise SystemExit

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _welcome(office: Office, address: str, served: Sequence[str], *, demo: bool) -> None:
    click.echo(f"Open {address} in a browser. Ctrl-C stops.")
    if demo:
        of_council = ""
        for account in demonstration_accounts(office.database):
            if account.council_id != of_council:
                of_council = account.council_id
                click.echo(f"{of_council}:")
            click.echo(f"  {account.name:<32} {account.email:<44} {account.password}")
        return
    for council_id in served:
        if (code := set_up_code(office.database, council_id)) is None:
            continue
        name = policy_for_new_cases(office, council_id).name
        click.echo(
            paragraph(
                f"Nobody can sign in for {name} ({council_id}) yet. {address}set-up asks for this set-up code: {code}"
            )
        )


def _nothing_in_force(chosen: Settings) -> str:
    there = [folder.name for folder in folders_in(chosen.variants)]
    where = f"Folders in {chosen.variants}: {', '.join(there)}." if there else f"{chosen.variants} holds no folder."
    return (
        "No council's policy is in force today, so there is nothing to serve. Put one in force first: "
        f'asb publish COUNCIL --why "…". {where} `asb serve --demo` shows a demonstration.'
    )
