"""A content key on its way opens for its receiver and its asset alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.licences.errors import WrappedKeyMalformed
from assay.market.licences.wrapping import KeyReceiver, key_purpose, read_receiver, wrap_key

ASSET = Digest.of(b"asset")
KEY = ContentKey.random()


def test_the_receiver_unwraps_what_was_wrapped_to_it() -> None:
    receiver = KeyReceiver()

    assert receiver.unwrap(wrap_key(KEY, receiver.public, ASSET), ASSET) == KEY


def test_nobody_else_and_for_no_other_asset() -> None:
    receiver = KeyReceiver()
    wrapped = wrap_key(KEY, receiver.public, ASSET)

    with pytest.raises(WrappedKeyMalformed):
        KeyReceiver().unwrap(wrapped, ASSET)
    with pytest.raises(WrappedKeyMalformed):
        receiver.unwrap(wrapped, Digest.of(b"another"))


@given(st.data())
def test_a_changed_bit_is_refused(choice: st.DataObject) -> None:
    receiver = KeyReceiver()
    wrapped = bytearray(wrap_key(KEY, receiver.public, ASSET))
    place = choice.draw(st.integers(0, len(wrapped) * 8 - 1))
    wrapped[place // 8] ^= 1 << place % 8

    # The top bit of an X25519 key is not looked at (RFC 7748), so that flipping it may change
    # nothing; then the key is the same.
    try:
        assert receiver.unwrap(bytes(wrapped), ASSET) == KEY
    except WrappedKeyMalformed:
        return
    assert place // 8 == 31


@pytest.mark.parametrize("data", [b"", b"x" * 40, b"x" * 1000])
def test_what_is_no_wrapped_key_is_called_so(data: bytes) -> None:
    with pytest.raises(WrappedKeyMalformed):
        KeyReceiver().unwrap(data, ASSET)


def test_a_receiver_that_would_give_the_key_to_everybody_is_refused() -> None:
    with pytest.raises(InputError):
        wrap_key(KEY, bytes(32), ASSET)  # a point of low order: the secret would be zero


def test_the_purpose_carries_the_receiver_and_fits_a_challenge() -> None:
    receiver = KeyReceiver()

    purpose = key_purpose(ASSET, receiver.public)

    assert read_receiver(purpose.rpartition("/")[2]) == receiver.public
    assert len(purpose) <= 120


@pytest.mark.parametrize("text", ["", "short", "!" * 43, "A" * 60])
def test_a_receiver_of_another_length_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_receiver(text)


def test_the_secret_shows_nowhere() -> None:
    receiver = KeyReceiver()

    assert repr(receiver) == f"KeyReceiver({receiver.public.hex()})"
