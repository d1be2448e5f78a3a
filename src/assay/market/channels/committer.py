"""One thread that takes the steps of all calls under way, as many as there are in a transaction.

    committer = Committer(book, lambda: Worker("w1", now_s, until_s))
    judged = await committer.take(step)               # from any event loop
    judged = committer.take_all(steps).result()       # from any thread

While one transaction reaches the disk, the steps of the next one gather: the more calls there are,
the less each of them waits for a disk of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from assay.errors import AssayError
from assay.market.channels.account import Judged, Worker
from assay.market.channels.ports import ChannelBook
from assay.market.channels.steps import Act, Step

MOST_STEPS = 4096
_IDLE_S = 1.0

Outcomes = list[Judged | AssayError]


@dataclass(slots=True)
class _Single:
    """A step that a task of an event loop waits for."""

    step: Step
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Judged]


@dataclass(slots=True)
class _Many:
    """Steps that a thread waits for, or that nobody does."""

    steps: Sequence[Step]
    future: Future[Outcomes]


class Committer:
    """Takes steps in a thread of its own, which starts with the first one.

    Args:
        due: steps that time asks for, such as renewed leases; asked for about once a second.
    """

    def __init__(
        self,
        book: ChannelBook,
        worker: Callable[[], Worker],
        due: Callable[[], Sequence[Step]] = tuple,
    ) -> None:
        self._book = book
        self._worker = worker
        self._due = due
        self._queue: SimpleQueue[_Single | _Many | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._busy = False

    async def take(self, step: Step) -> Judged:
        """Take one step; raises what its note raised, or that the database does not answer."""
        if step.act is not Act.CHARGE and step.note is None and not self._busy:
            at_once = self._book.apply_at_once([step], self._worker())
            if at_once is not None:
                return _judged(at_once[0])
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Judged] = loop.create_future()
        self._put(_Single(step, loop, future))
        return await future

    def take_all(self, steps: Sequence[Step]) -> Future[Outcomes]:
        """Take steps together, in one transaction; the future brings what became of each."""
        future: Future[Outcomes] = Future()
        self._put(_Many(steps, future))
        return future

    def close(self) -> None:
        """Take what was given before, then end the thread."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _put(self, item: _Single | _Many) -> None:
        self.start()
        self._queue.put(item)

    def start(self) -> None:
        """Have the thread run, so that what is due is done although no step is given to it."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        going_on = True
        while going_on:
            items, going_on = self._gather()
            if due := self._due():
                items.append(_Many(due, Future()))
            if items:
                self._busy = True
                self._take(items)
            self._busy = not self._queue.empty()

    def _gather(self) -> tuple[list[_Single | _Many], bool]:
        """What has come since the last transaction; False once it is the end."""
        items: list[_Single | _Many] = []
        steps = 0
        try:
            item = self._queue.get(timeout=_IDLE_S)
            while item is not None:
                items.append(item)
                steps += len(item.steps) if isinstance(item, _Many) else 1
                if steps >= MOST_STEPS:
                    return items, True
                item = self._queue.get_nowait()
        except Empty:
            return items, True
        return items, False

    def _take(self, items: list[_Single | _Many]) -> None:
        steps: list[Step] = []
        for item in items:
            if isinstance(item, _Many):
                steps.extend(item.steps)
            else:
                steps.append(item.step)
        try:
            outcomes = self._book.apply(steps, self._worker())
        except IntegrityError as error:
            if len(items) == 1:
                self._fail(items, error)
                return
            for item in items:  # one of them broke a rule of the tables: the others did not
                self._take([item])
        except (AssayError, SQLAlchemyError) as error:
            self._fail(items, error)
        except BaseException:  # a mistake of ours ends the thread, but leaves nobody waiting
            self._thread = None
            self._fail(items, RuntimeError("the committer failed; its log says how"))
            raise
        else:
            self._tell(items, outcomes)

    @staticmethod
    def _tell(items: list[_Single | _Many], outcomes: Outcomes) -> None:
        """Hand the outcomes out, with one message to each event loop."""
        place = 0
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Single, Judged | AssayError]]] = {}
        for item in items:
            if isinstance(item, _Many):
                item.future.set_result(outcomes[place : place + len(item.steps)])
                place += len(item.steps)
            else:
                by_loop.setdefault(item.loop, []).append((item, outcomes[place]))
                place += 1
        for loop, told in by_loop.items():
            _call(loop, _resolve, told)

    @staticmethod
    def _fail(items: list[_Single | _Many], error: Exception) -> None:
        for item in items:
            if isinstance(item, _Many):
                item.future.set_exception(error)
            else:
                _call(item.loop, _reject, item, error)


def _judged(outcome: Judged | AssayError) -> Judged:
    if isinstance(outcome, AssayError):
        raise outcome
    return outcome


def _call(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *given: object) -> None:
    try:
        loop.call_soon_threadsafe(function, *given)
    except RuntimeError:
        return  # the loop has ended, and with it whoever waited


def _resolve(told: list[tuple[_Single, Judged | AssayError]]) -> None:
    for item, outcome in told:
        if item.future.done():
            continue
        if isinstance(outcome, AssayError):
            item.future.set_exception(outcome)
        else:
            item.future.set_result(outcome)


def _reject(item: _Single, error: Exception) -> None:
    if not item.future.done():
        item.future.set_exception(error)
