"""Who gets a key: whoever may use the asset in the newest block and in a confirmed one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assay.bootstrap.sealing import StoreSealer
from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.licences.errors import (
    ChainMoved,
    KeyNotHere,
    LicenceNeeded,
    ReleaseRepeated,
)
from assay.market.licences.model import NOBODY, Licence, LicenceState, Subscription
from assay.market.licences.use_cases.keys import KeyRequest, ReleasedKey, release_key
from assay.market.licences.wrapping import KeyReceiver
from assay.store.disk import DiskStore
from assay.store.key_vault import KeyVault
from tests.fakes.licences import FakeLicences, FakeReleaseLog

PROVIDER = Address("0x" + "99" * 20)
ALICE = Address("0x" + "11" * 20)
BOB = Address("0x" + "22" * 20)
ASSET = Digest.of(b"asset")
KEY = ContentKey.random()
NOW_S = 1_000
LICENCE = Licence(7, ALICE, ASSET, 1, 2_000, True)


@dataclass
class Clock:
    time_s: int = NOW_S

    def now_s(self) -> int:
        return self.time_s


@dataclass
class Desk:
    """A provider with one sealed asset, and a chain of blocks."""

    sealer: StoreSealer
    chain: FakeLicences
    log: FakeReleaseLog
    receiver: KeyReceiver
    clock: Clock

    def mine(self, licence: Licence | None, owner: Address = PROVIDER) -> None:
        state = licence and LicenceState(licence, Subscription(NOBODY, 0, 0, 0), None, 0, NOW_S)
        self.chain.blocks.append({7: state} if state else {})
        self.chain.owners.append({ASSET: owner})

    def release(
        self,
        address: Address = ALICE,
        licence: int | None = 7,
        asset: Digest = ASSET,
        nonce: str = "n1",
        confirmations: int = 0,
    ) -> ReleasedKey:
        return release_key(
            KeyRequest(asset, licence, address, nonce, self.receiver.public),
            reader=self.chain,
            sealer=self.sealer,
            log=self.log,
            clock=self.clock,
            confirmations=confirmations,
        )

    def refusal(self, **request: object) -> AssayError:
        with pytest.raises(AssayError) as refused:
            self.release(**request)  # type: ignore[arg-type]
        assert self.log.entries == []
        return refused.value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    vault = KeyVault(tmp_path / "keys", PROVIDER, lambda: b"provider")
    vault.put(ASSET, KEY)
    sealer = StoreSealer(DiskStore(tmp_path / "store"), vault)
    return Desk(sealer, FakeLicences(), FakeReleaseLog(), KeyReceiver(), Clock())


def test_the_holder_gets_the_key_and_the_release_is_logged_first(desk: Desk) -> None:
    desk.mine(LICENCE)

    released = desk.release()

    assert desk.receiver.unwrap(released.wrapped, ASSET) == KEY
    assert desk.log.entries == [released.release]
    assert (released.release.licence, released.release.released_at_s) == (7, NOW_S)


def test_if_the_log_cannot_be_written_no_key_leaves(desk: Desk) -> None:
    desk.mine(LICENCE)
    desk.release(nonce="same")

    with pytest.raises(ReleaseRepeated):
        desk.release(nonce="same")


@pytest.mark.parametrize(
    ("licence", "request_"),
    [
        (LICENCE, {"address": BOB}),
        (replace(LICENCE, owner=BOB), {}),
        (replace(LICENCE, expires_at_s=NOW_S), {}),
        (replace(LICENCE, asset_id=Digest.of(b"other")), {}),
        (replace(LICENCE, user=BOB, user_expires_at_s=NOW_S + 1), {}),
        (LICENCE, {"licence": 8}),
        (LICENCE, {"licence": None}),
    ],
)
def test_who_may_not_use_it_gets_nothing(
    desk: Desk, licence: Licence, request_: dict[str, object]
) -> None:
    desk.mine(licence)

    assert isinstance(desk.refusal(**request_), LicenceNeeded)


def test_the_clock_counts_where_the_chain_stands_still(desk: Desk) -> None:
    desk.mine(replace(LICENCE, expires_at_s=NOW_S + 10))
    desk.clock.time_s = NOW_S + 10

    assert isinstance(desk.refusal(), LicenceNeeded)


def test_the_user_and_after_the_rental_the_owner_may_use_it(desk: Desk) -> None:
    desk.mine(replace(LICENCE, user=BOB, user_expires_at_s=NOW_S + 5))

    desk.release(address=BOB, nonce="user")
    desk.clock.time_s = NOW_S + 5
    desk.release(address=ALICE, nonce="owner")

    assert [entry.address for entry in desk.log.entries] == [BOB, ALICE]


def test_what_is_not_confirmed_yet_does_not_count(desk: Desk) -> None:
    desk.mine(None)
    desk.mine(LICENCE)
    desk.mine(LICENCE)

    early = desk.refusal(confirmations=2)
    desk.mine(LICENCE)
    desk.release(confirmations=2)

    assert isinstance(early, LicenceNeeded)


def test_what_was_sold_since_the_confirmed_block_no_longer_counts(desk: Desk) -> None:
    desk.mine(LICENCE)
    desk.mine(replace(LICENCE, owner=BOB))

    assert isinstance(desk.refusal(confirmations=1), LicenceNeeded)
    assert isinstance(desk.refusal(confirmations=1, address=BOB), LicenceNeeded)


def test_a_renewal_that_is_not_confirmed_does_not_count(desk: Desk) -> None:
    desk.mine(replace(LICENCE, expires_at_s=NOW_S))
    desk.mine(LICENCE)

    assert isinstance(desk.refusal(confirmations=1), LicenceNeeded)


def test_the_owner_of_the_asset_needs_no_licence(desk: Desk) -> None:
    desk.mine(None, owner=BOB)

    released = desk.release(address=BOB, licence=None)

    assert released.release.licence is None


def test_if_the_block_was_replaced_meanwhile_no_key_leaves(desk: Desk) -> None:
    desk.mine(LICENCE)
    desk.chain.replaced = True

    with pytest.raises(ChainMoved):
        desk.release()


def test_an_asset_that_was_not_sealed_here_has_no_key(desk: Desk) -> None:
    desk.mine(LICENCE)

    assert isinstance(desk.refusal(asset=Digest.of(b"elsewhere")), KeyNotHere)
