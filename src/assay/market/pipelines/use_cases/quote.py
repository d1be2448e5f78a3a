"""Ask the services what the steps cost, before anything is signed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from assay.market.pipelines.errors import QuoteTooHigh
from assay.market.pipelines.model import Quote, Run, Step
from assay.market.pipelines.ports import Chains, StepCalls


@dataclass(frozen=True)
class QuotedSteps:
    """The steps that are still to be made: what they cost, and who makes them.

    Attributes:
        calls: by the names of steps.
    """

    quote: Quote
    calls: dict[str, StepCalls]


async def quote_run(run: Run, chains: Chains) -> QuotedSteps:
    """The services' own prices for the remaining steps, all asked at once.

    Raises:
        QuoteTooHigh: one asks for more than its step allows.
        ServiceFailed, ServiceRejected, TermsUnacceptable: one cannot be asked, or paid.
    """
    remaining = run.remaining
    calls = {step.name: await asyncio.to_thread(chains.calls_on, step.chain) for step in remaining}
    # Answers that are not there yet do not change the price: a word stands for each of them.
    answers = {step.name: "…" for step in run.pipeline.steps} | run.texts

    async def price(step: Step) -> int:
        return await calls[step.name].quote(step, step.request(run.run_id, run.given, answers))

    prices = await asyncio.gather(*(price(step) for step in remaining))
    for step, asked in zip(remaining, prices, strict=True):
        if step.max_price is not None and asked > step.max_price:
            raise QuoteTooHigh(f"The step {step.name!r}", asked, step.max_price)
    return QuotedSteps(
        Quote({step.name: asked for step, asked in zip(remaining, prices, strict=True)}), calls
    )
