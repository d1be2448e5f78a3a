"""What a run has done and cost, as JSON values; also of one that stopped half-way."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from assay.market.pipelines.errors import StepFailed
from assay.market.pipelines.model import PaymentState, Quote, Run
from assay.market.pipelines.record import step_line


def run_report(run: Run) -> dict[str, Any]:
    """The steps that are answered, the split of what they cost, and the last answer."""
    return {
        "run": run.run_id,
        "pipeline": run.pipeline.name,
        "pipeline_digest": run.pipeline.digest.hex,
        "state": run.state.value,
        "text": run.text,
        "steps": [
            {
                **step_line(answer),
                "text": answer.text,
                "finish_reason": answer.finish_reason,
            }
            for answer in run.answers
        ],
        "remaining": [step.name for step in run.remaining],
        "paid": str(run.paid),
        "split": split(run),
        "record": str(run.record) if run.record else None,
    }


def split(run: Run) -> list[dict[str, Any]]:
    """What each provider got, on each chain."""
    sums: dict[tuple[int, str, str], int] = defaultdict(int)
    for answer in run.answers:
        key = (answer.chain.chain_id, answer.chain.genesis, answer.record.record.provider)
        sums[key] += answer.amount
    return [
        {"chain": chain, "genesis": genesis, "provider": provider, "amount": str(amount)}
        for (chain, genesis, provider), amount in sums.items()
    ]


def failure_report(failure: StepFailed) -> dict[str, Any]:
    """The run so far, the step that failed, and what has become of every unit that was signed.

    `paid` bought answers; `outstanding` was charged and its answer is still to be fetched;
    `refunded` was signed and never charged; `open` was signed and may be charged until it lapses.
    """
    standing = failure.standing

    def signed_if(state: PaymentState) -> str:
        return str(standing.signed if standing.state is state else 0)

    return {
        **run_report(failure.run),
        "outstanding": signed_if(PaymentState.CHARGED),
        "refunded": signed_if(PaymentState.RELEASED),
        "open": signed_if(PaymentState.OPEN),
        "failed": {
            "step": failure.step,
            "error": {
                "type": type(failure.cause).__name__,
                "message": str(failure.cause),
                "hint": failure.cause.hint,
            },
            **standing.as_json(),
        },
    }


def quote_report(run: Run, quote: Quote) -> dict[str, Any]:
    """What the remaining steps cost, each and together."""
    return {
        "pipeline": run.pipeline.name,
        "steps": [
            {
                "step": step.name,
                "service": step.service,
                "model": step.model,
                "price": str(quote.prices[step.name]),
                "max_price": None if step.max_price is None else str(step.max_price),
            }
            for step in run.remaining
        ],
        "total": str(quote.total),
    }
