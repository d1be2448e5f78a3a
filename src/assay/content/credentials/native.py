"""The C2PA library, run as a program of its own: requests come in on standard input.

    python -m assay.content.credentials.native       # as `isolation.NativeProcess` starts it

The library is native code that takes files from strangers apart; here it can exhaust or crash
nothing but this process. It never goes to the network: no time stamps, no remote manifests, no
revocation lists. This module alone imports it.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

import c2pa  # type: ignore[import-untyped]

from assay.content.credentials.certificates import describe
from assay.content.credentials.cose import certificates_of
from assay.content.credentials.errors import CertificateUnusable, ManifestMalformed
from assay.content.credentials.framing import Message, encode_message, read_message
from assay.content.credentials.jumbf import parse_store
from assay.content.credentials.manifest import CREATED_LABELS, EARLIER_FILE

MEMORY_LIMIT_BYTES = 3 * 1024**3 // 2
_VERIFY = {
    "verify_after_reading": True,
    "verify_trust": True,
    "verify_timestamp_trust": True,
    "ocsp_fetch": False,
    "remote_manifest_fetch": False,
}


def main() -> None:
    """Answer requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints must not fall among the answers
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request in its turn; one that takes too long ends the process."""
    while (request := read_message(requests)) is not None:
        signal.alarm(int(request.header["limit_s"]) + 1)
        answers.write(encode_message(_answer(request)))
        answers.flush()
        signal.alarm(0)


def _answer(request: Message) -> Message:
    try:
        if request.header["operation"] == "sign":
            return sign(request)
        return read(request)
    except c2pa.C2paError as error:
        return Message({"error": type(error).__name__, "detail": str(error)[:500]}, [])
    except (ManifestMalformed, CertificateUnusable) as error:
        return Message({"error": type(error).__name__, "detail": error.detail}, [])
    except MemoryError:
        return Message({"error": "MemoryError", "detail": "it needs too much memory"}, [])


def sign(request: Message) -> Message:
    """Write a manifest: parts are content, key, chain, and an earlier file where there is one."""
    header = request.header
    content, key, chain, *earlier = request.parts
    definition = header["definition"]
    with (
        c2pa.Context.from_dict(_settings("", created=True)) as context,
        c2pa.Builder(definition, context) as builder,
        c2pa.Signer.from_info(
            c2pa.C2paSignerInfo(header["algorithm"].encode(), chain, key, None)
        ) as signer,
    ):
        if not header["embed"]:
            builder.set_no_embed()
        for file in earlier:
            ingredient = {
                "title": "earlier file",
                "relationship": "parentOf",
                "label": EARLIER_FILE,
            }
            builder.add_ingredient(json.dumps(ingredient), header["earlier_type"], io.BytesIO(file))
        result = io.BytesIO()
        manifest = builder.sign(signer, header["media_type"], io.BytesIO(content), result)
    return Message({}, [result.getvalue() if header["embed"] else b"", manifest])


def read(request: Message) -> Message:
    """Read and check a manifest: parts are file, anchors, and the manifest where it is known.

    With `beside` the file holds no manifest itself; else the library looks for it in the file.
    """
    header = request.header
    file, anchors, *known = request.parts
    beside = known[0] if header["beside"] else None
    with (
        c2pa.Context.from_dict(_settings(anchors.decode(), created=False)) as context,
        c2pa.Reader(header["media_type"], io.BytesIO(file), beside, context=context) as reader,
    ):
        report = json.loads(reader.json())
    answer = {"report": report, "certificate": None}
    if known:
        answer |= _signature_of(known[0])
    return Message(answer, [])


def _signature_of(manifest: bytes) -> dict[str, Any]:
    store = parse_store(manifest)
    if store.signature is None:
        return {"active": store.active}
    certificates = certificates_of(store.signature)
    described = describe(certificates[0]).as_json() if certificates else None
    return {"active": store.active, "certificate": described}


def _settings(anchors: str, *, created: bool) -> dict[str, Any]:
    value: dict[str, Any] = {
        "version": 1,
        "verify": {**_VERIFY, "verify_trust": not created},
        "builder": {
            "thumbnail": {"enabled": False},
            "created_assertion_labels": CREATED_LABELS,
        },
    }
    if anchors:
        value["trust"] = {"user_anchors": anchors}
    return value


if __name__ == "__main__":
    main()
