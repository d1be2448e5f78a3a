"""Which server stands behind a service, kept in the home folder: never on chain, never served.

    upstreams = Upstreams(settings.home / "upstreams")
    upstreams.keep(service_id, UpstreamServer("http://10.0.0.7:8000/v1", "qwen3-8b"))

The server's key is not kept: it is read from ASSAY_MODEL_KEY when it is used.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assay.chain.files import write_durably
from assay.core.digest import Digest
from assay.errors import IntegrityError


class UpstreamDamaged(IntegrityError):
    """The file that names a service's server is not what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The file {path} does not name a server.",
            hint="Delete it, and give `assay sell` the server's URL again.",
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class UpstreamServer:
    """An OpenAI-compatible server, and what the model is called there."""

    url: str
    model: str


class Upstreams:
    """One small file a service, readable by its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, service: Digest, server: UpstreamServer) -> None:
        """Name the server behind a service, in place of an earlier one."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(self._path(service), json.dumps(asdict(server)).encode(), mode=0o600)

    def find(self, service: Digest) -> UpstreamServer | None:
        """The server behind a service; None if its weights are run here.

        Raises:
            UpstreamDamaged: the file is not what was written.
        """
        path = self._path(service)
        try:
            value = json.loads(path.read_bytes())
            return UpstreamServer(str(value["url"]), str(value["model"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise UpstreamDamaged(path) from None

    def _path(self, service: Digest) -> Path:
        return self._folder / f"{service.raw.hex()}.json"
