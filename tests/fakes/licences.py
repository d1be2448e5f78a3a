"""A licence contract in memory, and a log of releases, for the rules around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.licences.errors import ReleaseRepeated, UnknownOffer
from assay.market.licences.model import LicenceState, Offer
from assay.market.licences.ports import BlockName, LicenceSale, Release, Renewal


@dataclass
class FakeLicences:
    """The `LicenceReader` port over the states of some blocks, the newest last."""

    offered: dict[int, Offer] = field(default_factory=dict)
    blocks: list[dict[int, LicenceState]] = field(default_factory=list)
    owners: list[dict[Digest, Address]] = field(default_factory=list)
    allowances: dict[Address, int] = field(default_factory=dict)
    balances: dict[Address, int] = field(default_factory=dict)
    time_s: int = 1_000
    replaced: bool = False

    def offers(self, offers: Sequence[int]) -> list[Offer]:
        for offer in offers:
            if offer not in self.offered:
                raise UnknownOffer(offer)
        return [self.offered[offer] for offer in offers]

    def states(self, licences: Sequence[int]) -> list[LicenceState]:
        found = self.states_at(licences, self.block(0))
        return [state for state in found if state is not None]

    def states_at(self, licences: Sequence[int], block: BlockName) -> list[LicenceState | None]:
        return [self.blocks[block.number].get(licence) for licence in licences]

    def sales(self, transactions: Sequence[str]) -> list[list[LicenceSale]]:
        return [[] for _ in transactions]

    def asset_owner_at(self, asset_id: Digest, block: BlockName) -> Address | None:
        return self.owners[block.number].get(asset_id)

    def block(self, confirmations: int) -> BlockName:
        number = max(0, len(self.blocks) - 1 - confirmations)
        return BlockName(number, f"0x{number:064x}", self.time_s)

    def is_canonical(self, block: BlockName) -> bool:
        return not self.replaced

    def allowance(self, owner: Address) -> int:
        return self.allowances.get(owner, 0)

    def balance(self, owner: Address) -> int:
        return self.balances.get(owner, 0)


@dataclass
class FakeReleaseLog:
    """The `ReleaseLog` port."""

    entries: list[Release] = field(default_factory=list)

    def append(self, release: Release) -> None:
        if any(entry.nonce == release.nonce for entry in self.entries):
            raise ReleaseRepeated(release.nonce)
        self.entries.append(release)

    def releases(self, asset_id: Digest | None) -> list[Release]:
        return [entry for entry in self.entries if asset_id in (None, entry.asset_id)]


@dataclass
class FakeCollector:
    """The part of `LicenceAccount` that collects."""

    address: Address
    batches: list[list[int]] = field(default_factory=list)

    def renew_due(self, licences: Sequence[int]) -> list[Renewal]:
        self.batches.append(list(licences))
        return [Renewal(licence, "0x" + "11" * 32, 1, 2) for licence in licences]
