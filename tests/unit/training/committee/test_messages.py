"""Messages as bytes, what their signatures cover, and what the gate turns away."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.typed_data import typed_data_digest
from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.training.committee.encoding import decode, encode
from assay.training.committee.errors import MessageRejected
from assay.training.committee.gate import Gate
from assay.training.committee.messages import (
    MOST_MESSAGE_BYTES,
    Checkpoint,
    Fetch,
    Message,
    NewView,
    Prepared,
)
from assay.training.committee.signing import Domain, verify
from assay.training.model import VOTE_TYPE, VOTE_TYPES, vote_domain, vote_message
from tests.unit.training.committee.parts import (
    DOMAIN,
    FOUR,
    GATE,
    KEYS,
    OTHER,
    VALUE,
    certificate,
    commit,
    pre_prepare,
    prepare,
    prepared,
    result_of,
    signed,
    view_change,
)


def new_view(*changes: object, index: int = 2) -> NewView:
    stripped = tuple(change.stripped() for change in changes)
    return signed(index, NewView(round=1, view=1, changes=stripped, sender=KEYS[index].address))


MESSAGES: list[Message] = [
    pre_prepare(),
    prepare(2),
    commit(3),
    view_change(0),
    view_change(0, proof=prepared()),
    new_view(view_change(0), view_change(2), view_change(3, proof=prepared())),
    signed(0, Checkpoint(round=2, digest=Digest.of(b""), sender=KEYS[0].address)),
    signed(0, Fetch(round=2, sender=KEYS[0].address)),
    certificate(0, 1, 2),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_comes_back_from_its_bytes_and_passes_the_gate(message: Message) -> None:
    data = encode(DOMAIN.task, message)

    assert GATE.admit(data) == message
    assert encode(DOMAIN.task, decode(DOMAIN.task, data)) == data


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_any_other_spelling_or_change_is_turned_away(message: Message) -> None:
    data = encode(DOMAIN.task, message)
    spellings = [b" " + data, data + b"\n", data.replace(b",", b", ", 1), data.upper(), data[:-1]]
    items = json.loads(data)
    changed = [
        canonical_json([*items[:at], other, *items[at + 1 :]])
        for at in range(1, len(items))
        for other in (8, "ab", [], -1, 2**32, True, None)
        if items[at] != other
    ]

    for bad in [*spellings, *changed]:
        with pytest.raises(MessageRejected):
            GATE.admit(bad)


@given(st.binary(max_size=200) | st.recursive(st.integers() | st.text(), st.lists))
def test_no_bytes_at_all_break_the_gate(content: object) -> None:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()

    with pytest.raises(MessageRejected):
        GATE.admit(data)


def test_what_is_too_large_or_nested_too_deeply_is_turned_away_at_once() -> None:
    started = time.perf_counter()

    for data in (b"[" * MOST_MESSAGE_BYTES, b"[" + b"0," * (MOST_MESSAGE_BYTES + 1), b"[[" * 9999):
        with pytest.raises(MessageRejected):
            GATE.admit(data)

    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize("message", MESSAGES[:-1], ids=lambda message: type(message).__name__)
@pytest.mark.parametrize(
    "domain",
    [
        Domain(1, DOMAIN.tasks, DOMAIN.task),
        Domain(DOMAIN.chain_id, Address("0x" + "11" * 20), DOMAIN.task),
        Domain(DOMAIN.chain_id, DOMAIN.tasks, 8),
    ],
    ids=["chain", "contract", "task"],
)
def test_what_was_signed_for_another_place_means_nothing_here(
    message: Message, domain: Domain
) -> None:
    gate = Gate(FOUR, domain)

    with pytest.raises(MessageRejected):
        gate.check(message)
    with pytest.raises(MessageRejected):
        gate.admit(encode(DOMAIN.task, message))


def test_signatures_are_those_of_eip712() -> None:
    domain = vote_domain(DOMAIN.chain_id, DOMAIN.tasks)
    fields = [("task", "uint256"), ("round", "uint32"), ("view", "uint32"), ("content", "bytes32")]
    types = {"Prepare": [{"name": name, "type": kind} for name, kind in fields]}
    message = {"task": 7, "round": 1, "view": 4, "content": Digest.of(VALUE).raw}

    vote = typed_data_digest(domain, VOTE_TYPES, VOTE_TYPE, vote_message(result_of(VALUE), 4))

    assert DOMAIN.digest(commit(0, view=4)) == vote
    assert DOMAIN.digest(prepare(0, view=4)) == typed_data_digest(domain, types, "Prepare", message)


FORGED = {
    "another's name": replace(prepare(2), sender=KEYS[3].address),
    "a stranger": signed(5, replace(prepare(2), sender=KEYS[5].address)),
    "not the primary": pre_prepare(2),
    "another value": replace(pre_prepare(), value=OTHER),
    "no value": pre_prepare().stripped(),
    "view 0 asked for": view_change(0, view=0),
    "a proof of a later view": view_change(0, view=1, proof=prepared()).stripped(),
    "a proof of too few": view_change(0, proof=Prepared(pre_prepare(), (prepare(2),))),
    "a proof of one twice": view_change(0, proof=Prepared(pre_prepare(), (prepare(2),) * 2)),
    "a proof with another's signature": view_change(
        0, proof=Prepared(pre_prepare(), (prepare(2), replace(prepare(2), sender=KEYS[3].address)))
    ),
    "a new view of too few": new_view(view_change(0), view_change(2)),
    "a new view of one twice": new_view(view_change(0), view_change(2), view_change(2)),
    "a new view by another": new_view(view_change(0), view_change(2), view_change(3), index=3),
    "a certificate of too few": certificate(0, 1),
    "a certificate in another order": replace(
        certificate(0, 1, 2), votes=certificate(0, 1, 2).votes[::-1]
    ),
    "a certificate of another view": replace(certificate(0, 1, 2), view=1),
    "a certificate of another result": replace(certificate(0, 1, 2), result=result_of(OTHER)),
}


@pytest.mark.parametrize("message", FORGED.values(), ids=FORGED)
def test_what_its_sender_may_not_say_is_turned_away(message: Message) -> None:
    with pytest.raises(MessageRejected):
        GATE.check(message)


def test_a_signature_has_one_spelling() -> None:
    digest, good = DOMAIN.digest(prepare(2)), prepare(2).signature
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
    s = int.from_bytes(good[32:64], "big")
    mirrored = good[:32] + (order - s).to_bytes(32, "big") + bytes([55 - good[64]])
    sender = KEYS[2].address

    assert verify(sender, digest, good)
    for bad in (mirrored, good[:64], good[:64] + b"\0", bytes(65), b"\xff" * 65):
        assert not verify(sender, digest, bad)


def test_keys_are_not_shown() -> None:
    assert prepare(2).signature.hex() not in repr(prepare(2))
    assert VALUE.decode() not in repr(pre_prepare())
