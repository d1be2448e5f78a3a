"""Hold the record of a run against the call records that it names."""

from __future__ import annotations

from assay.core.address import parse_address
from assay.core.cid import Cid
from assay.errors import AssayError
from assay.market.calls import RecordDomain, RecoverTypedData, SignedCallRecord, check_record
from assay.market.pipelines.errors import RunRecordForged
from assay.market.pipelines.ports import Artefacts
from assay.market.pipelines.record import RunRecord, SignedRunRecord, check_signature

_LIMIT_BYTES = 1_000_000
_CALL_LIMIT_BYTES = 16_384


def check_run(
    record: Cid, *, blobs: Artefacts, domain: RecordDomain, recover: RecoverTypedData
) -> RunRecord:
    """The record, whose signature, split and call records hold.

    Raises:
        RunRecordForged: the runner did not sign it, or a step is not what its provider signed.
        UnavailableError: the record or a call record is not to be had.
    """
    signed = SignedRunRecord.decode(blobs.read_bytes(record, limit=_LIMIT_BYTES))
    check_signature(signed, domain, recover)
    for line in signed.record.steps:
        name = str(line.get("step"))
        try:
            call = SignedCallRecord.decode(
                blobs.read_bytes(Cid.parse(line["record"]), limit=_CALL_LIMIT_BYTES)
            )
            check_record(call, RecordDomain(line["chain"], parse_address(line["anchor"])), recover)
        except (KeyError, TypeError, AssayError) as error:
            raise RunRecordForged(f"step {name!r}: {error}") from None
        facts = call.record.as_json()
        for field in ("provider", "payer", "service", "model", "token", "amount"):
            if line.get(field) != facts[field]:
                raise RunRecordForged(f"step {name!r}: its {field} is not its provider's")
        if line.get("payment") != facts["paymentNonce"]:
            raise RunRecordForged(f"step {name!r}: its payment is not its provider's")
    last = signed.record.steps[-1] if signed.record.steps else {}
    if not last or _output(last, blobs) != signed.record.output.hex:
        raise RunRecordForged("its output is not the last step's")
    return signed.record


def _output(line: object, blobs: Artefacts) -> str:
    assert isinstance(line, dict)
    data = blobs.read_bytes(Cid.parse(line["record"]), limit=_CALL_LIMIT_BYTES)
    return SignedCallRecord.decode(data).record.output_digest.hex
