"""Scores and cards."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.market.identity.errors import CardMalformed, ScoreMalformed
from assay.market.identity.model import AgentCard, format_score, parse_score, read_card

REGISTRY = "eip155:31337:0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
CARD = AgentCard(
    "talker", "Talks.", {"x402": "http://a", "OpenAI": "http://b"}, Digest.of(b"s"), 7, REGISTRY
)


@given(st.integers(min_value=0, max_value=1_000_000))
def test_a_score_reads_back_as_it_was_written(ten_thousandths: int) -> None:
    text = f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"

    value, decimals = parse_score(text)

    assert value * 10_000 == ten_thousandths * 10**decimals
    assert parse_score(format_score(value, decimals)) == (value, decimals)


@pytest.mark.parametrize("text", ["", "-0.1", "100.0001", "1e9", "inf", "nan", "0.00001", "x"])
def test_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(ScoreMalformed):
        parse_score(text)


def test_a_card_is_a_registration_file_that_names_its_agent() -> None:
    card = read_card(CARD.encode(), 7, REGISTRY)

    assert card["type"] == "https://eips.ethereum.org/EIPS/eip-8004#registration-v1"
    assert card["registrations"] == [{"agentId": 7, "agentRegistry": REGISTRY}]
    assert card["supportedTrust"] == ["reputation"]
    assert [item["name"] for item in card["services"]] == ["OpenAI", "x402"]
    assert CARD.encode() == canonical_json(json.loads(CARD.encode()))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"type": "other"}',
        b"[" * 100_000,
        canonical_json({**CARD.as_json(), "registrations": []}),
        canonical_json({**CARD.as_json(), "registrations": 5}),
    ],
)
def test_what_is_no_card_of_the_agent_is_refused(data: bytes) -> None:
    with pytest.raises(CardMalformed):
        read_card(data, 7, REGISTRY)
