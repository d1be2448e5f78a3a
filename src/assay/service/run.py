"""Running the application under uvicorn, with structured logs and a graceful stop."""

from __future__ import annotations

import json
import logging
import signal
import socket
import sys
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any
from urllib.parse import quote

import structlog
import uvicorn

from assay.client import Client
from assay.errors import UnavailableError
from assay.service.app import create_app

_STOP_WITHIN_S = 30


class AddressInUse(UnavailableError):
    """Another program listens on the service's port."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"The service cannot listen on {host}:{port}: another program does.",
            hint="Stop it, or choose another port with --port or ASSAY_PORT.",
        )
        self.host = host
        self.port = port


@dataclass(frozen=True, slots=True)
class ForSale:
    """What `assay sell` has put up for sale, to be announced first; the price in ASSAY."""

    name: str
    price: str
    service: str
    model: str


def serve(client: Client, *, as_json: bool, for_sale: ForSale | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C; requests under way are finished first.

    Raises:
        AddressInUse: the port is taken.
    """
    configure_logs(as_json=as_json)
    settings = client.settings
    listener = _listen(settings.host, settings.port)
    url = f"http://{settings.host}:{listener.getsockname()[1]}"
    _ = client.workspace.deployment
    _announce(url, client, for_sale, as_json=as_json)
    config = uvicorn.Config(
        create_app(client),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
    )
    _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Ask for the end; a second Ctrl-C does not wait for requests under way.

        uvicorn's own would raise the signal again after a graceful stop, which would end the
        process as if it had been killed, before its node is closed.
        """
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def configure_logs(*, as_json: bool) -> None:
    """Structured logs on standard error; names and numbers, never bodies, keys or payments.

    Warnings of the libraries and of our own parts, such as the chain's, come out in the same form.
    """
    steps: list[structlog.types.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderers: list[structlog.types.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    structlog.configure(
        processors=[*steps, *renderers],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    without_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[without_meta, *renderers], foreign_pre_chain=steps
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _listen(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port), reuse_port=False)
    except OSError:
        raise AddressInUse(host, port) from None
    # Accepted connections inherit it. Without, every answer in two parts on a kept connection
    # waits 40 ms for the caller's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _announce(url: str, client: Client, for_sale: ForSale | None, *, as_json: bool) -> None:
    node = client.workspace.node
    facts: dict[str, Any] = {"url": url, "chain_id": node.chain_id, "rpc": node.label}
    lines = [f"Assay listens on {url} (chain {node.chain_id} at {node.label}); Ctrl-C stops it."]
    if for_sale:
        url = client.settings.public_url or url
        link = f"{url}/v1/chat/completions?model={quote(for_sale.name)}"
        facts = {**facts, "url": link, "base_url": url, **asdict(for_sale)}
        lines = [
            link,
            f"{for_sale.name} is for sale: {for_sale.price} ASSAY a call. Give the link to buyers:",
            f'  assay call {for_sale.name} "Hello" --url {url}',
            f"  any x402 client: POST to the link; any OpenAI client that pays: {url}/v1",
            *lines,
        ]
    sys.stdout.write((json.dumps(facts) if as_json else "\n".join(lines)) + "\n")
    sys.stdout.flush()
