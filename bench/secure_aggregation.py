"""What secure aggregation costs in bytes and in time, beside the same updates in dense float32.

    python bench/secure_aggregation.py [--json] [--quick]

One round each, with real keys, shares, masks and sealed updates, one node of which drops out after
masking. Counted are the bytes of all that a round needs beyond the order to train: sealed updates,
keys, rosters, shares, and what goes to four validators to unmask the sum. Beside it stands what
Flower's own mod would upload of the same vectors (64-bit numbers), by its own serialiser, with
nothing else counted; the published factor is 1.7 to 2.
"""

from __future__ import annotations

import argparse
import hmac
import json
import time
from dataclasses import dataclass
from functools import partial

import numpy as np
from flwr.common import ndarray_to_bytes
from rich.console import Console
from rich.table import Table

from assay.chain.account import Account
from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.training.committee.signing import Domain
from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import encode
from assay.training.payload import Payload, Source
from assay.training.privacy.masking.cohort import Cohort, Roster
from assay.training.privacy.masking.shares import HeldShares, join, seal_deal, split
from assay.training.privacy.masking.state import GivenShares, MaskingState
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import HEADER_BYTES, Unmasking, mask
from assay.training.privacy.sealing import Binding, CommitteeKeys, seal
from assay.training.privacy.sealing_key import SealingKey
from assay.training.rewards.quality import DataProfile
from assay.training.rounds import RoundPlace

PLACE = RoundPlace(1, 1)
DOMAIN = Domain(31337, Address("0x5FbDB2315678afecb367f032d93F642f64180aa3"), 1)
SETTINGS = ((5, 4_810), (5, 101_770), (10, 101_770), (30, 101_770), (10, 1_199_882))
QUICK = SETTINGS[:1]
VALIDATORS = 4
RECORDS = 150


@dataclass(frozen=True, slots=True)
class Row:
    """Bytes are of all nodes together, in one round; times of one node, or of one validator."""

    nodes: int
    size: int
    bits: int
    dense_bytes: int
    masked_bytes: int
    around_bytes: int
    flower_bytes: int
    mask_s: float
    unmask_s: float
    error: float
    bound: float

    @property
    def factor(self) -> float:
        """All that masking sends over dense float32."""
        return (self.masked_bytes + self.around_bytes) / self.dense_bytes

    @property
    def flower_factor(self) -> float:
        """The same of Flower's masked vectors alone."""
        return self.flower_bytes / self.dense_bytes


@dataclass
class Committee:
    """Keys of four validators."""

    def __post_init__(self) -> None:
        keys = [SealingKey(bytes([number]) * 32).public for number in range(1, VALIDATORS + 1)]
        names = (Address(f"0x{number:040x}") for number in range(1, VALIDATORS + 1))
        self.keys = CommitteeKeys(1, dict(zip(names, keys, strict=True)))

    def sealed_bytes(self, message: bytes, node: Address) -> int:
        """Of a sealed update."""
        payload = Payload(Source(DataProfile(RECORDS, RECORDS, 0, (75, 75))), message)
        files = seal(payload.to_bytes(), Binding(PLACE, node, 1), self.keys).files()
        return sum(map(len, files.values()))


