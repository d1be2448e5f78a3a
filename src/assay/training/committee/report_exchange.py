"""Score reports between validators: each serves its own, and fetches what it lacks.

GET /tasks/7/reports/3      this validator's report of round 3, if it has one, and the content keys
                            by which it could open the updates

A node can seal its content key for some validators only. These hand it to the others, so that all
come to score the same updates: a report on others than one's own is fetched again.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assay.core.address import Address, parse_address
from assay.errors import InputError
from assay.training.committee.bounded_http import Bounds, ask
from assay.training.committee.errors import PeerUnusable
from assay.training.committee.model import Committee
from assay.training.committee.reports import SignedReport, check_report
from assay.training.committee.scoring import ReportMalformed
from assay.training.committee.signing import Domain

_REPORT = Bounds(most_bytes=256 * 1024, within_s=3.0)
_TIMEOUT = httpx.Timeout(2.0, connect=1.0)
_NOT_YET_S = 0.1
_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0


class _Lacking(Enum):
    """Why there is no report of a member."""

    NOT_YET = auto()
    UNUSABLE = auto()


@dataclass(frozen=True, slots=True)
class _PutUp:
    """What one member has put up."""

    report: SignedReport
    keys: Mapping[Address, str]

    def as_json(self) -> dict[str, Any]:
        return {"report": self.report.as_json(), "keys": dict(self.keys)}

    @classmethod
    def from_json(cls, value: Any) -> _PutUp:
        """Read what a member sent.

        Raises:
            ReportMalformed: it is anything else.
        """
        try:
            report = SignedReport.from_json(value["report"])
            keys = {parse_address(node): str(key) for node, key in value["keys"].items()}
        except (AttributeError, KeyError, TypeError, InputError) as error:
            raise ReportMalformed(f"{type(error).__name__}: {error}"[:200]) from None
        return cls(report, keys)


class PeerReports:
    """The `ReportBoard` of one validator. Reports of one round are kept, those of the newest.

    A member that has none yet is asked again soon; one that cannot be reached, or answers with
    anything else, is left alone for a while, longer each time.
    """

    def __init__(
        self, domain: Domain, committee: Committee, me: Address, urls: Mapping[Address, str]
    ) -> None:
        self._domain = domain
        self._committee = committee
        self._me = me
        self._urls = {
            who: f"{url.rstrip('/')}/tasks/{domain.task}/reports"
            for who, url in urls.items()
            if who != me and who in committee
        }
        self._round = 0
        self._known: dict[Address, _PutUp] = {}
        self._tries: dict[Address, tuple[int, float]] = {}
        self._lock = threading.Lock()
        self._certificates = httpx.create_ssl_context(trust_env=False)

    def of(self, round_: int) -> Mapping[Address, SignedReport]:
        """See `ReportBoard.of`; asks the members whose report is not known, or is on others."""
        for who, found in self._fetched(round_, self._missing(round_)):
            with self._lock:
                if round_ != self._round:
                    continue
                if isinstance(found, _PutUp):
                    self._known[who] = found
                    self._leave_alone(who, _Lacking.NOT_YET)
                else:
                    self._leave_alone(who, found)
        with self._lock:
            if round_ != self._round:
                return {}
            return {who: one.report for who, one in self._known.items()}

    def keys(self, round_: int) -> Mapping[Address, tuple[str, ...]]:
        """See `ReportBoard.keys`."""
        with self._lock:
            if round_ != self._round:
                return {}
            others = [one.keys for who, one in self._known.items() if who != self._me]
        found: dict[Address, tuple[str, ...]] = {}
        for keys in others:
            for node, key in keys.items():
                found[node] = (*found.get(node, ()), key)
        return found

    def put(self, round_: int, report: SignedReport, keys: Mapping[Address, str]) -> None:
        """See `ReportBoard.put`."""
        with self._lock:
            self._turn_to(round_)
            self._known[report.validator] = _PutUp(report, dict(keys))

    def route(self) -> Route:
        """By which the others get this validator's report."""
        return Route(f"/tasks/{self._domain.task}/reports/{{round:int}}", self._serve)

    def _serve(self, request: Request) -> Response:
        with self._lock:
            own = self._known.get(self._me)
            if own is None or request.path_params["round"] != self._round:
                return Response(status_code=404)
            return JSONResponse(own.as_json())

    def _missing(self, round_: int) -> list[Address]:
        """Whom to ask now: nobody before there is a report of one's own."""
        now = time.monotonic()
        with self._lock:
            self._turn_to(round_)
            own = self._known.get(self._me)
            if own is None:
                return []
            return [
                who
                for who in self._urls
                if self._differs(who, own) and self._tries.get(who, (0, 0.0))[1] <= now
            ]

    def _differs(self, who: Address, own: _PutUp) -> bool:
        """Whether a member's report is not known, or is on other updates than one's own."""
        known = self._known.get(who)
        return known is None or set(known.report.scores.scores) != set(own.report.scores.scores)

    def _fetched(
        self, round_: int, missing: list[Address]
    ) -> list[tuple[Address, _PutUp | _Lacking]]:
        """Without the lock: two members that ask each other must both get an answer."""
        if not missing:
            return []
        return asyncio.run(self._fetch_all(round_, missing))

    async def _fetch_all(
        self, round_: int, missing: list[Address]
    ) -> list[tuple[Address, _PutUp | _Lacking]]:
        async with httpx.AsyncClient(
            timeout=_TIMEOUT, trust_env=False, verify=self._certificates
        ) as http:
            return await asyncio.gather(*(self._fetch(http, who, round_) for who in missing))

    async def _fetch(
        self, http: httpx.AsyncClient, who: Address, round_: int
    ) -> tuple[Address, _PutUp | _Lacking]:
        try:
            answer = await ask(http, "GET", f"{self._urls[who]}/{round_}", _REPORT)
            if answer.status == httpx.codes.NOT_FOUND:
                return who, _Lacking.NOT_YET
            if answer.status != httpx.codes.OK:
                return who, _Lacking.UNUSABLE
            found = _PutUp.from_json(json.loads(answer.body))
            check_report(self._domain, round_, self._committee, found.report)
        except (PeerUnusable, ValueError, RecursionError, ReportMalformed):
            return who, _Lacking.UNUSABLE
        return who, found if found.report.validator == who else _Lacking.UNUSABLE

    def _leave_alone(self, who: Address, why: _Lacking) -> None:
        if why is _Lacking.NOT_YET:
            self._tries[who] = (0, time.monotonic() + _NOT_YET_S)
            return
        tries = self._tries.get(who, (0, 0.0))[0] + 1
        pause_s = min(_PAUSE_S * 2 ** min(tries, 10), _LONGEST_PAUSE_S)
        self._tries[who] = (tries, time.monotonic() + pause_s)

    def _turn_to(self, round_: int) -> None:
        if round_ > self._round:
            self._round, self._known, self._tries = round_, {}, {}
