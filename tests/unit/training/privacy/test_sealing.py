"""Sealed updates: the committee opens them, nobody else does, and no change goes unseen."""

from __future__ import annotations

import pickle
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PublicKey, SealedBox
from nacl.secret import SecretBox

from assay.chain.account import Account
from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.errors import AssayError
from assay.store.disk import DiskStore
from assay.training.privacy.sealing import (
    BOX_FILE,
    KEYS_FILE,
    Binding,
    CommitteeKeys,
    from_files,
    read_sealed,
    seal,
)
from assay.training.privacy.sealing_errors import (
    CommitteeUnusable,
    NotSealedTo,
    SealedDamaged,
    SealedElsewhere,
    SealedMalformed,
)
from assay.training.privacy.sealing_key import SealingKey
from assay.training.rounds import RoundPlace

ACCOUNTS = [Account(bytes([number]) * 32) for number in range(1, 6)]
MEMBERS = [account.address for account in ACCOUNTS]
NODE = Address("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
BINDING = Binding(RoundPlace(task=1, round=2), NODE, epoch=0)
PAYLOAD = b"an encoded update"
LARGEST_BYTES = 1000


def sealing_key(number: int, epoch: int = 0) -> SealingKey:
    account = ACCOUNTS[number]
    return SealingKey.derive(lambda: account.sign_digest(b"p" * 32), task=1, epoch=epoch)


def committee(*numbers: int, epoch: int = 0) -> CommitteeKeys:
    return CommitteeKeys(
        epoch, {MEMBERS[number]: sealing_key(number, epoch).public for number in numbers}
    )


@given(st.binary(max_size=2000))
@settings(max_examples=20, deadline=None)
def test_every_member_opens_what_was_sealed(payload: bytes) -> None:
    sealed = seal(payload, BINDING, committee(0, 1, 2, 3))

    assert all(sealed.open(sealing_key(n), MEMBERS[n], BINDING) == payload for n in range(4))


def test_a_validator_outside_cannot_open() -> None:
    sealed = seal(PAYLOAD, BINDING, committee(0, 1, 2, 3))

    with pytest.raises(NotSealedTo):
        sealed.open(sealing_key(4), MEMBERS[4], BINDING)
    with pytest.raises(SealedDamaged):
        sealed.open(sealing_key(4), MEMBERS[0], BINDING)


def test_the_folder_is_small_and_read_back(tmp_path: Path) -> None:
    sealed = seal(PAYLOAD, BINDING, committee(0, 1, 2, 3))

    sealed.write_into(tmp_path / "sealed")
    read = read_sealed(tmp_path / "sealed", LARGEST_BYTES)

    assert read.open(sealing_key(1), MEMBERS[1], BINDING) == PAYLOAD
    assert sum(map(len, sealed.files().values())) < len(PAYLOAD) + 530


def test_the_folder_has_one_cid_wherever_it_is_written(tmp_path: Path) -> None:
    sealed = seal(PAYLOAD, BINDING, committee(0, 1))
    reordered = replace(sealed, keys=dict(reversed(sealed.keys.items())))

    sealed.write_into(tmp_path / "first")
    reordered.write_into(tmp_path / "second")
    store = DiskStore(tmp_path / "store")

    assert store.add(tmp_path / "first") == store.add(tmp_path / "second")


@pytest.mark.parametrize(
    "other",
    [
        Binding(RoundPlace(2, 2), NODE, 0),
        Binding(RoundPlace(1, 3), NODE, 0),
        Binding(RoundPlace(1, 2), MEMBERS[0], 0),
        Binding(RoundPlace(1, 2), NODE, 1),
    ],
)
def test_an_update_of_another_round_node_or_epoch_is_refused(other: Binding) -> None:
    sealed = seal(PAYLOAD, BINDING, committee(0))

    with pytest.raises(SealedElsewhere):
        sealed.open(sealing_key(0), MEMBERS[0], other)
    with pytest.raises(SealedDamaged):
        replace(sealed, binding=other).open(sealing_key(0), MEMBERS[0], other)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_changed_bit_goes_unseen(data: st.DataObject) -> None:
    sealed = seal(PAYLOAD, BINDING, committee(0, 1))
    files = sealed.files()
    name = data.draw(st.sampled_from([KEYS_FILE, BOX_FILE]))
    changed = bytearray(files[name])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    for number in (0, 1):
        try:
            opened = from_files({**files, name: bytes(changed)}).open(
                sealing_key(number), MEMBERS[number], BINDING
            )
        except AssayError:
            continue
        # What was changed is the other member's copy of the key, which this one never reads.
        assert opened == PAYLOAD
        assert name == KEYS_FILE


def test_a_box_that_opens_to_two_updates_is_not_believed() -> None:
    honest = seal(PAYLOAD, BINDING, committee(0, 1))
    other_key = ContentKey.random()
    to_the_second = bytes(SealedBox(PublicKey(sealing_key(1).public)).encrypt(other_key.reveal()))
    forged = replace(honest, keys={**honest.keys, MEMBERS[1]: to_the_second})

    assert forged.open(sealing_key(0), MEMBERS[0], BINDING) == PAYLOAD
    with pytest.raises(SealedDamaged, match="content key"):
        forged.open(sealing_key(1), MEMBERS[1], BINDING)
    lent = forged.content_key(sealing_key(0), MEMBERS[0], BINDING)
    assert forged.open_with(lent, BINDING) == PAYLOAD


def test_rotated_keys_open_their_own_epoch_only() -> None:
    after = replace(BINDING, epoch=1)
    sealed = seal(PAYLOAD, after, committee(0, 1, epoch=1))

    assert sealing_key(0, epoch=0).public != sealing_key(0, epoch=1).public
    assert sealed.open(sealing_key(0, epoch=1), MEMBERS[0], after) == PAYLOAD
    with pytest.raises(SealedDamaged):
        sealed.open(sealing_key(0, epoch=0), MEMBERS[0], after)
    with pytest.raises(NotSealedTo):
        sealed.open(sealing_key(3, epoch=1), MEMBERS[3], after)
    with pytest.raises(CommitteeUnusable, match="epoch"):
        seal(PAYLOAD, BINDING, committee(0, epoch=1))


@pytest.mark.parametrize("key", [bytes(32), b"\1" + bytes(31), b"short", b""])
def test_nothing_is_sealed_to_a_weak_or_misshapen_key(key: bytes) -> None:
    with pytest.raises(CommitteeUnusable):
        seal(PAYLOAD, BINDING, CommitteeKeys(0, {MEMBERS[0]: key}))


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(CommitteeUnusable):
        CommitteeKeys(0, {})


def test_files_that_are_no_sealed_update_are_refused(tmp_path: Path) -> None:
    sealed = seal(PAYLOAD, BINDING, committee(0, 1))
    keys, box = sealed.files()[KEYS_FILE], sealed.box
    header, first, second = keys[:-200], keys[-200:-100], keys[-100:]
    hostile: list[dict[str, bytes]] = [
        {},
        {BOX_FILE: box},
        {KEYS_FILE: b"", BOX_FILE: box},
        {KEYS_FILE: b"\0" * len(keys), BOX_FILE: box},
        {KEYS_FILE: keys[:4] + b"\2" + keys[5:], BOX_FILE: box},
        {KEYS_FILE: keys[:5] + b"\0" + keys[6:], BOX_FILE: box},
        {KEYS_FILE: keys[:5] + b"\3" + keys[6:], BOX_FILE: box},
        {KEYS_FILE: header + second + first, BOX_FILE: box},
        {KEYS_FILE: header + first + first, BOX_FILE: box},
        {KEYS_FILE: keys + b"\n", BOX_FILE: box},
        {**sealed.files(), BOX_FILE: box[:39]},
        {**sealed.files(), BOX_FILE: box + bytes(LARGEST_BYTES)},
        {**sealed.files(), "more": b""},
        {**sealed.files(), "more": b"a" * 100_000},
        {**sealed.files(), KEYS_FILE: b" " * 100_000},
    ]

    for number, files in enumerate(hostile):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        with pytest.raises(SealedMalformed):
            read_sealed(folder, LARGEST_BYTES)
    with pytest.raises(SealedMalformed):
        read_sealed(tmp_path / "absent", LARGEST_BYTES)


def test_secrets_are_in_no_text_and_no_pickle() -> None:
    key = sealing_key(0)
    secret = bytes(key._private)
    sealed = seal(PAYLOAD, BINDING, committee(0))
    content_key = sealed.content_key(key, MEMBERS[0], BINDING)
    texts = [repr(key), str(key), repr(sealed), repr(content_key), repr(committee(0))]
    for failing in (
        lambda: sealed.open(sealing_key(1), MEMBERS[0], BINDING),
        lambda: sealed.open_with(ContentKey.random(), BINDING),
    ):
        with pytest.raises(SealedDamaged) as failed:
            failing()
        texts.append("".join(traceback.format_exception(failed.value)))

    for hidden in (secret, content_key.reveal(), PAYLOAD):
        assert all(hidden.hex() not in text and repr(hidden) not in text for text in texts)
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_the_same_update_is_never_encrypted_alike() -> None:
    first, second = (seal(PAYLOAD, BINDING, committee(0)) for _ in range(2))

    assert first.box[: SecretBox.NONCE_SIZE] != second.box[: SecretBox.NONCE_SIZE]
    assert first.commitment != second.commitment
