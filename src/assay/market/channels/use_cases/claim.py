"""Send a batch of claims; a line that the contract refuses holds up no other.

    outcome = make_claims(chain, claims)
    outcome.made                # [(Mined, claims), ...]: mostly one
    outcome.refused             # [(claim, why), ...]

The contract takes a batch whole or not at all. What it refuses is searched by bisection, without
sending: one bad line among a hundred takes about fourteen trials.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.errors import RefusedError, UnavailableError
from assay.market.channels.errors import ClaimRefused, ClaimTooLarge
from assay.market.channels.ports import ChannelChain, Claim, Mined


@dataclass(slots=True)
class ClaimOutcome:
    """What became of a batch; `fault` is what kept the rest of it from being tried."""

    made: list[tuple[Mined, list[Claim]]] = field(default_factory=list)
    refused: list[tuple[Claim, str]] = field(default_factory=list)
    fault: UnavailableError | RefusedError | None = None


def make_claims(chain: ChannelChain, claims: Sequence[Claim]) -> ClaimOutcome:
    """Claim all that can be claimed, in as few transactions as fit into blocks.

    Where the chain cannot be reached any more, what was sent is in the chain or on its way, and
    claiming again is harmless.
    """
    outcome = ClaimOutcome()
    try:
        _claim(chain, list(claims), outcome)
    except (UnavailableError, RefusedError) as error:
        outcome.fault = error
    return outcome


def _claim(chain: ChannelChain, claims: list[Claim], outcome: ClaimOutcome) -> None:
    if not claims:
        return
    try:
        outcome.made.append((chain.claim(claims), claims))
    except ClaimTooLarge as error:
        if len(claims) == 1:
            outcome.refused.append((claims[0], str(error)))
            return
        middle = len(claims) // 2
        _claim(chain, claims[:middle], outcome)
        _claim(chain, claims[middle:], outcome)
    except ClaimRefused:
        refused = find_refused(chain, claims)
        outcome.refused += refused
        if refused:  # none if the chain has moved on since: the next round sees
            bad = {claim.voucher.channel for claim, _ in refused}
            _claim(chain, [each for each in claims if each.voucher.channel not in bad], outcome)


def find_refused(chain: ChannelChain, claims: list[Claim]) -> list[tuple[Claim, str]]:
    """The lines that the contract refuses, each with its reason; nothing is sent."""
    try:
        chain.claim_gas(claims)
    except ClaimTooLarge as error:
        if len(claims) == 1:
            return [(claims[0], str(error))]
    except ClaimRefused as error:
        if len(claims) == 1:
            return [(claims[0], error.reason)]
    else:
        return []
    middle = len(claims) // 2
    return find_refused(chain, claims[:middle]) + find_refused(chain, claims[middle:])
