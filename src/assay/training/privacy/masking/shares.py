"""Secrets dealt as shares: some of them give the secret back, fewer tell nothing.

    boxes = deal(secrets, roster, threshold)       # to each other node of the roster
    shares = open_deal(box, ...)                   # there
    join(shares, threshold, fits)                  # the secret, once enough are given

Shamir 1979, "How to share a secret", as Flower has it for SecAgg+; the boxes are libsodium's
authenticated encryption (X25519, XSalsa20-Poly1305), so who opens one knows that its dealer, or
itself, made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from random import SystemRandom

from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.privacy.masking.cohort import Roster
from assay.training.privacy.masking.streams import KEY_BYTES

SHARE_BYTES = 52
"""Of a secret of 32 bytes: its number in 4, and 16 for each of three blocks."""
_MOST_TRIES = 500


@dataclass(frozen=True, slots=True)
class NodeSecrets:
    """What a node must not give away, of one round; 32 bytes each.

    Attributes:
        mask_secret, share_secret: of the keys in its advert.
        seed: of its own mask.
    """

    mask_secret: bytes = field(repr=False)
    share_secret: bytes = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeldShares:
    """What a node holds of another's secrets, or of its own.

    Attributes:
        seed: gives the other's own mask away, and is for survivors alone;
        mask_secret: gives all its pair masks away, and is for the dropped alone.
    """

    seed: bytes = field(repr=False)
    mask_secret: bytes = field(repr=False)


def split(secrets: NodeSecrets, roster: Roster, threshold: int) -> dict[Address, HeldShares]:
    """Shares of the seed and of the mask's secret for each node of a roster, oneself included."""
    from flwr.common.secure_aggregation.crypto.shamir import (  # noqa: PLC0415 - loads flwr
        create_shares,
    )

    count = len(roster.nodes)
    seeds = create_shares(secrets.seed, threshold, count)
    keys = create_shares(secrets.mask_secret, threshold, count)
    return {
        node: HeldShares(seed, key)
        for node, seed, key in zip(roster.nodes, seeds, keys, strict=True)
    }


def seal_deal(shares: HeldShares, roster: Roster, share_secret: bytes, receiver: Address) -> bytes:
    """A box that only the receiver opens."""
    public = PublicKey(roster.by_node[receiver].share_key)
    plain = roster.digest.raw + shares.seed + shares.mask_secret
    return bytes(Box(PrivateKey(share_secret), public).encrypt(plain))


def open_deal(
    box: bytes, roster: Roster, share_secret: bytes, dealer: Address
) -> tuple[Digest, HeldShares] | None:
    """The digest of the dealer's roster, and the shares; None if it does not open."""
    public = PublicKey(roster.by_node[dealer].share_key)
    try:
        plain = bytes(Box(PrivateKey(share_secret), public).decrypt(box))
    except (CryptoError, ValueError, TypeError):
        return None
    if len(plain) != KEY_BYTES + 2 * SHARE_BYTES:
        return None
    shares = plain[KEY_BYTES:]
    digest = Digest(plain[:KEY_BYTES])
    return digest, HeldShares(shares[:SHARE_BYTES], shares[SHARE_BYTES:])


def join(shares: Iterable[bytes], threshold: int, fits: Callable[[bytes], bool]) -> bytes | None:
    """The secret; None if the shares that are there give none that fits.

    Wrong shares do no harm as long as enough right ones are there: what comes out is held against
    what its owner made known, and other shares are tried.
    """
    sound = sorted({share for share in shares if len(share) == SHARE_BYTES})
    for chosen in _choices(sound, threshold):
        secret = _combined(chosen)
        if secret is not None and len(secret) == KEY_BYTES and fits(secret):
            return secret
    return None


def _choices(shares: Sequence[bytes], threshold: int) -> Iterator[Sequence[bytes]]:
    """All choices of so many where they are few, else some by chance: in order, all of the first
    would hold the same shares, of which one may be wrong.
    """
    if len(shares) < threshold:
        return
    if comb(len(shares), threshold) <= _MOST_TRIES:
        yield from combinations(shares, threshold)
        return
    chance = SystemRandom()
    for _ in range(_MOST_TRIES):
        yield chance.sample(shares, threshold)


def _combined(shares: Sequence[bytes]) -> bytes | None:
    from flwr.common.secure_aggregation.crypto.shamir import (  # noqa: PLC0415 - loads flwr
        combine_shares,
    )

    if len({share[:4] for share in shares}) < len(shares):
        return None
    try:
        return combine_shares(list(shares))
    except ValueError:  # Flower's word for shares that do not belong together
        return None
