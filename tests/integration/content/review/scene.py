"""A creator and reviewers on one chain of their own, whose clock can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import assay
from assay.chain.local_node import LocalNode
from assay.client.review import ReviewClient
from assay.content.review.model import Case, Stake

CREATOR, OPENER = "local-1", "local-2"
REVIEWERS = ("local-4", "local-5", "local-6")
OTHERS = ("local-0", "local-3", "local-7", "local-8", "local-9")
UNIT = 10**6
PERIOD_S = 100
_numbers = count()


@dataclass
class Scene:
    """One home, in which everybody's keys are; another one can be opened on the same chain."""

    folder: Path
    url: str
    client: assay.Client

    @property
    def review(self) -> ReviewClient:
        return self.client.review

    def minted(self) -> str:
        """New content of the creator."""
        text = f"The lighthouse keeper wrote entry number {next(_numbers)} of his winter journal."
        minted = self.client.content.mint(text, account=CREATOR, allow_copy=True)
        return minted.token.content_id.hex

    def opened(self, claim: str = "copy", content_id: str | None = None) -> Case:
        """A case of the opener."""
        proof = self.folder / "proof.txt"
        proof.write_text("The same words stood in an older book.")
        content = content_id or self.minted()
        return self.review.open(content, claim, evidence=str(proof), account=OPENER)

    def voted(self, case: Case, votes: dict[str, str], silent: tuple[str, ...] = ()) -> Case:
        """Everybody commits, all but the silent open, and the round is closed."""
        for name, vote in votes.items():
            self.review.commit(case.id, vote, account=name)
        self.pass_phase(case.id)
        for name in votes.keys() - set(silent):
            self.review.reveal(case.id, account=name)
        if silent:
            self.pass_phase(case.id)
        return self.review.close(case.id, account=OPENER)

    def pass_phase(self, case: int) -> None:
        """Go on to the end of the phase that a case is in."""
        until_s = self.review.show(case).until_s
        assert until_s is not None
        self.later(until_s - self.client.workspace.node.block("pending").timestamp)

    def later(self, seconds: int) -> None:
        """Let the chain's clock run ahead, and make no block: time alone has to be enough."""
        self.client.workspace.node.request("evm_increaseTime", [max(0, seconds)])

    def stake(self, name: str) -> Stake:
        return self.review.stake_of(name)

    @contextmanager
    def stranger(self) -> Iterator[assay.Client]:
        """A home that knows nothing but the chain and the keys."""
        home = self.folder / f"stranger-{next(_numbers)}"
        settings = {"rpc_url": self.url, "review_period_s": PERIOD_S}
        with assay.connect(home=home, **settings) as client:
            yield client


@contextmanager
def open_scene(folder: Path) -> Iterator[Scene]:
    """A fresh chain with its own clock, on which everybody has staked 500."""
    with (
        LocalNode.start(folder / "chain") as node,
        assay.connect(home=folder / "home", rpc_url=node.url, review_period_s=PERIOD_S) as client,
    ):
        workspace = client.workspace
        for name in (CREATOR, OPENER, *REVIEWERS, *OTHERS):
            if name != "local-0":
                token, address = workspace.deployment.token, workspace.address(name)
                workspace.sender("local-0").transact(token, "transfer", address, 1000 * UNIT)
            client.review.stake("500", account=name)
        yield Scene(folder, node.url, client)
