"""The server's desk in secure aggregation: shares come in, secrets are put together, and go on.

    desk = ShareDesk(terms, authority, deliver, patience)
    strategy = SecureRounds(..., desk=desk)

It learns nothing that does not become public: nodes give it shares of one secret of each node only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.training.privacy.masking.cohort import Cohort
from assay.training.privacy.masking.errors import NotUnmaskable
from assay.training.privacy.masking.shares import join
from assay.training.privacy.masking.state import GivenShares
from assay.training.privacy.masking.streams import public_half
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import (
    HEADER_BYTES,
    HEADER_FILE,
    MaskHeader,
    Unmasking,
)
from assay.training.rounds import Opening, RoundPlace
from assay.training.use_cases.patience import Patience
from assay.training.use_cases.serving import TaskAuthority

Deliver = Callable[[RoundPlace, bytes], None]
"""Brings what unmasks a sum to the validators."""


@dataclass(frozen=True, slots=True)
class ShareDesk:
    """The `UnmaskingDesk` of one task.

    Attributes:
        patience: with which it waits for a chain or a store that is away.
    """

    terms: MaskingTerms
    authority: TaskAuthority
    deliver: Deliver
    patience: Patience

    def close(self, place: RoundPlace, openings: Sequence[Opening]) -> bool:
        """See `UnmaskingDesk.close`."""
        return self.patience.until(lambda: self.authority.close(place, openings))

    def unmask(self, cohort: Cohort, given: Sequence[GivenShares]) -> None:
        """See `UnmaskingDesk.unmask`."""
        found = self.patience.until(lambda: self._found(cohort, given))
        self.deliver(cohort.roster.place, canonical_json(found.as_json()))

    def _found(self, cohort: Cohort, given: Sequence[GivenShares]) -> Unmasking:
        place = cohort.roster.place
        revealed = self.authority.chain.revealed(place)
        seeds, secrets = {}, {}
        for node in cohort.nodes:
            if node in revealed:
                data = self.authority.folders.read(revealed[node], HEADER_FILE, HEADER_BYTES)
                seed = MaskHeader.from_bytes(data).seed
                shares = [one.seeds[node] for one in given if node in one.seeds]
                seeds[node] = self._joined(place, node, shares, partial(_is_seed, seed))
            else:
                key = cohort.roster.by_node[node].mask_key
                shares = [one.mask_secrets[node] for one in given if node in one.mask_secrets]
                secrets[node] = self._joined(place, node, shares, partial(_is_secret, key))
        return Unmasking(cohort, seeds, secrets)

    def _joined(
        self,
        place: RoundPlace,
        node: Address,
        shares: Sequence[bytes],
        fits: Callable[[bytes], bool],
    ) -> bytes:
        secret = join(shares, self.terms.threshold, fits)
        if secret is None:
            reason = f"{len(shares)} shares of what {node} dealt do not give its secret"
            raise NotUnmaskable(place.round, reason)
        return secret


def _is_seed(digest: Digest, secret: bytes) -> bool:
    return Digest.of(secret) == digest


def _is_secret(key: bytes, secret: bytes) -> bool:
    return public_half(secret) == key
