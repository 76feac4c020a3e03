"""``accord desk``: the live answer in a browser, on this machine or for a room."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from accord.desk.conference import Conference

PORT = 8642
HOME = "127.0.0.1"


@click.command()
@click.argument("case", default="us-china")
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0: any free one.",
)
@click.option("--open", "browser", is_flag=True, help="Open the page in a browser.")
@click.option(
    "--host",
    default=HOME,
    show_default=True,
    help="Address to listen on; any but this machine's own needs --conference.",
)
@click.option("--conference", is_flag=True, help="Hold a mock conference: seats, rounds, votes.")
@click.option(
    "--join-code",
    default="",
    metavar="CODE",
    help="Code to take a seat; at least 8 letters and digits. Default: drawn.",
)
@click.option("--roles", default="", metavar="P,Q", help="Parties that have a seat.")
@click.option("--rounds", default=4, show_default=True, type=click.IntRange(1, 20))
@click.option(
    "--minutes",
    default=15.0,
    show_default=True,
    type=click.FloatRange(0.1, 240),
    help="Length of a round.",
)
@click.option(
    "--members",
    type=click.Choice(["400", "841"]),
    default="841",
    show_default=True,
    help="Size of the climate ensemble.",
)
def desk(  # noqa: PLR0917 - click passes every option by name
    case: str,
    port: int,
    browser: bool,
    host: str,
    conference: bool,
    join_code: str,
    roles: str,
    rounds: int,
    minutes: float,
    members: str,
) -> None:
    """Open the desk on CASE: change a term, watch tonnes, degrees and red lines.

    \b
    accord desk --open
    accord desk my-case --port 9000
    accord desk --conference --host 0.0.0.0 --roles USA,CHN,EU27,IND,AOSIS

    It listens on this machine only, works without a network, and ends with Ctrl-C.
    """  # noqa: D301 - click wants the bare \b
    from accord.desk.guard import LOOPBACK
    from accord.errors import InputError

    if host not in LOOPBACK and not conference:
        raise InputError(
            f"--host {host} would open this desk to the network without a code; "
            "add --conference, which asks for one"
        )
    if (join_code or roles) and not conference:
        raise InputError("--join-code and --roles belong to --conference")
    from accord.ledger import load_case

    loaded = load_case(case)
    room = _room(join_code, roles, rounds, minutes) if conference else None

    import os

    # One thread a matrix is fastest at this size, and leaves the other core to the browser.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    sys.setswitchinterval(0.001)  # the socket's thread need not wait for the computing one
    import uvicorn

    from accord.desk.app import create_app
    from accord.desk.message import MESSAGE_MOST

    listening = _listen(host, port)
    port = listening.getsockname()[1]
    app = create_app(loaded, host=host, conference=room, members=int(members))
    address = f"http://{'[' + host + ']' if ':' in host else host}:{port}/"
    if room is None:
        click.echo(f"The desk on {loaded.name}: {address} (Ctrl-C ends it)", err=True)
    else:
        _tell_room(room, host, port)
    if browser:
        _open_later(f"http://{HOME if host == '0.0.0.0' else host}:{port}/")
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            ws_max_size=MESSAGE_MOST,
            ws_per_message_deflate=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            limit_concurrency=600,
            proxy_headers=False,
        )
    )
    server.run(sockets=[listening])


def _room(code: str, roles: str, rounds: int, minutes: float) -> Conference:
    from accord.desk.conference import Conference
    from accord.parties import party

    codes = tuple(party(one.strip()).code for one in roles.split(",") if one.strip())
    return Conference(code=code, roles=codes, rounds=rounds, minutes=minutes)


def _listen(host: str, port: int):  # type: ignore[no-untyped-def]
    import socket

    from accord.errors import OutputError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise OutputError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; "
            "choose another with --port, or 0 for any free one"
        ) from error
    listening.set_inheritable(True)
    return listening


def _tell_room(room: Conference, host: str, port: int) -> None:
    """Say where the room is and how to come in."""
    import socket

    name = socket.gethostname() if host in {"0.0.0.0", "::"} else host
    click.echo(
        f"The conference is at http://{name}:{port}/ (or by this machine's address)", err=True
    )
    click.echo(f"Join code for every seat: {room.code}", err=True)
    click.echo(f"Code of the chair, for you alone: {room.chair_code}", err=True)


def _open_later(address: str) -> None:
    import threading
    import webbrowser

    threading.Timer(1.0, webbrowser.open, (address,)).start()
