"""Sealed updates: encrypted once, opened by any validator of the committee and by nobody else.

    sealed = seal(message, binding, committee)
    sealed.write_into(folder)                                  # keys.bin and update.box
    read_sealed(folder, largest_bytes).open(key, member, binding)

    content key K    32 random bytes, sealed to each member's X25519 key (libsodium's sealed box)
    box key, C       HKDF-SHA256(K, "assay/sealed-update-1" + what it is bound to), 64 bytes
    update.box       nonce 24 and the update in libsodium's secret box (XSalsa20-Poly1305)
    keys.bin         "ASYK", version 1, members 1, task 8, round 4, epoch 4, node 20, C 32, and for
                     each member, ascending, address 20 and sealed K 80; numbers big-endian

What an update is bound to goes into its key, so that in another round, or as another node's, it
does not open. C commits to K: Poly1305 alone would let a hostile node make one box that opens to
different updates under the keys that it gives to different validators (Grubbs, Lu and Ristenpart
2017, "Message franking via committing authenticated encryption"). A validator whose copy of K is
bad can take it from another and check it against C.
"""

from __future__ import annotations

import hmac
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.secret import SecretBox

from assay.core.address import Address, parse_address
from assay.core.content_key import KEY_BYTES, ContentKey
from assay.training.privacy.sealing_errors import (
    CommitteeUnusable,
    NotSealedTo,
    SealedDamaged,
    SealedElsewhere,
    SealedMalformed,
)
from assay.training.privacy.sealing_key import PUBLIC_KEY_BYTES, SealingKey
from assay.training.rounds import RoundPlace

SCHEME = b"assay/sealed-update-1"
KEYS_FILE, BOX_FILE = "keys.bin", "update.box"
OVERHEAD_BYTES = SecretBox.NONCE_SIZE + SecretBox.MACBYTES
LARGEST_COMMITTEE = 255
_MAGIC, _VERSION = b"ASYK", 1
_HEADER = struct.Struct(">4sBBQII20s32s")
_BOUND = struct.Struct(">QII20s")
_MEMBER = struct.Struct(">20s80s")
_LARGEST_KEYS_FILE_BYTES = _HEADER.size + LARGEST_COMMITTEE * _MEMBER.size


@dataclass(frozen=True, slots=True)
class Binding:
    """What a sealed update belongs to.

    Attributes:
        epoch: which keys of the committee; it grows when a member joins, leaves or rotates its key.
    """

    place: RoundPlace
    node: Address
    epoch: int

    def fields(self) -> dict[str, object]:
        """Each by its name."""
        return {
            "task": self.place.task,
            "round": self.place.round,
            "node": self.node,
            "epoch": self.epoch,
        }

    def to_bytes(self) -> bytes:
        """All of it in 36 bytes."""
        return _BOUND.pack(self.place.task, self.place.round, self.epoch, _raw(self.node))


@dataclass(frozen=True, slots=True)
class CommitteeKeys:
    """The public sealing keys of a committee's members, 32 bytes each.

    Raises:
        CommitteeUnusable: there are none or too many, or one has another length.
    """

    epoch: int
    keys: Mapping[Address, bytes]

    def __post_init__(self) -> None:
        if not 1 <= len(self.keys) <= LARGEST_COMMITTEE:
            raise CommitteeUnusable(f"it has {len(self.keys)} members")
        for member, key in self.keys.items():
            if len(key) != PUBLIC_KEY_BYTES:
                raise CommitteeUnusable(f"the key of {member} has {len(key)} bytes, not 32")


