"""Release the key of a sealed asset to whom a licence entitles, at a named block, and log it."""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.market.licences.errors import ChainMoved, KeyNotHere, LicenceNeeded
from assay.market.licences.model import Licence, licence_text
from assay.market.licences.ports import BlockName, LicenceReader, Release, ReleaseLog
from assay.market.licences.wrapping import wrap_key
from assay.market.sealing import Sealer


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """Who asks for which key, having signed in.

    Attributes:
        licence: by which licence; None for the owner of the asset.
        nonce: of the challenge that was signed.
        receiver: the X25519 key in it, 32 bytes.
    """

    asset_id: Digest
    licence: int | None
    address: Address
    nonce: str
    receiver: bytes


@dataclass(frozen=True, slots=True)
class ReleasedKey:
    """A key wrapped to its receiver, and the release that was logged."""

    wrapped: bytes
    release: Release


def release_key(
    request: KeyRequest,
    *,
    reader: LicenceReader,
    sealer: Sealer,
    log: ReleaseLog,
    clock: Clock,
    confirmations: int,
) -> ReleasedKey:
    """Check, log, then release.

    The right has to stand both in the newest block, so that what was sold on or given back no
    longer counts, and in the one that `confirmations` blocks are on top of, so that what a
    reorganisation may undo does not count yet.

    Raises:
        KeyNotHere: the asset was not sealed here.
        LicenceNeeded: no unexpired licence entitles the address now.
        ReleaseRepeated: the challenge was used before.
        ChainMoved: the chain replaced the block that was looked at.
    """
    key = sealer.key(request.asset_id)
    if key is None:
        raise KeyNotHere(request.asset_id)
    wrapped = wrap_key(key, request.receiver, request.asset_id)
    newest = reader.block(0)
    time_s = max(newest.time_s, clock.now_s())
    _check_right(request, newest, time_s, reader)
    if confirmations:
        confirmed = reader.block(confirmations)
        _check_right(request, confirmed, time_s, reader, f"not {confirmations} blocks ago")
    release = Release(
        request.asset_id, request.licence, request.address, request.nonce, newest, clock.now_s()
    )
    log.append(release)
    if not reader.is_canonical(newest):
        raise ChainMoved(newest.number)
    return ReleasedKey(wrapped, release)


def _check_right(
    request: KeyRequest, block: BlockName, time_s: int, reader: LicenceReader, when: str = ""
) -> None:
    reason = _objection(request, block, time_s, reader)
    if reason:
        reason += f" ({when}: wait for confirmations)" if when else f" (block {block.number})"
        raise LicenceNeeded(request.asset_id, request.address, reason)


def _objection(request: KeyRequest, block: BlockName, time_s: int, reader: LicenceReader) -> str:
    """What stands against the request, as a block has it; empty if nothing does."""
    if request.licence is None:
        owner = reader.asset_owner_at(request.asset_id, block)
        return "" if owner == request.address else "it names no licence and does not own the asset"
    [state] = reader.states_at([request.licence], block)
    name = f"licence {licence_text(request.licence)}"
    if state is None:
        return f"there is no {name}"
    if state.licence.asset_id != request.asset_id:
        return f"{name} is for another asset"
    if state.licence.holder_at(time_s) == request.address:
        return ""
    return f"{name} {_why_not(state.licence, request.address, time_s)}"


def _why_not(licence: Licence, address: Address, time_s: int) -> str:
    if licence.is_expired_at(time_s):
        return f"expired at {licence.expires_at_s}"
    if licence.owner == address:
        return f"is rented out until {licence.user_expires_at_s}"
    return "is another account's"
