"""A validator as a process: journal, replica, inlet and peers put together.

    seat = Seat(committee, domain, peers, "127.0.0.1", 7501, folder / "task-7.sqlite")
    asyncio.run(run_validator(seat, account, application, observer, started=begin_rounds))

`application` and `observer` are ports (see `ports` and `validator`); `started` is given the running
`Validator`, whose `begin` it calls as the chain moves from round to round.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from assay.core.address import Address, parse_address
from assay.errors import AssayError, InputError
from assay.training.committee.core import Timing
from assay.training.committee.errors import (
    JournalDamaged,
    NotAMember,
    PeersIncomplete,
    PortTaken,
)
from assay.training.committee.gate import Gate
from assay.training.committee.model import Committee
from assay.training.committee.ports import Application
from assay.training.committee.remote import Inlet, Peers
from assay.training.committee.replica import Replica
from assay.training.committee.signing import Domain, Key
from assay.training.committee.stored import SqliteJournal
from assay.training.committee.validator import Observer, Outlet, Validator

_MOST_CONNECTIONS = 512
_IDLE_S = 75
_STOP_WITHIN_S = 3

Routes = Sequence[Route]
"""What a validator serves beside the committee's messages."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where and for what a validator works.

    Attributes:
        peers: the other members' URLs, by address; more than these are ignored.
        host, port: where this one listens; port 0 takes any.
        journal: the file of its votes; of this validator and task alone.
    """

    committee: Committee
    domain: Domain
    peers: Mapping[Address, str]
    host: str
    port: int
    journal: Path
    timing: Timing = field(default_factory=Timing)


def read_peers(urls: Mapping[str, str]) -> dict[Address, str]:
    """Addresses and URLs as somebody wrote them.

    Raises:
        InputError: no address, or no http or https URL.
    """
    peers = {}
    for text, url in urls.items():
        parts = urlsplit(str(url))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InputError(
                f"{str(url)[:80]!r} is no URL of a validator.", hint="Give http://HOST:PORT."
            )
        peers[parse_address(text)] = str(url)
    return peers


async def run_validator(
    seat: Seat,
    key: Key,
    application: Application,
    observer: Observer,
    started: Callable[[Validator], None],
    *,
    outlet: Callable[[Outlet], Outlet] = lambda peers: peers,
    routes: Routes = (),
) -> None:
    """Validate until SIGTERM or Ctrl-C.

    Args:
        started: called once messages can come in.
        outlet: may put itself before the peers.
        routes: what else is served at the validator's URL.

    Raises:
        NotAMember, PeersIncomplete, PortTaken, JournalBusy, JournalDamaged: it cannot start.
        JournalNotWritten, VoteForbidden: it must not go on.
    """
    if key.address not in seat.committee:
        raise NotAMember(key.address)
    others = [member for member in seat.committee.members if member != key.address]
    if missing := [member for member in others if member not in seat.peers]:
        raise PeersIncomplete(missing)
    gate = Gate(seat.committee, seat.domain)
    with SqliteJournal(seat.journal, seat.domain, key.address) as journal:
        replica = _replica(seat, key, application, journal)
        peers = Peers(seat.domain.task, {member: seat.peers[member] for member in others})
        inlet = Inlet(seat.domain.task, key.address, gate, journal)
        listener = _listen(seat.host, seat.port)
        validator = Validator(replica, seat.committee, journal, outlet(peers), observer)
        inlet.validator = validator
        for evidence in journal.evidence():
            observer.accused(evidence)
        server = _Server(_config(inlet.app(routes)))
        await _until_first_ends(server, listener, validator, peers, started)


def _replica(seat: Seat, key: Key, application: Application, journal: SqliteJournal) -> Replica:
    saved = journal.load()
    try:
        return Replica(seat.committee, seat.domain, key, application, seat.timing, saved=saved)
    except (ValueError, TypeError, AssertionError, AssayError) as error:
        raise JournalDamaged(journal.path, str(error)) from None


async def _until_first_ends(
    server: _Server,
    listener: socket.socket,
    validator: Validator,
    peers: Peers,
    started: Callable[[Validator], None],
) -> None:
    started(validator)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    working = [asyncio.create_task(validator.run()), asyncio.create_task(peers.run())]
    try:
        done, _ = await asyncio.wait([serving, *working], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        server.should_exit = True
        for task in working:
            task.cancel()
        await asyncio.gather(serving, *working, return_exceptions=True)


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
    )


class _Server(uvicorn.Server):
    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Ask for the end, without uvicorn's raising the signal again afterwards."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port))
    except OSError:
        raise PortTaken(host, port) from None
    # Inherited by accepted connections: without, answers wait for delayed acknowledgements.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
