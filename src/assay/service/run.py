"""Running the application under uvicorn, with structured logs and a graceful stop."""

from __future__ import annotations

import json
import logging
import socket
import sys

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


def serve(client: Client, *, as_json: bool) -> None:
    """Serve until a signal asks to stop; requests under way are finished first.

    Raises:
        AddressInUse: the port is taken.
    """
    configure_logs(as_json=as_json)
    settings = client.settings
    listener = _listen(settings.host, settings.port)
    url = f"http://{settings.host}:{listener.getsockname()[1]}"
    _ = client.workspace.deployment
    _announce(url, client, as_json=as_json)
    config = uvicorn.Config(
        create_app(client),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
    )
    uvicorn.Server(config).run(sockets=[listener])


def configure_logs(*, as_json: bool) -> None:
    """Structured logs on standard error; names and numbers, never bodies, keys or payments."""
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError:
        raise AddressInUse(host, port) from None


def _announce(url: str, client: Client, *, as_json: bool) -> None:
    node = client.workspace.node
    if as_json:
        line = json.dumps({"url": url, "chain_id": node.chain_id, "rpc": node.label})
    else:
        line = f"Assay listens on {url} (chain {node.chain_id} at {node.label}); Ctrl-C stops it."
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
