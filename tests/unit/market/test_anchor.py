from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from assay.chain.account import Account
from assay.chain.signing import recover_typed_data, typed_data_digest
from assay.core.address import Address
from assay.core.chat import Message, TextRequest
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.market.batches import BatchEntry, CallProof
from assay.market.calls import CallRecord, RecordDomain, record_digest, sign_record
from assay.market.errors import NotAnchored, ProofMalformed, UnknownCall
from assay.market.metering import Answer, CallState, PaidCall, Payment, ServedModel
from assay.market.stored import SqlCallBook
from assay.market.use_cases.anchor import anchor_calls
from assay.market.use_cases.prove import check_call_proof, make_call_proof
from tests.fakes.anchors import FakeAnchors

PROVIDER = Account(b"\x01" * 32)
PAYER = Address("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")
TOKEN = Address("0x90F79bf6EB2c4f870365E785982E1f101E93b906")
DOMAIN = RecordDomain(31337, Address("0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"))
REQUEST = TextRequest((Message("user", "hi"),), max_tokens=8, seed=1)


def digest(record: CallRecord) -> bytes:
    return record_digest(record, DOMAIN, typed_data_digest)


@pytest.fixture
def book(database_url: str) -> Iterator[SqlCallBook]:
    engine = open_database(database_url)
    yield SqlCallBook(engine)
    engine.dispose()


@pytest.fixture
def anchors() -> FakeAnchors:
    return FakeAnchors(PROVIDER.address)


def serve(book: SqlCallBook, number: int) -> Answer:
    served = ServedModel(
        Digest.of(b"service"), Digest.of(b"model"), "tiny", 10_000, PROVIDER.address
    )
    nonce = Digest.of(f"nonce {number}".encode())
    payment = Payment(PAYER, nonce, PROVIDER.address, 10_000, 2_000_000_000, b"s" * 65, "header")
    call = PaidCall(payment, served, REQUEST, Digest.of(b"request"), 1_700_000_000 + number, 0)
    record = call.record_of(f"text {number}", 1_700_000_000, 1_700_000_000 + number, TOKEN)
    answer = Answer(f"text {number}", "stop", 1, 2, sign_record(record, DOMAIN, PROVIDER))
    book.insert(call)
    steps = [call, call.answered(answer)]
    steps.append(steps[-1].settling())
    steps.append(steps[-1].settled(Digest.of(f"transaction {number}".encode()).hex))
    for before, after in pairwise(steps):
        book.update(before, after)
    assert steps[-1].state is CallState.SETTLED
    return answer


def test_all_served_calls_go_into_one_batch_and_each_has_a_proof(
    book: SqlCallBook, anchors: FakeAnchors
) -> None:
    answers = [serve(book, number) for number in range(7)]

    batch = anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)

    assert batch is not None
    assert (batch.number, batch.calls) == (0, 7)
    for answer in answers:
        proof = make_call_proof(answer.record.cid, book=book, domain=DOMAIN, digest=digest)
        checks = check_call_proof(
            proof, anchors=anchors, domain=DOMAIN, digest=digest, recover=recover_typed_data
        )
        assert all(check.ok for check in checks), checks


def test_nothing_is_anchored_twice_and_too_few_wait(
    book: SqlCallBook, anchors: FakeAnchors
) -> None:
    for number in range(3):
        serve(book, number)

    assert (
        anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest, at_least=4) is None
    )
    assert anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest) is not None
    assert anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest) is None
    assert len(anchors.batches) == 1


def test_a_crash_after_sending_neither_loses_nor_doubles_the_batch(
    book: SqlCallBook, anchors: FakeAnchors
) -> None:
    serve(book, 0)
    anchors.crash_after_sending = True
    with pytest.raises(KeyboardInterrupt):
        anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)
    serve(book, 1)

    finished = anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)
    following = anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)

    assert finished is not None
    assert following is not None
    assert [(b.number, b.calls) for b in anchors.batches] == [(0, 1), (1, 1)]
    assert finished.transaction == anchors.batches[0].transaction


def test_a_batch_that_the_chain_lost_is_sent_again(book: SqlCallBook, anchors: FakeAnchors) -> None:
    serve(book, 0)
    first = anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)
    anchors.lose(1)

    again = anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)

    assert first is not None
    assert again is not None
    assert (again.number, again.root) == (first.number, first.root)
    assert len(anchors.batches) == 1


def test_a_call_that_another_process_has_put_into_a_batch_is_left_to_it(
    book: SqlCallBook,
) -> None:
    records = [serve(book, number).record.cid for number in range(2)]
    first, second = (BatchEntry(PROVIDER.address, n, bytes(32), 1, None) for n in (0, 1))

    opened = [book.open_batch(first, records[:1]), book.open_batch(second, records)]

    assert opened == [True, False]
    assert [batch.number for batch in book.batches(PROVIDER.address)] == [0]
    assert [entry.cid for entry in book.unbatched(PROVIDER.address, 9)] == records[1:]


def test_a_call_that_is_unknown_or_not_anchored_has_no_proof(book: SqlCallBook) -> None:
    answer = serve(book, 0)

    with pytest.raises(NotAnchored):
        make_call_proof(answer.record.cid, book=book, domain=DOMAIN, digest=digest)
    with pytest.raises(UnknownCall):
        make_call_proof(
            replace(answer.record, signature=b"\x00" * 65).cid,
            book=book,
            domain=DOMAIN,
            digest=digest,
        )


def test_changing_any_field_of_a_proof_breaks_a_check(
    book: SqlCallBook, anchors: FakeAnchors
) -> None:
    answers = [serve(book, number) for number in range(3)]
    anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)
    proof = make_call_proof(answers[1].record.cid, book=book, domain=DOMAIN, digest=digest)
    record = proof.signed.record
    forged = [
        replace(proof, chain_id=1),
        replace(proof, anchor=PAYER),
        replace(proof, batch=1),
        replace(proof, calls=4),
        replace(proof, root=bytes(32)),
        replace(proof, siblings=proof.siblings[:-1]),
        replace(proof, transaction="0x" + "00" * 32),
        replace(proof, signed=replace(proof.signed, record=replace(record, amount=1))),
        replace(proof, signed=answers[0].record),
    ]

    for candidate in forged:
        checks = check_call_proof(
            candidate, anchors=anchors, domain=DOMAIN, digest=digest, recover=recover_typed_data
        )
        assert not all(check.ok for check in checks), candidate


def test_a_proof_reads_back_as_it_was_written_and_nothing_else_does(
    book: SqlCallBook, anchors: FakeAnchors
) -> None:
    answer = serve(book, 0)
    anchor_calls(book=book, anchors=anchors, index=anchors, digest=digest)
    proof = make_call_proof(answer.record.cid, book=book, domain=DOMAIN, digest=digest)

    assert CallProof.from_json(proof.as_json()) == proof
    for broken in (None, [], {}, {**proof.as_json(), "assay": "x"}, {**proof.as_json(), "root": 1}):
        with pytest.raises(ProofMalformed):
            CallProof.from_json(broken)
