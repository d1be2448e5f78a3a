"""Signed score reports survive their JSON, whatever the spelling of addresses sorts like."""

from __future__ import annotations

import json

import pytest

from assay.chain.account import Account
from assay.chain.known_keys import known_key
from assay.core.address import parse_address
from assay.core.canonical import canonical_json
from assay.training.committee.model import Committee
from assay.training.committee.reports import SignedReport, check_reports, sign_report
from assay.training.committee.scoring import ReportMalformed, Score, ScoreReport
from assay.training.committee.signing import Domain

KEYS = [Account(known_key(index)) for index in range(4)]
COMMITTEE = Committee(tuple(key.address for key in KEYS), (1, 1, 1, 1))
DOMAIN = Domain(31337, parse_address("0x" + "11" * 20), 1)
# By their checksummed spelling they sort the other way round than by their value.
NODES = sorted(
    [
        parse_address("0xa5b2a475e528cbec28d6f9fe2adbdc91be37629a"),
        parse_address("0x948bf1a727210f5027aceb33700e17afb03efd1c"),
        parse_address("0xbf11fde2d9edff7a4d3ffea85c4cd8db16dccb46"),
        parse_address("0xb000000000000000000000000000000000000001"),
    ],
    key=str.lower,
)


def signed(key: Account) -> SignedReport:
    scores = ScoreReport(20, 500_000, 700_000, {node: Score(1, 2, 3, 4) for node in NODES})
    return sign_report(DOMAIN, 3, scores, dict.fromkeys(NODES, -7), key)


def test_a_report_survives_canonical_json() -> None:
    reports = [signed(key) for key in sorted(KEYS, key=lambda key: key.address.lower())]

    read = [
        SignedReport.from_json(json.loads(canonical_json(report.as_json()))) for report in reports
    ]

    assert read == reports
    check_reports(DOMAIN, 3, COMMITTEE, read)


def test_reports_of_another_round_or_out_of_order_are_refused() -> None:
    reports = [signed(key) for key in sorted(KEYS, key=lambda key: key.address.lower())]

    with pytest.raises(ReportMalformed, match="did not sign"):
        check_reports(DOMAIN, 4, COMMITTEE, reports)
    with pytest.raises(ReportMalformed, match="order"):
        check_reports(DOMAIN, 3, COMMITTEE, reports[::-1])
    with pytest.raises(ReportMalformed, match="no seat"):
        check_reports(DOMAIN, 3, COMMITTEE, [signed(Account(known_key(9)))])


def test_a_report_that_values_other_nodes_is_refused() -> None:
    value = signed(KEYS[0]).as_json()

    value["contributions"].pop(NODES[0])

    with pytest.raises(ReportMalformed, match="other nodes"):
        SignedReport.from_json(value)