def measured(nodes: int, size: int, bits: int) -> Row:
    """One round, of which the first node drops out after masking."""
    terms = MaskingTerms(2 * nodes // 3 + 1, bits, clip_micro=1_000_000)
    states = _states(nodes)
    roster = Roster(PLACE, tuple(state.advert for state in states.values()))
    cohort, committee = Cohort(roster, roster.nodes), Committee()
    held, around = _dealt(states, roster, cohort, terms)
    random = np.random.default_rng(1)
    updates = {node: random.normal(0, 0.05, size) for node in states}
    began = time.perf_counter()
    messages = {
        node: mask(updates[node], node, state.secrets, cohort, terms)[1]
        for node, state in states.items()
    }
    mask_s = (time.perf_counter() - began) / nodes
    dropped, *survivors = cohort.nodes
    unmasking, given = _unmasked(states, held, cohort, terms, dropped)
    around += given + VALIDATORS * len(canonical_json(unmasking.as_json()))
    began = time.perf_counter()
    mean = unmasking.mean({node: messages[node] for node in survivors}, terms, size)
    unmask_s = time.perf_counter() - began
    expected = np.mean([updates[node] for node in survivors], axis=0)
    scale, dense = cohort.scale(terms), [encode(update, EXACT) for update in updates.values()]
    return Row(
        *(nodes, size, bits),
        dense_bytes=sum(map(committee.sealed_bytes, dense, updates)),
        masked_bytes=sum(
            committee.sealed_bytes(message, node) + HEADER_BYTES
            for node, message in messages.items()
        ),
        around_bytes=around,
        flower_bytes=nodes * len(ndarray_to_bytes(np.zeros(size, np.int64))),
        mask_s=mask_s,
        unmask_s=unmask_s,
        error=float(np.abs(mean - expected).max()),
        bound=float(scale.bound(len(survivors), unmasking.records)),
    )


def _states(nodes: int) -> dict[Address, MaskingState]:
    accounts = sorted(
        (Account(number.to_bytes(32, "big")) for number in range(1, nodes + 1)),
        key=lambda account: account.address.lower(),
    )
    return {
        one.address: MaskingState.fresh(
            one.address,
            RECORDS,
            lambda content, key=one: key.sign_digest(DOMAIN.masking_digest(PLACE.round, content)),
        )
        for one in accounts
    }


def _dealt(
    states: dict[Address, MaskingState], roster: Roster, cohort: Cohort, terms: MaskingTerms
) -> tuple[dict[Address, dict[Address, HeldShares]], int]:
    """What each node holds of each, and the bytes of adverts, rosters, cohorts and boxes."""
    adverts = sum(len(canonical_json(advert.as_json())) for advert in roster.adverts)
    spelt = len(canonical_json(roster.as_json())) + len(canonical_json(cohort.as_json()))
    total = adverts + spelt * len(states)
    held: dict[Address, dict[Address, HeldShares]] = {node: {} for node in states}
    for dealer, state in states.items():
        for node, shares in split(state.secrets, roster, terms.threshold).items():
            held[node][dealer] = shares
            if node != dealer:
                # Up to the server, and down to the node that it is for.
                total += 2 * len(seal_deal(shares, roster, state.secrets.share_secret, node))
    return held, total


def _unmasked(
    states: dict[Address, MaskingState],
    held: dict[Address, dict[Address, HeldShares]],
    cohort: Cohort,
    terms: MaskingTerms,
    dropped: Address,
) -> tuple[Unmasking, int]:
    """What takes the masks off the sum, and the bytes of the shares that were given for it."""
    survivors = [node for node in cohort.nodes if node != dropped]
    given = [
        GivenShares(
            {node: held[giver][node].seed for node in survivors},
            {dropped: held[giver][dropped].mask_secret},
        )
        for giver in survivors
    ]
    secret = join(
        [one.mask_secrets[dropped] for one in given],
        terms.threshold,
        partial(hmac.compare_digest, states[dropped].secrets.mask_secret),
    )
    seeds = {
        node: join(
            [one.seeds[node] for one in given],
            terms.threshold,
            partial(hmac.compare_digest, states[node].secrets.seed),
        )
        for node in survivors
    }
    assert secret is not None
    found = {node: seed for node, seed in seeds.items() if seed is not None}
    return Unmasking(cohort, found, {dropped: secret}), sum(len(one.to_bytes()) for one in given)


def main() -> None:
    """Measure and show."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="the smallest setting alone")
    arguments = parser.parse_args()
    settings = QUICK if arguments.quick else SETTINGS
    rows = [measured(nodes, size, bits) for nodes, size in settings for bits in (32, 16)]
    if arguments.json:
        print(json.dumps([_as_json(row) for row in rows]))
        return
    table = Table("nodes", "numbers", "bits", "dense kB", "masked kB", "around kB", "factor")
    for name in ("Flower's", "mask ms", "unmask ms", "error", "bound"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(
            *(str(row.nodes), f"{row.size:,}", str(row.bits)),
            *(f"{of / 1000:,.0f}" for of in (row.dense_bytes, row.masked_bytes, row.around_bytes)),
            *(f"{row.factor:.3f}", f"{row.flower_factor:.2f}"),
            *(f"{1000 * of:.1f}" for of in (row.mask_s, row.unmask_s)),
            *(f"{row.error:.1e}", f"{row.bound:.1e}"),
        )
    Console(width=120).print(table)


def _as_json(row: Row) -> dict[str, float]:
    fields = {name: getattr(row, name) for name in Row.__slots__}
    return {**fields, "factor": row.factor, "flower_factor": row.flower_factor}


if __name__ == "__main__":
    main()
