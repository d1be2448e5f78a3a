"""The measured alternative: a small language model that answers under a JSON schema."""

from __future__ import annotations

import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assay.authoring.actions import ACTIONS
from assay.authoring.model import Obligation, Specification
from assay.core.chat import Message, TextRequest
from assay.generation.openai_compatible import OpenAITextModel

_TEXT = {"type": ["string", "null"]}
_ACT = {"actor": _TEXT, "action": {"enum": sorted(ACTIONS)}, "amount": _TEXT, "asset": _TEXT,
        "recipient": _TEXT}  # fmt: skip
_CONDITION = {
    "kind": {"enum": ["event", "breach", "state", "time", "comparison", "approval", "oracle"]},
    **_ACT, "subject": _TEXT, "comparator": {"enum": ["<", "<=", "=", ">=", ">", None]},
    "value": _TEXT,
}  # fmt: skip
_OBLIGATION = {
    **_ACT, "modality": {"enum": ["must", "may", "must_not"]}, "deadline": _TEXT,
    "recurrence": _TEXT, "share_of": _TEXT, "limit": {"enum": ["exact", "most", "least"]},
    "occurrences": {"type": ["integer", "null"]}, "spread": {"type": "boolean"},
    "conditions": {"type": "array", "maxItems": 3, "items": {
        "type": "object", "properties": _CONDITION, "required": list(_CONDITION)}},
}  # fmt: skip
SCHEMA = {"type": "object", "required": ["obligations"], "properties": {"obligations": {
    "type": "array", "maxItems": 4, "items": {
        "type": "object", "properties": _OBLIGATION, "required": list(_OBLIGATION)}}}}  # fmt: skip
_SYSTEM = (
    "Extract every obligation of the contract clause as JSON: who (actor), modality, action, "
    "amount as plain digits, asset (token symbol, ISO currency or noun), recipient, conditions, "
    "deadline and recurrence in ISO 8601. The actor is `contract` when nobody is named. Use null "
    "for what is not said. Parties are lower-case nouns without article."
)
_EXAMPLE = (
    ("user", "When the user pays $100, issue 10 tokens to them."),
    ("assistant", json.dumps({"obligations": [{
        "actor": "contract", "action": "issue", "amount": "10", "asset": "token",
        "recipient": "user", "modality": "must", "deadline": None, "recurrence": None,
        "share_of": None, "limit": "exact", "occurrences": None, "spread": False,
        "conditions": [{"kind": "event", "actor": "user", "action": "pay", "amount": "100",
                        "asset": "USD", "recipient": None, "subject": None, "comparator": None,
                        "value": None}]}]})),
)  # fmt: skip


class Peer:
    """llama.cpp on a GGUF file, in this process."""

    def __init__(self, gguf_path: Path) -> None:
        import xllamacpp  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import

        key = secrets.token_urlsafe(32)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(gguf_path)
        parameters.n_ctx = 4096
        parameters.n_parallel = 1
        parameters.cpuparams.n_threads = 1
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.api_keys = [key]
        parameters.ui = False
        parameters.verbosity = 0
        self._server = xllamacpp.Server(parameters)
        schema = {"type": "json_schema", "json_schema": {"name": "clause", "schema": SCHEMA}}
        self._address = (f"{self._server.listening_address}/v1", key, schema)

    def understand(self, text: str, language: str) -> Specification:
        """What the model reads in a clause; an answer that breaks the format reads nothing."""
        return asyncio.run(self._understand(text, language))

    async def _understand(self, text: str, language: str) -> Specification:
        url, key, schema = self._address
        model = OpenAITextModel(url, key, "peer", extra_body={"response_format": schema})
        messages = (("system", _SYSTEM), *_EXAMPLE, ("user", text))
        request = TextRequest(
            tuple(Message(*one) for one in messages), max_tokens=600, temperature=0, seed=1
        )
        try:
            answer = "".join([chunk.text async for chunk in model.stream(request)])
        finally:
            await model.close()
        return Specification(
            language="zh" if language == "chinese" else "en",
            text=text,
            obligations=_obligations(answer, text),
        )


def _obligations(answer: str, text: str) -> tuple[Obligation, ...]:
    try:
        rows: list[dict[str, Any]] = json.loads(answer)["obligations"]
    except (json.JSONDecodeError, KeyError):
        return ()
    read = []
    for row in rows:
        conditions = [{"text": "", **one} for one in row.get("conditions", ())]
        try:
            read.append(
                Obligation.model_validate({**row, "conditions": conditions, "span": (0, len(text))})
            )
        except ValidationError:
            continue
    return tuple(read)
