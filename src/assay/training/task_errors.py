"""What a task's contract refuses, and what does not fit it; see `assay.errors` for the tree."""

from __future__ import annotations

from datetime import UTC, datetime

from assay.core.address import Address
from assay.errors import InputError, IntegrityError, RefusedError
from assay.training.model import Phase, Role


class UnknownTask(InputError):
    """No task has this number."""

    http_status = 404

    def __init__(self, task: int) -> None:
        super().__init__(f"There is no task {task}.", hint="Tasks are counted from 1.")
        self.task = task


class TermInvalid(InputError):
    """A term of a task is out of its range."""

    def __init__(self, term: str, value: int, least: int, most: int) -> None:
        super().__init__(
            f"The term {term} cannot be {value}.", hint=f"It goes from {least} to {most}."
        )
        self.term = term
        self.value = value


class WrongPhase(RefusedError):
    """The step belongs to another phase than the task is in."""

    def __init__(self, task: int, phase: Phase, needed: Phase) -> None:
        super().__init__(
            f"Task {task} is {phase.name.lower()}, and this is for when it is "
            f"{needed.name.lower()}.",
            hint="`assay train status` shows the phase and its deadline.",
        )
        self.task = task
        self.phase = phase
        self.needed = needed


class PhaseRunning(RefusedError):
    """The phase cannot be ended yet."""

    def __init__(self, task: int, phase: Phase, deadline_s: int | None) -> None:
        super().__init__(
            f"Task {task} goes on {phase.name.lower()}"
            + (f" until {time_text(deadline_s)}." if deadline_s else "; it has no deadline."),
            hint=(
                "Its sponsor can start it before."
                if phase is Phase.JOINING
                else "Until its deadline a phase ends by its own work alone."
            )
            if deadline_s
            else "A task that has ended stays as it is.",
        )
        self.task = task
        self.deadline_s = deadline_s


class TooFewMembers(RefusedError):
    """The task cannot start yet."""

    def __init__(self, task: int, trainers: int, validators: int) -> None:
        super().__init__(
            f"Task {task} has {trainers} trainers and {validators} validators, which are too few.",
            hint="Its terms say how many it needs; all 3f+1 seats have to be taken.",
        )
        self.trainers = trainers
        self.validators = validators


class NotActive(RefusedError):
    """The account takes no part in the task."""

    def __init__(self, task: int, account: Address) -> None:
        super().__init__(
            f"{account} is no active member of task {task}.",
            hint="It did not join, it left, or it was slashed for equivocation.",
        )
        self.account = account


class RoleMissing(RefusedError):
    """The member joined without the role that the step is for."""

    def __init__(self, task: int, account: Address, role: Role) -> None:
        name = (role.name or str(int(role))).lower().replace("_", " ")
        super().__init__(
            f"{account} joined task {task} without the role of a {name}.",
            hint="Roles are taken on when joining; join with another account.",
        )
        self.account = account
        self.role = role


class AlreadyJoined(RefusedError):
    """An account joins a task once."""

    def __init__(self, task: int, account: Address) -> None:
        super().__init__(
            f"{account} has joined task {task} before.",
            hint="Who left a task cannot come back to it; join with another account.",
        )
        self.account = account


class CommitteeClosed(RefusedError):
    """The committee's seats are fixed."""

    def __init__(self, task: int) -> None:
        super().__init__(
            f"Task {task} has started, and its committee is complete.",
            hint="Join in other roles, or another task before it starts.",
        )
        self.task = task


class RolesInvalid(InputError):
    """A member takes on at least one of the four roles."""

    def __init__(self, roles: int) -> None:
        super().__init__(
            f"{roles} stands for no roles.",
            hint="Join as a data provider, trainer, inference node or verifier, or several.",
        )
        self.roles = roles


class SealingKeyMissing(InputError):
    """A sealing key of zeros is none."""

    def __init__(self) -> None:
        super().__init__(
            "A member needs a sealing key, and this one is all zeros.",
            hint="It is an X25519 public key of 32 bytes.",
        )


class TokenUnfit(RefusedError):
    """The task's token does not pay what it is asked to."""

    def __init__(self, token: Address) -> None:
        super().__init__(
            f"The token {token} refused a transfer, or kept a part of it.",
            hint="Nothing was paid. Tokens that keep fees cannot be a task's token.",
        )
        self.token = token


class StakeTooSmall(RefusedError):
    """The stake is below what the task asks for."""

    def __init__(self, task: int, stake: int, minimum: int) -> None:
        super().__init__(
            f"A stake of {stake} units is too small for task {task}.",
            hint=f"Stake {minimum} units or more.",
        )
        self.stake = stake
        self.minimum = minimum


class NotWithdrawable(RefusedError):
    """There is no stake to withdraw, or not yet."""

    def __init__(self, task: int, account: Address, withdrawable_at_s: int | None) -> None:
        super().__init__(
            f"{account} has nothing to withdraw from task {task}"
            + (f" before {time_text(withdrawable_at_s)}." if withdrawable_at_s else "."),
            hint="What was withdrawn or slashed is gone."
            if withdrawable_at_s
            else "Leave the task first; the stake then rests for the unbonding period.",
        )
        self.account = account
        self.withdrawable_at_s = withdrawable_at_s


