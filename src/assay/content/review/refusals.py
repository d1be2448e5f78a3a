"""What the review contract's errors mean, by their names; their values become the errors' own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assay.content.review import errors
from assay.content.review.model import Phase, case_phase_text, utc_text
from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.core.spending import BalanceTooSmall
from assay.errors import AssayError

_PHASES = tuple(Phase)


class Revert(Protocol):
    """A contract's error with its values."""

    values: dict[str, Any]


def _stake(revert: Revert) -> AssayError:
    values = revert.values
    return errors.StakeTooSmall(parse_address(values["account"]), values["free"], values["needed"])


def _balance(revert: Revert) -> AssayError:
    values = revert.values
    return BalanceTooSmall(parse_address(values["sender"]), values["balance"], values["needed"])


def _withdrawable(revert: Revert) -> AssayError:
    at = revert.values["withdrawableAt"]
    return errors.NotWithdrawable(
        parse_address(revert.values["account"]), utc_text(at) if at else None
    )


def _phase(revert: Revert) -> AssayError:
    values = revert.values
    phase, needed = (_PHASES[values[name]] for name in ("phase", "needed"))
    return errors.WrongPhase(values["caseId"], case_phase_text(phase), case_phase_text(needed))


def _committed(revert: Revert) -> AssayError:
    return errors.AlreadyCommitted(revert.values["caseId"], parse_address(revert.values["voter"]))


def _reveal(revert: Revert) -> AssayError:
    values = revert.values
    detail = "it was opened before, or committed to otherwise"
    return errors.NothingCommitted(values["caseId"], parse_address(values["voter"]), detail)


def _partial(revert: Revert) -> AssayError:
    return errors.Partial(revert.values["caseId"], parse_address(revert.values["account"]))


def _nothing(revert: Revert) -> AssayError:
    return errors.NothingLocked(revert.values["caseId"], parse_address(revert.values["account"]))


def _rest(revert: Revert) -> AssayError:
    return errors.CaseAtRest(revert.values["caseId"], utc_text(revert.values["restsUntil"]))


def _provenance(revert: Revert) -> AssayError:
    return errors.ProvenanceChanged(Digest.from_token_id(revert.values["contentId"]))


TRANSLATIONS: Mapping[str, Callable[[Revert], AssayError]] = {
    "ReviewStakesTooSmall": _stake,
    "ReviewStakesNotWithdrawable": _withdrawable,
    "ReviewCasesUnknown": lambda revert: errors.UnknownCase(revert.values["caseId"]),
    "ReviewCasesWrongPhase": _phase,
    "ReviewCasesWrongProvenance": _provenance,
    "ReviewCasesAlreadyOpen": lambda revert: errors.CaseOpenAlready(revert.values["caseId"]),
    "ReviewCasesAtRest": _rest,
    "ReviewCasesPartial": _partial,
    "ReviewCasesAlreadyCommitted": _committed,
    "ReviewCasesWrongReveal": _reveal,
    "ReviewAttestationsNotStanding": lambda revert: errors.NothingStanding(revert.values["caseId"]),
    "ContentReviewNothingLocked": _nothing,
    "ERC20InsufficientBalance": _balance,
}
