"""What pipelines need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from assay.core.cid import Cid
from assay.market.metering import CallRequest
from assay.market.pipelines.model import ChainPlace, Order, Run, Standing, Step, StepAnswer


class StepCalls(Protocol):
    """Paid calls on the chain of a step, of one account."""

    async def quote(self, step: Step, request: CallRequest) -> int:
        """What the service asks for one call, in units of the token; nothing is signed.

        Raises:
            ServiceFailed, ServiceRejected, TermsUnacceptable: it asks for nothing that we pay.
        """
        ...

    async def answer(
        self, run_id: str, step: Step, request: CallRequest, *, max_price: int
    ) -> StepAnswer:
        """Pay for the step's call, or go on with the payment that was made for it before.

        Raises:
            AssayError: as `RemoteCalls.call`; `standing` then tells of the payment.
        """
        ...

    def forget(self, run_id: str, step: Step) -> None:
        """Drop the payment of a step whose answer is kept. Blocks; use threads."""
        ...

    async def standing(self, run_id: str, step: Step) -> Standing:
        """What has become of the payment of a step without an answer.

        Raises:
            UnavailableError: the chain cannot be asked.
        """
        ...


class Chains(Protocol):
    """The chains that steps may name. Calls block; use threads."""

    def calls_on(self, place: ChainPlace) -> StepCalls:
        """Paid calls there.

        Raises:
            InputError: no such home or manifest.
            UnavailableError: its node does not answer.
        """
        ...


class RunBook(Protocol):
    """The durable list of runs. Calls block; use threads."""

    def open(self, run: Run) -> Run:
        """Note a run that begins; one that was begun before comes back as far as it came."""
        ...

    def find(self, run_id: str) -> Run | None:
        """A run as far as it came."""
        ...

    def begun_for(self, order: Order) -> Sequence[str]:
        """Runs for a call: the one of this very request, or else unfinished ones of its topic."""
        ...

    def assign(self, run_id: str, order: Order) -> None:
        """Finish a run for another call of the same topic than it was begun for."""
        ...

    def add(self, run_id: str, answer: StepAnswer) -> None:
        """Note the next step's answer, in one durable transaction."""
        ...

    def finish(self, run_id: str, record: Cid) -> None:
        """Note that every step is done."""
        ...

    def newest(self, limit: int) -> Sequence[Run]:
        """The runs that began last, the last one first."""
        ...


class Turns(Protocol):
    """Named locks between processes."""

    def attempt(self, name: str) -> AbstractContextManager[object | None]:
        """Hold one for the length of the block; None if another process holds it."""
        ...


class Artefacts(Protocol):
    """Content-addressed bytes."""

    def add_bytes(self, data: bytes) -> Cid:
        """Store a short artefact."""
        ...

    def read_bytes(self, cid: Cid, *, limit: int = ...) -> bytes:
        """Read a short artefact, verified."""
        ...
