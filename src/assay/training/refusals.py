"""What the errors of the contract of tasks mean, by their names; their values become the errors'
own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assay.core.address import parse_address
from assay.core.spending import BalanceTooSmall
from assay.errors import AssayError
from assay.training import task_errors as errors
from assay.training.model import Phase, Role


class Revert(Protocol):
    """A contract's error with its values."""

    values: dict[str, Any]


def _values(revert: Revert, *names: str) -> tuple[Any, ...]:
    return tuple(_typed(name, revert.values[name]) for name in names)


def _typed(name: str, value: Any) -> Any:
    if name in {"account", "node", "signer", "first", "second"}:
        return parse_address(value)
    if name in {"phase", "needed"}:
        return Phase(value)
    if name in {"deadline", "withdrawableAt"}:
        return value or None
    return Role(value) if name == "role" else value


def _leaf(kind: Callable[..., AssayError], *names: str) -> Callable[[Revert], AssayError]:
    return lambda revert: kind(*_values(revert, *names))


def _quorum(revert: Revert) -> AssayError:
    values = revert.values
    return errors.QuorumMissing(
        values["signatures"],
        values["neededSignatures"],
        values["weight"],
        values["committeeWeight"],
    )


def _different_signers(revert: Revert) -> AssayError:
    first, second = _values(revert, "first", "second")
    return errors.VotesProveNothing(f"one is by {first}, the other by {second}")


def _no_seat(revert: Revert) -> AssayError:
    return errors.VotesProveNothing(f"{parse_address(revert.values['account'])} has no seat")


def _no_equivocation(_: Revert) -> AssayError:
    return errors.VotesProveNothing("they are equal, or of different rounds, views or tasks")


def _balance(revert: Revert) -> AssayError:
    values = revert.values
    return BalanceTooSmall(parse_address(values["sender"]), values["balance"], values["needed"])


def _term(revert: Revert) -> AssayError:
    term, *range_ = _values(revert, "term", "value", "least", "most")
    words = re.sub("(?=[A-Z])", "_", term).lower().replace("_seconds", "_s")
    return errors.TermInvalid(words, *range_)


def _token(name: str) -> Callable[[Revert], AssayError]:
    return lambda revert: errors.TokenUnfit(parse_address(revert.values[name]))


def _malformed(_: Revert) -> AssayError:
    return errors.VoteMalformed()


TRANSLATIONS: Mapping[str, Callable[[Revert], AssayError]] = {
    "TrainingRoundsUnknownTask": _leaf(errors.UnknownTask, "task"),
    "TrainingRoundsWrongPhase": _leaf(errors.WrongPhase, "task", "phase", "needed"),
    "TrainingRoundsTooEarly": _leaf(errors.PhaseRunning, "task", "phase", "deadline"),
    "TrainingRoundsTooFewMembers": _leaf(errors.TooFewMembers, "task", "trainers", "validators"),
    "TrainingRoundsWrongRound": _leaf(errors.WrongRound, "task", "round", "present"),
    "TrainingRoundsAlreadyCommitted": _leaf(errors.AlreadyCommitted, "task", "round", "node"),
    "TrainingRoundsSilent": _leaf(errors.SilenceUnpaid, "task", "round", "node"),
    "TrainingRoundsWrongOpening": _leaf(errors.WrongOpening, "task", "round", "node"),
    "TrainingMembersNotActive": _leaf(errors.NotActive, "task", "account"),
    "TrainingMembersRoleMissing": _leaf(errors.RoleMissing, "task", "account", "role"),
    "TrainingMembersAlreadyJoined": _leaf(errors.AlreadyJoined, "task", "account"),
    "TrainingMembersCommitteeClosed": _leaf(errors.CommitteeClosed, "task"),
    "TrainingMembersUnknownRoles": _leaf(errors.RolesInvalid, "roles"),
    "TrainingMembersZeroKey": lambda _: errors.SealingKeyMissing(),
    "TrainingMembersStakeTooSmall": _leaf(errors.StakeTooSmall, "task", "stake", "minimum"),
    "TrainingMembersNotWithdrawable": _leaf(
        errors.NotWithdrawable, "task", "account", "withdrawableAt"
    ),
    "TrainingCertificatesWrongSigner": _leaf(errors.VoteForeign, "task", "round", "signer"),
    "TrainingCertificatesNoQuorum": _quorum,
    "TrainingCertificatesZeroDigest": lambda _: errors.ResultIncomplete(),
    "TrainingSlashingNoEquivocation": _no_equivocation,
    "TrainingSlashingDifferentSigners": _different_signers,
    "TrainingSlashingNoSeat": _no_seat,
    "TrainingSlashingNotSilent": _leaf(errors.NotSilent, "task", "node"),
    "TrainingRewardsWrongProof": _leaf(errors.ProofRejected, "task", "node", "cumulative"),
    "TrainingRewardsNothingToClaim": _leaf(errors.NothingToClaim, "task", "node", "claimed"),
    "TrainingRewardsOverReleased": _leaf(errors.OverReleased, "task", "amount", "available"),
    "TrainingRewardsNothingToReclaim": _leaf(errors.NothingToReclaim, "task"),
    "TrainingTasksInvalidTerm": _term,
    "ECDSAInvalidSignature": _malformed,
    "ECDSAInvalidSignatureLength": _malformed,
    "ECDSAInvalidSignatureS": _malformed,
    "PaymentInexact": _token("currency"),
    "SafeERC20FailedOperation": _token("token"),
    "ERC20InsufficientBalance": _balance,
}
