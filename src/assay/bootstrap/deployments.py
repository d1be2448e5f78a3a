"""What the settings choose of a deployment that is not made yet.

deploy(node, sender, folder, choices=choices_of(settings))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.chain.deployment import Choices
from assay.core.address import parse_address

if TYPE_CHECKING:
    from assay.config import Settings


def choices_of(settings: Settings) -> Choices:
    """The attestation service and the periods of reviews.

    Raises:
        InputError: the address of the attestation service is none.
    """
    service = settings.attestation_service
    return Choices(
        service=parse_address(service) if service else None,
        review_period_s=settings.review_period_s,
    )
