"""The content contract and its index in memory, with the contract's rule: once, for the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assay.content.errors import AlreadyMinted
from assay.content.model import NO_DIGEST, Minting, Provenance, ReviewOutcome, TokenState
from assay.content.texts.fingerprint import TextFingerprint, compare
from assay.content.texts.meaning import Meaning
from assay.core.address import Address
from assay.core.digest import Digest

FIRST_MINT_S = 1_700_000_000


@dataclass
class _Token:
    state: TokenState
    provenance: Provenance
    transaction: str


class FakeContentContract:
    """The `ContentContract` port; `seen_by` gives the same chain to another account."""

    address = Address("0x" + "c0" * 20)
    chain_id = 31337

    def __init__(self, account: Address) -> None:
        self.account = account
        self.tokens: dict[Digest, _Token] = {}
        self.before_mint: Callable[[], None] = lambda: None

    def seen_by(self, account: Address) -> FakeContentContract:
        other = FakeContentContract(account)
        other.tokens = self.tokens
        return other

    def states(self, tokens: Sequence[tuple[Digest, Provenance | None]]) -> list[TokenState | None]:
        return [self._state(content_id, provenance) for content_id, provenance in tokens]

    def mint(self, content_id: Digest, provenance: Provenance, royalty_bps: int) -> str:
        self.before_mint()
        if content_id in self.tokens:
            taken = self.tokens[content_id].state
            raise AlreadyMinted(content_id, taken.owner, taken.minted_at)
        transaction = f"0x{len(self.tokens) + 1:064x}"
        minted_at = FIRST_MINT_S + len(self.tokens)
        state = TokenState(self.account, minted_at, royalty_bps, None)
        self.tokens[content_id] = _Token(state, provenance, transaction)
        return transaction

    def _state(self, content_id: Digest, provenance: Provenance | None) -> TokenState | None:
        token = self.tokens.get(content_id)
        if token is None:
            return None
        opens = None if provenance is None else provenance == token.provenance
        return replace(token.state, opens=opens)


class FakeContentIndex:
    """The `ContentIndex` port over a fake chain; it sees every mint at once and compares all."""

    def __init__(self, contract: FakeContentContract) -> None:
        self._tokens = contract.tokens
        self.fingerprints: dict[Digest, TextFingerprint] = {}
        self.meanings: dict[str, set[Digest]] = {}

    def mintings(self, content_ids: Sequence[Digest]) -> Mapping[Digest, Minting]:
        found = [content_id for content_id in content_ids if content_id in self._tokens]
        return {content_id: self._minting(content_id) for content_id in found}

    def newest(self, limit: int) -> Sequence[Minting]:
        minted = list(self._tokens)[::-1]
        return [self._minting(content_id) for content_id in minted[:limit]]

    def without_fingerprint(self) -> Sequence[Minting]:
        return [self._minting(one) for one in self._tokens if one not in self.fingerprints]

    def texts_without(self, kinds: Sequence[str]) -> Sequence[Minting]:
        known = set().union(*(self.meanings.get(kind, set()) for kind in kinds))
        texts = {one for one, found in self.fingerprints.items() if found.normalised != NO_DIGEST}
        wanted = texts - known
        return [self._minting(one) for one in self._tokens if one in wanted]

    def add_fingerprints(self, fingerprints: Sequence[tuple[Minting, TextFingerprint]]) -> None:
        for minting, fingerprint in fingerprints:
            self.fingerprints.setdefault(minting.content_id, fingerprint)

    def same_reading(self, fingerprint: TextFingerprint) -> Sequence[Minting]:
        return [
            self._minting(content_id)
            for content_id, other in self.fingerprints.items()
            if other.normalised == fingerprint.normalised
        ]

    def candidates(
        self, fingerprint: TextFingerprint, limit: int
    ) -> Sequence[tuple[Minting, TextFingerprint]]:
        nearest = sorted(
            self.fingerprints.items(), key=lambda item: -compare(fingerprint, item[1]).similarity
        )
        return [(self._minting(content_id), other) for content_id, other in nearest[:limit]]

    def _minting(self, content_id: Digest) -> Minting:
        token = self._tokens[content_id]
        return Minting(content_id, token.provenance, token.transaction)


@dataclass(frozen=True)
class MeaningFound:
    """The `ContentFound` port."""

    content_id: Digest


class FakeMeaningIndex:
    """The `MeaningIndex` port beside a fake content index; it proposes all that it has."""

    kinds = ("known", "absent")

    def __init__(self, beside: FakeContentIndex) -> None:
        self.known: dict[Digest, Meaning] = {}
        self._entries = beside.meanings

    def add(self, added: Sequence[tuple[Digest, Meaning]]) -> None:
        for content_id, meaning in added:
            self.known.setdefault(content_id, meaning)
        self._entries["known"] = set(self.known)

    def add_absent(self, content_ids: Sequence[Digest]) -> None:
        self._entries.setdefault("absent", set()).update(content_ids)

    def count_absent(self) -> int:
        return len(self._entries.get("absent", ()))

    def candidates(self, meaning: Meaning, limit: int) -> Sequence[tuple[MeaningFound, Meaning]]:
        return [(MeaningFound(one), other) for one, other in self.known.items()][:limit]


class NoReviews:
    """The `ReviewRecords` port where nothing was ever reviewed."""

    def outcomes(self, content_id: Digest) -> tuple[ReviewOutcome, ...]:
        return ()


NO_REVIEWS = NoReviews()
