"""What can go wrong with a pipeline.

PipelineError
├── PipelineMalformed   the file does not describe one                        exit 2
├── RunUnknown          no run has this name here                             exit 2
├── RunContradicted     a run of this name was begun with something else      exit 2
├── QuoteTooHigh        a step, or all together, cost more than is allowed    exit 1
├── QuoteNotAccepted    nobody has allowed what it costs                      exit 1
├── RunBusy             another process is running it                         exit 3
├── RunRecordForged     a run's record does not hold                          exit 1
└── StepFailed          a step failed: what was done and paid is kept         as its cause
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.core.amount import format_amount
from assay.errors import AssayError, InputError, IntegrityError, RefusedError, UnavailableError

if TYPE_CHECKING:
    from assay.market.pipelines.model import Run, Standing


class PipelineError(Exception):
    """Marks every error of pipelines; never raised itself."""


class PipelineMalformed(InputError, PipelineError):
    """A pipeline file has a field that is missing, unknown, or of the wrong kind."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"The pipeline is malformed at {place}: {reason}.",
            hint="See docs/pipelines.md for every field.",
        )
        self.place = place
        self.reason = reason


class RunUnknown(InputError, PipelineError):
    """No run of this name is kept here."""

    http_status = 404

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"No run {run_id[:80]!r} is known here.", hint="`assay pipeline list` shows them."
        )
        self.run_id = run_id


class RunContradicted(InputError, PipelineError):
    """A run is resumed with another pipeline or another input than it was begun with."""

    def __init__(self, run_id: str, field: str) -> None:
        super().__init__(
            f"The run {run_id} was begun with another {field}.",
            hint="Resume it as it was begun, or start a new run.",
        )
        self.run_id = run_id
        self.field = field


class QuoteTooHigh(RefusedError, PipelineError):
    """The services ask for more than is allowed; nothing was signed."""

    def __init__(self, what: str, price: int, allowed: int) -> None:
        asked, most = format_amount(price, decimals=6), format_amount(allowed, decimals=6)
        super().__init__(
            f"{what} costs {asked} ASSAY, more than the {most} that you allow.",
            hint="Raise --max-price, or max_price of the step in the pipeline's file.",
        )
        self.what = what
        self.price = price
        self.allowed = allowed


class QuoteNotAccepted(RefusedError, PipelineError):
    """Nobody has said that the run may cost what it costs; nothing was signed."""

    def __init__(self, price: int) -> None:
        asked = format_amount(price, decimals=6)
        super().__init__(
            f"The run costs {asked} ASSAY, and nobody has allowed that.",
            hint=f"Allow it with --max-price {asked}.",
        )
        self.price = price


class RunBusy(UnavailableError, PipelineError):
    """Another process works on the same run."""

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"The run {run_id} is being worked on by another process.",
            hint="Wait for it, then `assay pipeline show` tells what came of it.",
        )
        self.run_id = run_id


class RunRecordForged(IntegrityError, PipelineError):
    """A run's record is not what its runner signed, or its calls are not what it says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The run's record does not hold: {detail}.")
        self.detail = detail


class StepFailed(AssayError, PipelineError):
    """A step failed; the steps before it stay paid and answered, and are not paid again.

    Attributes:
        run: as far as it came.
        step: the name of the step.
        cause: why it failed.
        standing: what has become of the step's payment.
    """

    def __init__(self, run: Run, step: str, cause: AssayError, standing: Standing) -> None:
        super().__init__(
            f"The step {step!r} failed: {cause} {standing.sentence}",
            hint=f"`assay pipeline run --resume {run.run_id}` goes on from there, and makes no "
            "second payment for the same step.",
        )
        self.exit_code = cause.exit_code
        self.http_status = getattr(cause, "http_status", None) or _status(cause)
        self.run = run
        self.step = step
        self.cause = cause
        self.standing = standing


def _status(cause: AssayError) -> int:
    """To the caller of a served pipeline a step's failure is the pipeline's, not the caller's."""
    return 503 if isinstance(cause, UnavailableError) else 502
