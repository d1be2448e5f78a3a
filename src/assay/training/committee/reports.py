"""Score reports that validators sign and exchange before one of them proposes a result.

    report = sign_report(domain, 3, scores, contributions, account)
    check_reports(domain, 3, committee, reports)        # every replica, of what was proposed

A replica cannot measure another's records again, so it takes numbers as they are signed; the median
over 2f+1 or more of them lies between honest ones (`scoring`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.errors import AssayError
from assay.training.committee.model import Committee
from assay.training.committee.scoring import LIMIT, ReportMalformed, ScoreReport
from assay.training.committee.signing import Domain, Key, Verify, verify

SIGNATURE_BYTES = 65


@dataclass(frozen=True, slots=True)
class SignedReport:
    """What one validator measured in a round, and its signature.

    Attributes:
        contributions: of each scored node, its Shapley value in billionths of accuracy.
    """

    validator: Address
    scores: ScoreReport
    contributions: Mapping[Address, int]
    signature: bytes = field(repr=False)

    def content(self) -> bytes:
        """What is signed, as canonical JSON."""
        return _content(self.validator, self.scores, self.contributions)

    def as_json(self) -> dict[str, Any]:
        """For proposals and records."""
        return {
            "validator": self.validator,
            "scores": self.scores.as_json(),
            "contributions": dict(self.contributions),
            "signature": self.signature.hex(),
        }

    @classmethod
    def from_json(cls, value: Any) -> SignedReport:
        """Read what `as_json` wrote, from whomever.

        Raises:
            ReportMalformed: it is anything else.
        """
        try:
            given = {parse_address(node): one for node, one in value["contributions"].items()}
            scores = ScoreReport.from_json(value["scores"])
            if set(given) != set(scores.scores):
                raise ReportMalformed("it values other nodes than it scores")
            contributions = {node: given[node] for node in scores.scores}
            signature = bytes.fromhex(value["signature"])
            report = cls(parse_address(value["validator"]), scores, contributions, signature)
        except ReportMalformed:
            raise
        except (AssayError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise ReportMalformed(f"{type(error).__name__}: {error}"[:200]) from None
        if report.as_json() != value:
            raise ReportMalformed("it is not spelt as it should be")
        if any(type(one) is not int or abs(one) > LIMIT for one in contributions.values()):
            raise ReportMalformed("a contribution is no whole number within bounds")
        return report


def sign_report(
    domain: Domain,
    round_: int,
    scores: ScoreReport,
    contributions: Mapping[Address, int],
    key: Key,
) -> SignedReport:
    """Sign what was measured in a round."""
    ordered = {node: contributions[node] for node in scores.scores}
    digest = domain.report_digest(round_, _content(key.address, scores, ordered))
    return SignedReport(key.address, scores, ordered, key.sign_digest(digest))


def check_report(
    domain: Domain, round_: int, committee: Committee, report: SignedReport, by: Verify = verify
) -> None:
    """Hold a report against its signature.

    Raises:
        ReportMalformed: its signer has no seat, or did not sign this.
    """
    digest = domain.report_digest(round_, report.content())
    if report.validator not in committee:
        raise ReportMalformed(f"{report.validator} has no seat")
    if not by(report.validator, digest, report.signature):
        raise ReportMalformed(f"{report.validator} did not sign it")


def check_reports(
    domain: Domain,
    round_: int,
    committee: Committee,
    reports: Sequence[SignedReport],
    by: Verify = verify,
) -> None:
    """Hold the reports of a proposal against their signatures: ascending, one a validator.

    Raises:
        ReportMalformed: one is not what it says, or they are out of order.
    """
    names = [report.validator.lower() for report in reports]
    if any(first >= second for first, second in pairwise(names)):
        raise ReportMalformed("the reports are not in the order of their validators, one each")
    for report in reports:
        check_report(domain, round_, committee, report, by)


def _content(
    validator: Address, scores: ScoreReport, contributions: Mapping[Address, int]
) -> bytes:
    return canonical_json(
        {
            "validator": validator,
            "scores": scores.as_json(),
            "contributions": dict(contributions),
        }
    )
