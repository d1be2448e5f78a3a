"""The options of `assay train open` that mask updates, and that say how updates travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assay.core.amount import parse_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.training.compression.encoding import Encodings
    from assay.training.privacy.masking.terms import MaskingTerms

_PERCENT_DECIMALS = 2
_DEFAULT_PERCENT, _DEFAULT_BITS = "6", 2
_DEFAULT_MASKED_BITS = 32

SecureAggregation = Annotated[
    bool,
    typer.Option(
        "--secure-aggregation",
        help="Mask updates, so that nobody sees a single one. Their mean is taken, they are not "
        "compressed, and nodes share what accuracy gains evenly.",
    ),
]
Threshold = Annotated[
    int | None,
    typer.Option(
        help="Of --secure-aggregation: so many nodes have to survive a round, fewer learn nothing "
        "of another's update together, and 2 x N - 1 at most take part; --minimum-nodes if not "
        "given, from 3."
    ),
]
MaskedBits = Annotated[
    int | None,
    typer.Option(help="Of --secure-aggregation: of each masked number, 32 or 16; 32 if not given."),
]
KeepPercent = Annotated[
    str | None,
    typer.Option(
        help="Share of an update's numbers that is sent, up to two decimals; 6 if not given."
    ),
]
Bits = Annotated[
    int | None,
    typer.Option(help="Of each number that is sent: 2, 4, 8 or 32; 2 if not given."),
]


def read_masking(
    masked: bool, threshold: int | None, bits: int | None, minimum_nodes: int
) -> MaskingTerms | None:
    """The terms that the options make; None without --secure-aggregation.

    Raises:
        InputError: one of them can't be, or stands without --secure-aggregation.
    """
    if not masked:
        for name, value in {"--threshold": threshold, "--masked-bits": bits}.items():
            if value is not None:
                raise InputError(
                    f"{name} is a term of secure aggregation, and there is none.",
                    hint="Add --secure-aggregation.",
                )
        return None
    from assay.training.privacy.masking.terms import (  # noqa: PLC0415 - only here
        LEAST_THRESHOLD,
        MaskingTerms,
    )

    usual = max(LEAST_THRESHOLD, minimum_nodes)  # a round of fewer updates has no result anyway
    return MaskingTerms(
        usual if threshold is None else threshold, _DEFAULT_MASKED_BITS if bits is None else bits
    )


def read_encodings(keep_percent: str | None, bits: int | None, masked: bool) -> Encodings:
    """How vectors travel; what is not given upwards is exact where updates are masked.

    Raises:
        InputError: an option can't be.
    """
    from assay.training.compression.encoding import (  # noqa: PLC0415 - only here
        EXACT,
        Encoding,
        Encodings,
    )

    kept = parse_amount(keep_percent or _DEFAULT_PERCENT, decimals=_PERCENT_DECIMALS)
    encoding = Encoding(kept, _DEFAULT_BITS if bits is None else bits)
    is_default = keep_percent is None and bits is None
    return Encodings(up=EXACT if masked and is_default else encoding, down=encoding)
