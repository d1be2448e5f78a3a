"""Which blocks a CAR request of the trustless gateway asks for.

`dag-scope` says how much of the target is wanted (https://specs.ipfs.tech/http-gateways/
trustless-gateway/#dag-scope-request-query-parameter), `entity-bytes` which bytes of a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from assay.core.cid import Cid
from assay.errors import InputError
from assay.store.dag import BlockSource, blocks_of_range, folder_shards, load, walk
from assay.store.port import Block
from assay.store.unixfs import Kind


class Scope(Enum):
    """How much of the target."""

    BLOCK = "block"
    ENTITY = "entity"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the target; `first` and `last` are offsets in a file, from its end if negative.

    >>> Selection.parse("entity", "0:-1").last
    -1
    """

    scope: Scope = Scope.ALL
    first: int = 0
    last: int | None = None

    @classmethod
    def parse(cls, scope: str | None, entity_bytes: str | None) -> Selection:
        """Read the two query parameters.

        Raises:
            InputError: not as the specification has them.
        """
        try:
            wanted = Scope(scope or ("entity" if entity_bytes else "all"))
            if entity_bytes is None:
                return cls(wanted)
            first, _, last = entity_bytes.partition(":")
            return cls(wanted, int(first), None if last == "*" else int(last))
        except ValueError:
            raise InputError(
                "dag-scope is block, entity or all; entity-bytes is like 0:1023 or 0:*."
            ) from None


def select_blocks(source: BlockSource, way: list[Cid], selection: Selection) -> Iterator[Block]:
    """The blocks on the way to the target, then those of the target, each once."""
    target = way[-1]
    sent: set[Cid] = set()
    for block in _candidates(source, way, target, selection):
        if block.cid not in sent:
            sent.add(block.cid)
            yield block


def _candidates(
    source: BlockSource, way: list[Cid], target: Cid, selection: Selection
) -> Iterator[Block]:
    for cid in way[:-1]:
        yield from (block for block, _, _ in folder_shards(source, cid))
    data, content = load(source, target, target)
    if selection.scope is Scope.ALL:
        yield from walk(source, target)
    elif selection.scope is Scope.BLOCK or content.kind is Kind.SYMLINK:
        yield Block(target, data)
    elif content.kind is Kind.FOLDER:
        yield from (block for block, _, _ in folder_shards(source, target))
    else:
        first, length = _range(selection, content.size)
        yield from (block for block, _ in blocks_of_range(source, target, first, length))


def _range(selection: Selection, size: int) -> tuple[int, int]:
    first = selection.first if selection.first >= 0 else max(0, size + selection.first)
    last = size - 1 if selection.last is None else selection.last
    last = last if last >= 0 else size + last
    return first, max(0, last - first + 1)
