"""The record of a run: what the runner signs about it, by EIP-712.

It binds the pipeline, the input and the output by digest, and each step's call record by CID, with
who was paid how much on which chain. Who has the record and the call records can check it all; the
texts are not needed, and not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.calls import RecordDomain, RecoverTypedData, TypedDataSigner
from assay.market.pipelines.errors import RunRecordForged
from assay.market.pipelines.model import Run, StepAnswer

SCHEMA = "pipeline-run/1"
PRIMARY_TYPE = "PipelineRun"
_SIGNATURE = re.compile(r"0x[0-9a-f]{130}")
RUN_TYPES: Mapping[str, Sequence[Mapping[str, str]]] = {
    PRIMARY_TYPE: [
        {"name": "runner", "type": "address"},
        {"name": "runId", "type": "string"},
        {"name": "pipelineDigest", "type": "bytes32"},
        {"name": "inputDigest", "type": "bytes32"},
        {"name": "outputDigest", "type": "bytes32"},
        {"name": "stepsDigest", "type": "bytes32"},
        {"name": "startedAt", "type": "uint64"},
        {"name": "finishedAt", "type": "uint64"},
    ]
}


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is signed.

    Attributes:
        steps: of each step its name, chain, provider, payer, service, model, token, amount,
            payment, transaction and the CID of its call record, as JSON values.
    """

    runner: Address
    run_id: str
    pipeline: Digest
    given: Digest
    output: Digest
    steps: tuple[Mapping[str, Any], ...]
    started_at: int
    finished_at: int

    def message(self) -> dict[str, Any]:
        """The EIP-712 message."""
        return {
            "runner": self.runner,
            "runId": self.run_id,
            "pipelineDigest": self.pipeline.raw,
            "inputDigest": self.given.raw,
            "outputDigest": self.output.raw,
            "stepsDigest": Digest.of(canonical_json(list(self.steps))).raw,
            "startedAt": self.started_at,
            "finishedAt": self.finished_at,
        }

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "runner": self.runner,
            "runId": self.run_id,
            "pipelineDigest": self.pipeline.hex,
            "inputDigest": self.given.hex,
            "outputDigest": self.output.hex,
            "steps": [dict(step) for step in self.steps],
            "startedAt": self.started_at,
            "finishedAt": self.finished_at,
        }


@dataclass(frozen=True, slots=True)
class SignedRunRecord:
    """A record and the runner's 65-byte signature: the artefact that is stored."""

    record: RunRecord
    signature: bytes

    def encode(self) -> bytes:
        """The artefact's bytes: canonical JSON."""
        return canonical_json(
            {
                "assay": SCHEMA,
                "run": self.record.as_json(),
                "signature": "0x" + self.signature.hex(),
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> SignedRunRecord:
        """Read the artefact's bytes.

        Raises:
            RunRecordForged: they are not what `encode` writes.
        """
        try:
            value = json.loads(data)
            fields, signature = value["run"], value["signature"]
            record = RunRecord(
                runner=parse_address(fields["runner"]),
                run_id=str(fields["runId"]),
                pipeline=Digest.parse(fields["pipelineDigest"]),
                given=Digest.parse(fields["inputDigest"]),
                output=Digest.parse(fields["outputDigest"]),
                steps=tuple(fields["steps"]),
                started_at=int(fields["startedAt"]),
                finished_at=int(fields["finishedAt"]),
            )
            if not _SIGNATURE.fullmatch(signature):
                raise RunRecordForged("its signature is not 65 bytes in hexadecimal")
            signed = cls(record, bytes.fromhex(signature[2:]))
            whole = signed.encode() == data
        except (KeyError, TypeError, ValueError, RecursionError, AssayError) as error:
            raise RunRecordForged(f"{type(error).__name__}: {error}") from None
        if not whole:
            raise RunRecordForged("it is not in its one canonical form")
        return signed


def record_of(run: Run, runner: Address, finished_at: int) -> RunRecord:
    """What is to be signed about a run whose steps are all done."""
    assert not run.remaining, "a run is recorded when it is over"
    return RunRecord(
        runner=runner,
        run_id=run.run_id,
        pipeline=run.pipeline.digest,
        given=Digest.of(run.given.encode()),
        output=Digest.of(run.text.encode()),
        steps=tuple(step_line(answer) for answer in run.answers),
        started_at=run.started_at,
        finished_at=finished_at,
    )


def step_line(answer: StepAnswer) -> dict[str, Any]:
    """One step's part of the split: who was paid how much, on which chain, for which call."""
    call = answer.record.record
    return {
        "step": answer.name,
        "chain": answer.chain.chain_id,
        "genesis": answer.chain.genesis,
        "anchor": answer.chain.anchor,
        "provider": call.provider,
        "payer": call.payer,
        "service": call.service.hex,
        "model": call.model.hex,
        "token": call.token,
        "amount": str(call.amount),
        "payment": call.payment_nonce.hex,
        "transaction": answer.transaction,
        "record": str(answer.record.cid),
    }


def sign_run(record: RunRecord, domain: RecordDomain, signer: TypedDataSigner) -> SignedRunRecord:
    """Sign as the runner that the record names."""
    assert signer.address == record.runner, "a run is signed by its runner"
    signature = signer.sign_typed_data(_typed(domain), RUN_TYPES, PRIMARY_TYPE, record.message())
    return SignedRunRecord(record, signature)


def check_signature(
    signed: SignedRunRecord, domain: RecordDomain, recover: RecoverTypedData
) -> None:
    """Check that the runner that the record names has signed it.

    Raises:
        RunRecordForged: somebody else signed it, nobody did, or it was changed since.
    """
    message = signed.record.message()
    try:
        signer = recover(_typed(domain), RUN_TYPES, PRIMARY_TYPE, message, signed.signature)
    except AssayError as error:
        raise RunRecordForged(str(error)) from None
    if signer != signed.record.runner:
        raise RunRecordForged(f"signed by {signer}, but it names {signed.record.runner}")


def _typed(domain: RecordDomain) -> dict[str, Any]:
    return {**domain.as_typed_data(), "name": "Assay Pipeline"}