@dataclass(frozen=True, slots=True)
class SealedUpdate:
    """An update that only the committee can open.

    Attributes:
        commitment: to the content key; it makes all who open the box see the same update.
        keys: the content key, sealed to each member.
        box: nonce and secret box.
    """

    binding: Binding
    commitment: bytes
    keys: Mapping[Address, bytes] = field(repr=False)
    box: bytes = field(repr=False)

    def open(self, key: SealingKey, member: Address, expected: Binding) -> bytes:
        """The update's bytes.

        Raises:
            SealedElsewhere: it is bound to something else than expected.
            NotSealedTo: the member is none of those who may open it.
            SealedDamaged: it was changed, or the key is not the member's.
        """
        return self.open_with(self.content_key(key, member, expected), expected)

    def content_key(self, key: SealingKey, member: Address, expected: Binding) -> ContentKey:
        """The key of this one update, which a validator may give to others or make public.

        Raises:
            SealedElsewhere, NotSealedTo, SealedDamaged: as `open`.
        """
        self._check(expected)
        sealed = self.keys.get(member)
        if sealed is None:
            raise NotSealedTo(member, self.binding.epoch)
        raw = key.open(sealed)
        if raw is None or len(raw) != KEY_BYTES:
            raise SealedDamaged(f"key for {member}")
        return ContentKey(raw)

    def open_with(self, content_key: ContentKey, expected: Binding) -> bytes:
        """The update's bytes, by a content key from whomever.

        Raises:
            SealedElsewhere: it is bound to something else than expected.
            SealedDamaged: this is not the key that its sender committed to, or it was changed.
        """
        self._check(expected)
        box_key, commitment = _derive(content_key, expected)
        if not hmac.compare_digest(commitment, self.commitment):
            raise SealedDamaged("content key")
        try:
            return bytes(SecretBox(box_key).decrypt(self.box))
        except CryptoError:
            raise SealedDamaged("content") from None

    def files(self) -> dict[str, bytes]:
        """The two files of the folder; equal updates have equal bytes in them."""
        place = self.binding.place
        header = _HEADER.pack(
            *(_MAGIC, _VERSION, len(self.keys), place.task, place.round, self.binding.epoch),
            *(_raw(self.binding.node), self.commitment),
        )
        members = sorted((_raw(member), sealed) for member, sealed in self.keys.items())
        return {
            KEYS_FILE: header + b"".join(_MEMBER.pack(*member) for member in members),
            BOX_FILE: self.box,
        }

    def write_into(self, folder: Path) -> None:
        """Make the folder, durably; one that a crash left half made is made anew.

        Raises:
            OSError: the disk refuses.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.files().items():
            with (folder / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

    def _check(self, expected: Binding) -> None:
        found = self.binding.fields()
        for name, value in expected.fields().items():
            if found[name] != value:
                raise SealedElsewhere(name, value, found[name])


def seal(payload: bytes, binding: Binding, committee: CommitteeKeys) -> SealedUpdate:
    """Encrypt an update to a committee.

    Raises:
        CommitteeUnusable: a member's key is weak, or the keys are of another epoch.
    """
    if binding.epoch != committee.epoch:
        raise CommitteeUnusable(f"its keys are of epoch {committee.epoch}, not {binding.epoch}")
    content_key = ContentKey.random()
    box_key, commitment = _derive(content_key, binding)
    keys = {}
    for member, public in committee.keys.items():
        try:
            keys[member] = bytes(SealedBox(PublicKey(public)).encrypt(content_key.reveal()))
        except CryptoError:
            raise CommitteeUnusable(f"the key of {member} is weak") from None
    return SealedUpdate(binding, commitment, keys, bytes(SecretBox(box_key).encrypt(payload)))


def read_sealed(folder: Path, largest_bytes: int) -> SealedUpdate:
    """A sealed update from its folder; holds no more than the limits in memory.

    Args:
        largest_bytes: the most that an update of the task may have before it is sealed.

    Raises:
        SealedMalformed: the folder holds anything else.
    """
    limits = {KEYS_FILE: _LARGEST_KEYS_FILE_BYTES, BOX_FILE: largest_bytes + OVERHEAD_BYTES}
    try:
        names = [path.name for path in folder.iterdir()]
        return from_files({name: _read(folder / name, limits.get(name, 0)) for name in names})
    except OSError as error:
        raise SealedMalformed(error.strerror or "it cannot be read") from None


def from_files(files: Mapping[str, bytes]) -> SealedUpdate:
    """A sealed update from its two files.

    Raises:
        SealedMalformed: they are not as `SealedUpdate.files` writes them.
    """
    if set(files) != {KEYS_FILE, BOX_FILE}:
        raise SealedMalformed(f"its files are {', '.join(sorted(files))[:200] or 'none'}")
    data, box = files[KEYS_FILE], files[BOX_FILE]
    if len(data) < _HEADER.size:
        raise SealedMalformed(f"{KEYS_FILE} ends after {len(data)} bytes")
    magic, version, members, task, number, epoch, node, commitment = _HEADER.unpack_from(data)
    if magic != _MAGIC or version != _VERSION:
        raise SealedMalformed(f"{KEYS_FILE} does not start like one of version {_VERSION}")
    if not members or len(data) != _HEADER.size + members * _MEMBER.size:
        raise SealedMalformed(f"{KEYS_FILE} has {len(data)} bytes for {members} members")
    keys = list(_MEMBER.iter_unpack(data[_HEADER.size :]))
    if any(first >= second for (first, _), (second, _) in pairwise(keys)):
        raise SealedMalformed("members are not ascending by address, each once")
    if len(box) < OVERHEAD_BYTES:
        raise SealedMalformed(f"{BOX_FILE} ends after {len(box)} bytes")
    binding = Binding(RoundPlace(task, number), _address(node), epoch)
    return SealedUpdate(binding, commitment, {_address(raw): key for raw, key in keys}, box)


def _read(path: Path, largest_bytes: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(largest_bytes + 1)
    if len(data) > largest_bytes:
        raise SealedMalformed(f"{path.name} has more than {largest_bytes} bytes")
    return data


def _derive(content_key: ContentKey, binding: Binding) -> tuple[bytes, bytes]:
    info = SCHEME + binding.to_bytes()
    derivation = HKDF(algorithm=SHA256(), length=2 * KEY_BYTES, salt=None, info=info)
    both = derivation.derive(content_key.reveal())
    return both[:KEY_BYTES], both[KEY_BYTES:]


def _raw(address: Address) -> bytes:
    return bytes.fromhex(address.removeprefix("0x"))


def _address(raw: bytes) -> Address:
    return parse_address("0x" + raw.hex())
