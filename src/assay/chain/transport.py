"""JSON over HTTP POST with a limit on time and size, and retries where repeating is harmless.

The HTTP transport is used bare: the usual client logs whole URLs, and an RPC URL often carries an
API key in its path.
"""

from __future__ import annotations

import json
import logging
import random
import time
from base64 import b64encode
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from assay.chain.errors import ChainUnreachable
from assay.errors import InputError

_log = logging.getLogger(__name__)

_ATTEMPTS = 5
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 2.0
_LARGEST_ANSWER_BYTES = 256 * 1024 * 1024


def without_credentials(url: str) -> str:
    """Scheme, host and port; user, password, path and query may be secrets and are left out.

    >>> without_credentials("https://me:pass@rpc.example:8443/v3/KEY?k=1")
    'https://rpc.example:8443/...'
    """
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = f":{parts.port}" if parts.port else ""
    rest = "/..." if parts.path.strip("/") or parts.query else ""
    return f"{parts.scheme}://{host}{port}{rest}"


class JsonTransport:
    """Posts JSON to one URL over kept-alive connections. Safe to use from several threads."""

    def __init__(self, url: str, timeout_s: float) -> None:
        """Connect lazily.

        Raises:
            InputError: not an http or https URL.
        """
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
            self.label = without_credentials(url)
        except ValueError:
            usable = False
        if not usable:
            raise InputError("The RPC URL is not one.", hint="Write it like http://host:8545.")
        self._url = httpx.URL(url).copy_with(username=None, password=None)
        self._headers = {"content-type": "application/json", "host": parts.netloc.split("@")[-1]}
        if parts.username is not None:
            user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._headers["authorization"] = "Basic " + b64encode(user.encode()).decode()
        self._timeout_s = timeout_s
        # Without TLS nothing is to be verified, and reading all authorities takes 20 ms.
        secure = parts.scheme == "https"
        self._http = httpx.HTTPTransport(verify=secure, limits=httpx.Limits(max_connections=32))

    def post(self, body: Any, *, repeatable: bool) -> Any:
        """Send `body`, return the decoded answer.

        A `repeatable` request is sent again, after growing pauses, when the connection broke or
        the server answered 429 or 5xx.

        Raises:
            ChainUnreachable: no answer in time, an HTTP error, or an answer that is not JSON.
        """
        content = json.dumps(body, separators=(",", ":")).encode()
        pause_s = _FIRST_PAUSE_S
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._post_once(content)
            except _Passing as passing:
                if not repeatable or attempt == _ATTEMPTS:
                    raise ChainUnreachable(self.label, str(passing)) from None
                wait_s = min(max(pause_s, passing.retry_after_s), _LONGEST_PAUSE_S)
                _log.info("Node %s: %s; trying again", self.label, passing)
                time.sleep(wait_s * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret
                pause_s *= 2
        raise AssertionError("unreachable")

    def _post_once(self, content: bytes) -> Any:
        deadline = time.monotonic() + self._timeout_s
        timeout = httpx.Timeout(self._timeout_s).as_dict()
        request = httpx.Request(
            "POST",
            self._url,
            headers=self._headers,
            content=content,
            extensions={"timeout": timeout},
        )
        try:
            response = self._http.handle_request(request)
            try:
                answer = self._read(response, deadline)
            finally:
                response.close()
        except httpx.TimeoutException:
            raise ChainUnreachable(self.label, f"no answer in {self._timeout_s:g} s") from None
        except httpx.ConnectError as error:
            raise ChainUnreachable(self.label, f"no connection ({error})", sent=False) from None
        except httpx.HTTPError as error:
            raise _Passing(f"the connection broke ({type(error).__name__})") from None
        self._check_status(response)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            raise ChainUnreachable(self.label, "the answer is not JSON") from None

    def _read(self, response: httpx.Response, deadline: float) -> bytes:
        chunks: list[bytes] = []
        size_bytes = 0
        for chunk in response.iter_bytes():
            size_bytes += len(chunk)
            if time.monotonic() > deadline:
                raise ChainUnreachable(self.label, f"no whole answer in {self._timeout_s:g} s")
            if size_bytes > _LARGEST_ANSWER_BYTES:
                raise ChainUnreachable(self.label, "the answer is too large")
            chunks.append(chunk)
        return b"".join(chunks)

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == 429 or status >= 500:
            raise _Passing(f"HTTP status {status}", _seconds(response.headers.get("retry-after")))
        if status in {401, 403}:
            raise ChainUnreachable(
                self.label, f"HTTP status {status}", hint="Check the key in the RPC URL."
            )
        if status >= 300:
            raise ChainUnreachable(self.label, f"HTTP status {status}")

    def close(self) -> None:
        """Close all connections."""
        self._http.close()


class _Passing(Exception):
    def __init__(self, reason: str, retry_after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


def _seconds(header: str | None) -> float:
    try:
        return max(0.0, float(header or 0))
    except ValueError:  # a date: the growing pause will do
        return 0.0