class WrongRound(RefusedError):
    """A commitment came in another round than it was made for."""

    def __init__(self, task: int, round_number: int, present: int) -> None:
        super().__init__(
            f"The commitment is for round {round_number}, and task {task} is in round {present}.",
            hint="Nothing is lost: the node takes part in the present round.",
        )
        self.round = round_number
        self.present = present


class AlreadyCommitted(RefusedError):
    """A node commits to one update in a round."""

    def __init__(self, task: int, round_number: int, node: Address) -> None:
        super().__init__(
            f"{node} has committed to another update in round {round_number} of task {task}.",
            hint="Reveal the first one: a commitment that is not opened is slashed.",
        )
        self.node = node


class SilenceUnpaid(RefusedError):
    """The node did not open an earlier commitment and was not slashed for that yet."""

    def __init__(self, task: int, round_number: int, node: Address) -> None:
        super().__init__(
            f"{node} did not reveal what it committed to in round {round_number} of task {task}.",
            hint="A tenth of its stake is due for that first; anyone, also the node itself, can "
            "have it slashed.",
        )
        self.node = node
        self.round = round_number


class WrongOpening(RefusedError):
    """The opening is not that of the node's commitment."""

    def __init__(self, task: int, round_number: int, node: Address) -> None:
        super().__init__(
            f"{node} committed to something else in round {round_number} of task {task}, or to "
            "nothing.",
            hint="Open with the digest and the salt that the commitment was made of.",
        )
        self.node = node


class QuorumMissing(RefusedError):
    """The signatures are no certificate."""

    def __init__(self, signatures: int, needed: int, weight: int, committee_weight: int) -> None:
        super().__init__(
            f"{signatures} signatures with {weight} of the committee's {committee_weight} in stake "
            "are no quorum.",
            hint=f"It takes {needed} validators, and more than two thirds of the stake.",
        )
        self.signatures = signatures
        self.needed = needed
        self.weight = weight
        self.committee_weight = committee_weight


class VoteForeign(IntegrityError):
    """A signature is not one of a validator with a vote on this result."""

    def __init__(self, task: int, round_number: int, signer: Address) -> None:
        super().__init__(
            f"{signer} has no vote on this result of round {round_number} of task {task}.",
            hint="The vote is on another result, view, round or task, or by no validator.",
        )
        self.signer = signer


class VoteMalformed(IntegrityError):
    """A signature under a vote is none that a key can have made."""

    def __init__(self) -> None:
        super().__init__(
            "A signature under a vote is malformed.",
            hint="A signature has 65 bytes, in the one spelling that OpenZeppelin's ECDSA takes.",
        )


class ResultIncomplete(InputError):
    """A digest of a result is 0."""

    def __init__(self) -> None:
        super().__init__(
            "A round's result consists of three digests, and one of them is 0.",
            hint="Name the aggregate, the record and the root of the contributions.",
        )


class VotesProveNothing(RefusedError):
    """Two votes are no proof of a fault."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The two votes prove nothing: {reason}.",
            hint="It takes two different votes in one round and view, by one validator with a "
            "seat that was not slashed for it before.",
        )
        self.reason = reason


class NotSilent(RefusedError):
    """The node owes no opening."""

    def __init__(self, task: int, node: Address) -> None:
        super().__init__(
            f"{node} has opened all that it committed to in task {task}, or still can.",
            hint="A node can be slashed once the time to reveal is over.",
        )
        self.node = node


class ProofRejected(IntegrityError):
    """The proof does not lead to the root of the last final round."""

    def __init__(self, task: int, node: Address, cumulative: int) -> None:
        super().__init__(
            f"Nothing proves that {node} has earned {cumulative} units in task {task}.",
            hint="Take the proof from the record of the last final round; it changes each round.",
        )
        self.node = node
        self.cumulative = cumulative


class NothingToClaim(RefusedError):
    """The node has had all that it earned."""

    def __init__(self, task: int, node: Address, claimed: int) -> None:
        super().__init__(
            f"{node} has been paid the {claimed} units that it earned in task {task}.",
            hint="The next final round may bring more.",
        )
        self.node = node
        self.claimed = claimed


class OverReleased(RefusedError):
    """The root promises more than final rounds have released."""

    def __init__(self, task: int, amount: int, available: int) -> None:
        super().__init__(
            f"The claim is for {amount} units, and {available} of task {task} can be paid.",
            hint="The committee certified more than the budget; the next rounds release the rest.",
        )
        self.amount = amount
        self.available = available


class NothingToReclaim(RefusedError):
    """The sponsor has had all that is due to it."""

    def __init__(self, task: int) -> None:
        super().__init__(
            f"Nothing of task {task} is due to its sponsor now.",
            hint="What nodes did not claim can be reclaimed 180 days after the end.",
        )
        self.task = task


class ResultForged(IntegrityError):
    """A node of the chain names a result that the contract does not hold."""

    def __init__(self, task: int, round_number: int) -> None:
        super().__init__(
            f"The result that the node names for round {round_number} of task {task} is not the "
            "one that was certified.",
            hint="Ask another node of the chain.",
        )
        self.task = task
        self.round = round_number


def time_text(time_s: int) -> str:
    """A time as people read it, in UTC."""
    return f"{datetime.fromtimestamp(time_s, UTC):%Y-%m-%d %H:%M:%S}Z"
