"""Edges: members of a task behind which leaves train, and whose updates become one.

>>> from assay.training.compression.wire import encode
>>> data = DataProfile(records=2, cells=4, missing=0, labels=(1, 1))
>>> answer = lambda data_, number: Payload(Source(data, data_), encode(np.full(3, number), EXACT))
>>> group = merge([answer(Digest.of(b"ward"), 1.0), answer(Digest.of(b"lab"), 2.0)], 3, classes=2)
>>> group.update.tolist(), group.source.profile.records, group.source.leaves
([1.5, 1.5, 1.5], 4, 2)

An edge is a member, say a hospital: it has stake and commits, reveals and earns. Its leaves, say
the devices of its departments, have no account and send nothing to the chain. In a round the edge
hands them the global model and sends on the mean of what they learnt, weighted by their records.
So the root gets one update an edge instead of one a leaf, and the mean of the edges' updates by
their records is federated averaging over all leaves, up to `rounding_bound`. Source: Liu et al.
2020, "Client-edge-cloud hierarchical federated learning".

Rules, scores and contributions are over edges: nobody above can tell an honest mean from another,
so a hostile leaf is its edge's to find, and an edge is judged and paid as a whole. Between leaf and
edge everything is dense (float32): the only lossy step is the one between edge and committee.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.aggregation.arithmetic import Vector
from assay.training.aggregation.mean import federated_average
from assay.training.aggregation.screening import sift
from assay.training.aggregation.updates import Updates
from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import decode
from assay.training.payload import Payload, Source
from assay.training.rewards.quality import DataProfile

_ADDRESS_BYTES = 20
_MOST_COUNTED = 2**42
"""Of records or values of a leaf: the sum over `MOST_LEAVES` is one that a payload can say."""


@dataclass(frozen=True, eq=False)
class Group:
    """What an edge has of its leaves.

    Attributes:
        update: their mean, weighted by records, shape (size,); None if none can be used.
        source: what stands behind it.
        refused: why the others' updates are left out, by `leaf_name`.
    """

    update: Vector | None
    source: Source
    refused: dict[Address, str]


def leaf_name(data: Digest) -> Address:
    """What a leaf goes by: the end of its records' digest, in the shape of an address.

    So the order of a sum does not depend on who answered first, and the same records behind two
    leaves count once.
    """
    return Address("0x" + data.raw[-_ADDRESS_BYTES:].hex())


def merge(answers: Iterable[Payload], size: int, classes: int) -> Group:
    """One update out of what leaves sent; what is no update is left out, and nothing is cut.

    Args:
        size: of the model.
        classes: how many labels the task has.
    """
    refused: dict[Address, str] = {}
    sources: dict[Address, Source] = {}
    given: dict[Address, tuple[Vector, int]] = {}
    for answer in answers:
        name, profile = leaf_name(answer.source.data), answer.source.profile
        if len(profile.labels) != classes:
            refused[name] = f"it has {len(profile.labels)} labels, and the task {classes}"
            continue
        if max(profile.records, profile.cells) > _MOST_COUNTED:
            refused[name] = f"it counts {profile.records} records and {profile.cells} values"
            continue
        try:
            given[name] = (decode(answer.message, size, EXACT), profile.records)
        except AssayError as error:
            refused[name] = str(error)
        else:
            sources[name] = answer.source
    kept, unfit = sift(given, size)
    refused |= {name: error.reason for name, error in unfit.items()}
    update = None
    if kept:
        updates = Updates.of(kept)
        update = federated_average(updates.rows, updates.weights)
    return Group(update, merged_source([sources[name] for name in kept], classes), refused)


def merged_source(sources: Sequence[Source], classes: int) -> Source:
    """What an edge says of its leaves' records.

    `data` is SHA-256 of the leaves' digests, ascending, by which it can show later whose they were.
    """
    profiles = [source.profile for source in sources]
    labels = np.sum([profile.labels for profile in profiles], axis=0, dtype=object, initial=0)
    total = DataProfile(
        sum(profile.records for profile in profiles),
        sum(profile.cells for profile in profiles),
        sum(profile.missing for profile in profiles),
        tuple(map(int, labels)) if profiles else (0,) * classes,
    )
    digests = sorted(source.data.raw for source in sources)
    return Source(total, Digest.of(b"".join(digests)), len(sources))


def rounding_bound(updates: Updates, edges: int) -> Vector:
    """The most by which edges can change each number of `federated_average`, shape (size,).

    Args:
        updates: of all leaves.

    Each of both computations rounds a product and at most leaves + edges additions a number, and
    once more at a division; edges divide and multiply again (Higham 2002, "Accuracy and stability
    of numerical algorithms", 4.2).
    """
    magnitudes = federated_average(np.abs(updates.rows), updates.weights)
    roundings = len(updates) + edges + 6
    return 2 * roundings * np.finfo(np.float64).eps * magnitudes
