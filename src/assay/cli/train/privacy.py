"""Differential privacy on the command line: options of `assay train open`, and a task's line."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from assay.core.amount import format_amount, parse_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.training.privacy.terms import PrivacyTerms

_MICRO_DECIMALS = 6
_DEFAULT = "1"

Privacy = Annotated[
    str | None,
    typer.Option(
        help="Promise differential privacy: `record` to each record of a node, by DP-SGD; `client` "
        "to each node as a whole, by noise on its update. Noise costs accuracy."
    ),
]
Noise = Annotated[
    str | None,
    typer.Option(help="Of --privacy: its standard deviation over --clip; 1 if none is given."),
]
Clip = Annotated[
    str | None,
    typer.Option(
        help="Of --privacy: the longest gradient of a record, or update of a node; 1 if not given."
    ),
]
Delta = Annotated[
    str | None,
    typer.Option(
        help="Of --privacy: the chance that it does not hold, like 1/5000; a tenth of 1 over the "
        "node's records if not given, 1/100000 for clients."
    ),
]
EpsilonLimit = Annotated[
    str | None,
    typer.Option(help="Of --privacy: a node takes part until it would have spent more."),
]


def read_privacy(
    level: str | None,
    noise: str | None,
    clip: str | None,
    delta: str | None,
    epsilon_limit: str | None,
) -> PrivacyTerms | None:
    """The promise that the options make; None without --privacy.

    Raises:
        InputError: one of them can't be, or stands without --privacy.
    """
    if level is None:
        given = {"--noise": noise, "--clip": clip, "--delta": delta}
        for name, value in {**given, "--epsilon-limit": epsilon_limit}.items():
            if value is not None:
                raise InputError(
                    f"{name} is a term of a promise of privacy, and none is made.",
                    hint="Add --privacy record or --privacy client.",
                )
        return None
    from assay.training.privacy.terms import PrivacyTerms  # noqa: PLC0415 - only here

    return PrivacyTerms(
        level=level,
        clip_micro=_micro(clip or _DEFAULT),
        noise_micro=_micro(noise or _DEFAULT),
        delta_inverse=_inverse(delta) if delta else 0,
        epsilon_limit_micro=_micro(epsilon_limit) if epsilon_limit else 0,
    )


def privacy_line(terms: PrivacyTerms) -> str:
    """What a task promises."""
    parts = [f"to each {terms.level}", f"clip {_text(terms.clip_micro)}"]
    parts.append(f"noise {_text(terms.noise_micro)}")
    if terms.delta_inverse:
        parts.append(f"delta 1/{terms.delta_inverse}")
    if terms.epsilon_limit_micro:
        parts.append(f"epsilon up to {_text(terms.epsilon_limit_micro)}")
    return ", ".join(parts)


def _inverse(text: str) -> int:
    try:
        delta = Fraction(text)
    except (ValueError, ZeroDivisionError):
        delta = Fraction(0)
    if delta <= 0 or delta.numerator != 1:
        raise InputError(
            f"{text[:80]!r} is no delta.", hint="Write it as one part of many, like 1/5000."
        )
    return delta.denominator


def _micro(text: str) -> int:
    return parse_amount(text, decimals=_MICRO_DECIMALS)


def _text(micro: int) -> str:
    return format_amount(micro, decimals=_MICRO_DECIMALS)
