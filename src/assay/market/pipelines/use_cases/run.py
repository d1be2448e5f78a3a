"""Run a pipeline: quote, then step by step pay, ask and keep; in the end sign what was done.

    run = await run_pipeline(order, parts)
    print(run.text, run.paid, run.record)

A step's answer is durable before the next step is paid for, and a step's payment is durable before
it leaves: whoever takes an interrupted run up pays for no finished step again, and goes on with the
payment of the step that was under way. A step that fails is tried again a few times with the same
payment; then the run stops with what it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assay.core.clock import Clock
from assay.errors import AssayError, UnavailableError
from assay.market.calls import RecordDomain, TypedDataSigner
from assay.market.pipelines.definition import read_pipeline
from assay.market.pipelines.errors import QuoteTooHigh, RunBusy, RunContradicted, StepFailed
from assay.market.pipelines.model import (
    Order,
    PaymentState,
    Quote,
    Run,
    RunState,
    Standing,
    Step,
    StepAnswer,
)
from assay.market.pipelines.ports import Artefacts, Chains, RunBook, StepCalls, Turns
from assay.market.pipelines.record import record_of, sign_run
from assay.market.pipelines.use_cases.quote import QuotedSteps, quote_run

ATTEMPTS = 3
_PAUSE_S = 0.5


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be run.

    Attributes:
        definition: the pipeline's file; paths in it start in `folder`.
        max_price: the most that the remaining steps may cost together, in units of the token,
            summed over all chains; None leaves it to `RunWatch.approve`.
        call: the buyer's, where the pipeline is sold.
    """

    run_id: str
    definition: str
    folder: Path
    given: str
    max_price: int | None = None
    call: Order | None = None


def _nothing(*_: object) -> None:
    return None


@dataclass(frozen=True)
class RunWatch:
    """What the caller is told meanwhile.

    Attributes:
        approve: sees the quote before anything is signed, and raises to stop the run.
        starting: a step is about to be paid for.
        answered: it is done.
    """

    approve: Callable[[Run, Quote], None] = _nothing
    starting: Callable[[Step], None] = _nothing
    answered: Callable[[StepAnswer], None] = _nothing


@dataclass(frozen=True)
class RunParts:
    """What running needs.

    Attributes:
        signer: who runs: the account that pays, on every chain.
        pause_s: the first pause between two tries of a step; each is twice as long as the last.
    """

    chains: Chains
    book: RunBook
    turns: Turns
    blobs: Artefacts
    signer: TypedDataSigner
    domain: RecordDomain
    clock: Clock
    attempts: int = ATTEMPTS
    pause_s: float = _PAUSE_S


async def run_pipeline(order: RunOrder, parts: RunParts, watch: RunWatch | None = None) -> Run:
    """Run a pipeline, or take up the run of this name where it stopped.

    Raises:
        PipelineMalformed: the file does not describe one.
        QuoteTooHigh: nothing was signed in this attempt.
        RunContradicted: the run was begun with another pipeline or input.
        RunBusy: another process works on it.
        StepFailed: what was done and paid is in its `run`.
    """
    watch = watch or RunWatch()
    begun = Run(
        run_id=order.run_id,
        pipeline=read_pipeline(order.definition, order.folder),
        definition=order.definition,
        folder=order.folder,
        given=order.given,
        started_at=parts.clock.now_s(),
        order=order.call,
    )
    turn = parts.turns.attempt(f"pipeline/{order.run_id}")
    held = await asyncio.to_thread(turn.__enter__)
    try:
        if held is None:
            raise RunBusy(order.run_id)
        run = await asyncio.to_thread(parts.book.open, begun)
        _check_same(run, begun)
        if order.call and run.order != order.call:
            await asyncio.to_thread(parts.book.assign, run.run_id, order.call)
        if run.state is RunState.FINISHED:
            return run
        quoted = await quote_run(run, parts.chains)
        _check_price(quoted.quote, order.max_price)
        await asyncio.to_thread(watch.approve, run, quoted.quote)
        return await _conclude(await _make_steps(run, quoted, parts, watch), parts)
    finally:
        await asyncio.to_thread(turn.__exit__, None, None, None)


def _check_same(run: Run, begun: Run) -> None:
    if run.pipeline.digest != begun.pipeline.digest:
        raise RunContradicted(run.run_id, "pipeline")
    if run.given != begun.given:
        raise RunContradicted(run.run_id, "input")


def _check_price(quote: Quote, max_price: int | None) -> None:
    if max_price is not None and quote.total > max_price:
        raise QuoteTooHigh("The run", quote.total, max_price)


async def _make_steps(run: Run, quoted: QuotedSteps, parts: RunParts, watch: RunWatch) -> Run:
    for step in run.remaining:
        watch.starting(step)
        calls = quoted.calls[step.name]
        request = step.request(run.run_id, run.given, run.texts)
        try:
            ask = partial(
                calls.answer,
                run.run_id,
                step,
                request,
                max_price=quoted.quote.prices[step.name],
            )
            answer = await _try(ask, parts)
        except AssayError as error:
            standing = await _standing(run.run_id, step, calls)
            raise StepFailed(run, step.name, error, standing) from error
        await asyncio.to_thread(parts.blobs.add_bytes, answer.record.encode())
        await asyncio.to_thread(parts.book.add, run.run_id, answer)
        await asyncio.to_thread(calls.forget, run.run_id, step)
        run = replace(run, answers=(*run.answers, answer))
        watch.answered(answer)
    return run


async def _try(ask: Callable[[], Awaitable[StepAnswer]], parts: RunParts) -> StepAnswer:
    for attempt in range(parts.attempts - 1):
        try:
            return await ask()
        except UnavailableError:
            await asyncio.sleep(parts.pause_s * 2**attempt)
    return await ask()


async def _standing(run_id: str, step: Step, calls: StepCalls) -> Standing:
    try:
        return await calls.standing(run_id, step)
    except UnavailableError:
        return Standing(PaymentState.OPEN)


async def _conclude(run: Run, parts: RunParts) -> Run:
    record = record_of(run, parts.signer.address, parts.clock.now_s())
    signed = sign_run(record, parts.domain, parts.signer)
    cid = await asyncio.to_thread(parts.blobs.add_bytes, signed.encode())
    await asyncio.to_thread(parts.book.finish, run.run_id, cid)
    return replace(run, state=RunState.FINISHED, record=cid)
