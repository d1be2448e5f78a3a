"""An attestation counts only if it is exactly that of the outcome."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assay.content.review.attesting import (
    AttestationRecord,
    attested_data,
    check_attestation,
)
from assay.core.address import parse_address
from assay.core.digest import Digest
from tests.fakes.review import make_outcome

REVIEW, CONTENT = parse_address("0x" + "4e" * 20), parse_address("0x" + "c0" * 20)
EVIDENCE, CONTENT_ID = Digest.of(b"evidence"), Digest.of(b"content")
OUTCOME = make_outcome(CONTENT_ID)
UID, SCHEMA = b"\xaa" * 32, b"\x5c" * 32


def attested(**changes: Any) -> SimpleNamespace:
    """What the service answers for the attestation of OUTCOME."""
    facts = {
        "uid": UID,
        "schema": SCHEMA,
        "attester": REVIEW,
        "revocationTime": 0,
        "data": attested_data(OUTCOME, CONTENT, EVIDENCE),
    }
    return SimpleNamespace(**{**facts, **changes})


def check(found: object) -> tuple[bool, str]:
    record = AttestationRecord("0x" + UID.hex(), CONTENT, "0x" + SCHEMA.hex(), found)
    checked = check_attestation(OUTCOME, record, REVIEW, CONTENT, EVIDENCE).attestation
    assert checked is not None
    return checked.valid, checked.reason


def test_the_attestation_of_the_outcome_is_valid() -> None:
    assert check(attested()) == (True, "")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (None, "does not know it"),
        (attested(uid=bytes(32)), "does not know it"),
        (attested(schema=b"\x01" * 32), "another schema"),
        (attested(attester=CONTENT), "made it, not the review contract"),
        (attested(revocationTime=1_900_000_000), "was revoked at 2030"),
        (attested(data=attested_data(OUTCOME, CONTENT, Digest.of(b"other"))), "something else"),
        (attested(data=b""), "something else"),
    ],
)
def test_any_other_attestation_says_what_is_wrong_with_it(found: object, reason: str) -> None:
    valid, said = check(found)

    assert not valid
    assert reason in said
