"""Find indexed events by contract, name and arguments.

events_where(engine, contract="CallAnchor", name="BatchAnchored", provider=address, batch=0)
"""

from __future__ import annotations

from functools import cache
from typing import Any

from eth_abi.exceptions import EncodingError
from sqlalchemy import Engine, Row, select

from assay.chain.build import load_build
from assay.chain.codec import encode_values
from assay.chain.contract import Event
from assay.core.address import Address
from assay.errors import InputError
from assay.ledger.arguments import decode_arguments
from assay.ledger.database import reading
from assay.ledger.stored import blocks, events

_TOPICS = (events.c.subject, events.c.second_topic, events.c.third_topic)
_EVERY = (
    select(
        events.c.contract,
        events.c.name,
        events.c.arguments,
        events.c.block_number,
        blocks.c.hash,
        events.c.transaction_hash,
        events.c.log_index,
        events.c.address,
    )
    .join(blocks, blocks.c.number == events.c.block_number)
    .order_by(events.c.block_number, events.c.log_index)
)


def events_where(engine: Engine, *, contract: str, name: str, **arguments: Any) -> list[Event]:
    """The events of this name whose arguments have the given values, oldest first.

    Indexed arguments are looked up, the first fastest; others are compared one by one.

    Raises:
        InputError: the event has no such argument, or a value does not fit it.
        ContractsNotBuilt: `contract` is none of ours.
    """
    parameters = _parameters(contract, name)
    unknown = arguments.keys() - {parameter["name"] for parameter in parameters}
    if unknown:
        raise InputError(f"{contract}.{name} has no argument {min(unknown)}.")
    indexed = [parameter for parameter in parameters if parameter["indexed"]]
    query = _EVERY.where(events.c.contract == contract, events.c.name == name)
    for column, parameter in zip(_TOPICS, indexed, strict=False):
        if parameter["name"] in arguments:
            query = query.where(column == _word(parameter, arguments[parameter["name"]]))
    with reading(engine) as connection:
        found = [_event(row) for row in connection.execute(query)]
    return [event for event in found if _fits(event, arguments)]


@cache
def _parameters(contract: str, name: str) -> tuple[dict[str, Any], ...]:
    for entry in load_build(contract).abi:
        if entry["type"] == "event" and entry["name"] == name:
            return tuple(entry["inputs"])
    raise InputError(f"{contract} has no event {name}.")


def _word(parameter: dict[str, Any], value: Any) -> str:
    kind = parameter["type"]
    if kind in {"string", "bytes"} or kind.endswith("]") or kind.startswith("tuple"):
        parameter = {"type": "bytes32"}  # such arguments are indexed by their hash
    try:
        return "0x" + encode_values([parameter], [value]).hex()
    except (EncodingError, TypeError, ValueError):
        raise InputError(f"{value!r} is no {kind}, as {parameter.get('name')} wants it.") from None


def _fits(event: Event, arguments: dict[str, Any]) -> bool:
    return all(_same(event.args[name], value) for name, value in arguments.items())


def _same(held: Any, given: Any) -> bool:
    """An address may be given in any case."""
    if isinstance(held, str) and isinstance(given, str):
        return held.lower() == given.lower()
    return bool(held == given)


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    return Event(
        contract=row.contract,
        name=row.name,
        args=decode_arguments(row.arguments),
        block_number=row.block_number,
        block_hash=row.hash,
        transaction_hash=row.transaction_hash,
        log_index=row.log_index,
        address=Address(row.address),
    )
