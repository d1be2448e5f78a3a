"""The server's desk in secure aggregation: shares come in, secrets are put together, and go on.

    desk = ShareDesk(terms, domain, authority, deliver, patience)
    strategy = SecureRounds(..., desk=desk)

It learns nothing that does not become public: nodes give it shares of one secret of each node only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import AssayError, UnavailableError
from assay.training.committee.signing import Domain, verify
from assay.training.committee.unmasking_exchange import Refusal
from assay.training.model import Role
from assay.training.privacy.masking.cohort import Advert, Cohort
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

Deliver = Callable[[RoundPlace, bytes], Mapping[Address, Refusal]]
"""Brings what unmasks a sum to the validators; why some did not take it."""


@dataclass
class ShareDesk:
    """The `UnmaskingDesk` of one task.

    Attributes:
        patience: with which it waits for a chain or a store that is away.
        spoilers: nodes that spoilt a round, as f+1 validators say or can be seen, and that are left
            out of those after it.
    """

    terms: MaskingTerms
    domain: Domain
    authority: TaskAuthority
    deliver: Deliver
    patience: Patience
    spoilers: set[Address] = field(default_factory=set)

    def unfit(self, place: RoundPlace, advert: Advert) -> str | None:
        """See `UnmaskingDesk.unfit`."""
        if advert.node in self.spoilers:
            return "it spoilt the sum of an earlier round"
        digest = self.domain.masking_digest(place.round, advert.content())
        if not verify(advert.node, digest, advert.signature):
            return "its account did not sign its keys"
        members = self.patience.until(lambda: self.authority.chain.members(place.task))
        trainers = [one.address for one in members if one.active and Role.TRAINER in one.roles]
        return None if advert.node in trainers else "it is no trainer of the task"

    def close(self, place: RoundPlace, openings: Sequence[Opening]) -> bool:
        """See `UnmaskingDesk.close`."""
        return self.patience.until(lambda: self.authority.close(place, openings))

    def unmask(self, cohort: Cohort, given: Sequence[GivenShares]) -> str | None:
        """See `UnmaskingDesk.unmask`."""
        place = cohort.roster.place
        found = self.patience.until(lambda: self._found(cohort, given))
        refusals = self.deliver(place, canonical_json(found.as_json()))
        task = self.patience.until(lambda: self.authority.chain.task(place.task))
        faults = task.terms.faults
        named = Counter(one.spoiler for one in refusals.values())
        # Of f+1 validators one is honest.
        self.spoilers |= {node for node in cohort.nodes if named[node] > faults}
        reasons = sorted({one.reason for one in refusals.values()})
        return "; ".join(reasons) if len(refusals) > faults else None

    def blame(self, cohort: Cohort) -> Mapping[Address, str]:
        """See `UnmaskingDesk.blame`; who is blamed is left out of later rounds."""
        place = cohort.roster.place
        revealed = self.patience.until(lambda: self.authority.chain.revealed(place))
        found = {}
        for node in [node for node in cohort.nodes if node in revealed]:
            try:
                header = self.patience.until(partial(self._header, place, node, revealed[node]))
            except NotUnmaskable as error:
                found[node] = error.reason
            else:
                if header.cohort != cohort.digest:
                    found[node] = "it masked with another cohort"
        self.spoilers |= found.keys()
        return found

    def _found(self, cohort: Cohort, given: Sequence[GivenShares]) -> Unmasking:
        place = cohort.roster.place
        revealed = self.authority.chain.revealed(place)
        seeds, secrets = {}, {}
        for node in cohort.nodes:
            if node in revealed:
                seed = self._header(place, node, revealed[node]).seed
                shares = [one.seeds[node] for one in given if node in one.seeds]
                seeds[node] = self._joined(place, node, shares, partial(_is_seed, seed))
            else:
                key = cohort.roster.by_node[node].mask_key
                shares = [one.mask_secrets[node] for one in given if node in one.mask_secrets]
                secrets[node] = self._joined(place, node, shares, partial(_is_secret, key))
        return Unmasking(cohort, seeds, secrets)

    def _header(self, place: RoundPlace, node: Address, root: Digest) -> MaskHeader:
        folders = self.authority.folders
        try:
            return MaskHeader.from_bytes(folders.read(root, HEADER_FILE, HEADER_BYTES))
        except UnavailableError:
            raise
        except AssayError as error:
            reason = f"what others have to see of the update of {node} is not there: {error}"
            raise NotUnmaskable(place.round, reason, spoiler=node) from None

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
