"""A certificate, as the contract takes it: the signatures of a quorum, in the order of signers.

>>> seats = [Seat(Address(f"0x{number:040x}"), weight=10) for number in (1, 2, 3, 4)]
>>> votes = {seat.validator: bytes([place]) for place, seat in enumerate(seats)}
>>> certificate_signatures(seats, dict(reversed(list(votes.items())[:3])))
[b'\\x00', b'\\x01', b'\\x02']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assay.core.address import Address
from assay.training.model import Seat
from assay.training.task_errors import QuorumMissing


def certificate_signatures(
    seats: Sequence[Seat], signatures: Mapping[Address, bytes]
) -> list[bytes]:
    """The signatures of those who have a vote, ascending by address.

    Args:
        seats: all 3f+1, also those that lost their vote.
        signatures: by validator, of one vote in one view.

    Raises:
        QuorumMissing: they are of fewer than 2f+1 seats, or of no more than two thirds of the
            weight that the committee has left.
    """
    weights = {seat.validator: seat.weight for seat in seats if seat.weight > 0}
    signers = sorted(
        (each for each in signatures if each in weights), key=lambda each: int(each, 16)
    )
    needed = 2 * (len(seats) // 3) + 1
    weight, committee_weight = sum(weights[each] for each in signers), sum(weights.values())
    if len(signers) < needed or 3 * weight <= 2 * committee_weight:
        raise QuorumMissing(len(signers), needed, weight, committee_weight)
    return [signatures[each] for each in signers]
