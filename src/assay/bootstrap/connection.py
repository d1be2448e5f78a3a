"""The node that a workspace talks to: one at a URL, or the local one, kept alive.

with Connection(settings) as connection:
    connection.node.block_number()
    if not connection.unbroken():
        connection.revive()
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from assay.chain.node import Node

if TYPE_CHECKING:
    from types import TracebackType

    from assay.chain.local_node import LocalNode
    from assay.config import Settings


class Connection:
    """A node for one home folder.

    Attributes:
        node: stays the same object, also where a revived node listens elsewhere.
        outbox: the folder of what was signed and is not deep in the chain yet.
    """

    def __init__(self, settings: Settings) -> None:
        """Connect; the local node is started where needed, and gets what a killed one lost.

        Raises:
            UnavailableError: the local node does not start.
        """
        self.outbox: Path = settings.home / "outbox"
        self._local: LocalNode | None = None
        timeout_s = settings.rpc_timeout_s
        with ExitStack() as opened:
            url = settings.rpc_url
            if not url:
                from assay.chain.local_node import LocalNode  # noqa: PLC0415 - a URL needs none

                self._local = opened.enter_context(LocalNode.start(settings.home / "chain"))
                url = self._local.url
            self.node = opened.enter_context(Node(url, timeout_s=timeout_s))
            self._recover()
            self._closing = opened.pop_all()

    def unbroken(self) -> bool:
        """False if the local node died: call `revive`. True for a node that is not ours."""
        return self._local is None or self._local.unbroken()

    def revive(self) -> None:
        """Start the local node again where it died, and send again what it lost.

        Raises:
            UnavailableError: it does not start, or does not answer; to be tried again.
        """
        if self._local is None:
            return
        self._local.revive()
        if self.node.url != self._local.url:  # another program took the port
            self.node.move(self._local.url)
        self._recover()

    def _recover(self) -> None:
        if self._local is None:
            return
        from assay.chain.recovery import recover_run  # noqa: PLC0415 - a URL needs none

        marker = self._local.folder / "recovered"
        recover_run(self.node, self.outbox, marker, self._local.run)

    def close(self) -> None:
        """End the use of the node; the last user of a local one stops it."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
