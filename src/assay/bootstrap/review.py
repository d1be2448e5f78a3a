"""The parts of community review: contract, attestation service, and what the index knows."""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.content.model import Provenance
    from assay.content.review.indexed import LedgerReviewIndex
    from assay.content.review.lineage import ReviewSource
    from assay.content.review.onchain import OnChainReview, OnChainReviewer
    from assay.core.digest import Digest


class ReviewParts:
    """What `workspace.review` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def reader(self) -> OnChainReview:
        """The review contract, as anybody reads it; also the `ReviewRecords` port."""
        from assay.content.review.onchain import OnChainReview

        deployment = self._workspace.deployment
        return OnChainReview(
            self._workspace.node,
            deployment.review,
            deployment.attestations,
            deployment.token,
            deployment.content.address,
        )

    def account(self, name: str) -> OnChainReviewer:
        """The review contract, as an account acts on it."""
        from assay.content.review.onchain import OnChainReviewer
        from assay.core.clock import SystemClock

        workspace = self._workspace
        return OnChainReviewer(
            self.reader, workspace.address(name), lambda: workspace.sender(name), SystemClock()
        )

    @cached_property
    def index(self) -> LedgerReviewIndex:
        """What the ledger knows of cases and their parties."""
        from assay.content.review.indexed import LedgerReviewIndex

        return LedgerReviewIndex(self._workspace.engine)

    def provenance(self, content_id: Digest) -> Provenance | None:
        """What content was minted with, by the index: the `Origins` port."""
        minting = self._workspace.content_index.mintings([content_id]).get(content_id)
        return minting.provenance if minting else None

    def source(self) -> ReviewSource:
        """Its part of the lineage graph."""
        from assay.content.review.lineage import ReviewSource

        return ReviewSource(self.reader)
