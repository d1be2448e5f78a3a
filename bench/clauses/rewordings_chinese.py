"""Other words for the same Chinese clause."""

from __future__ import annotations

from .rewording import Joining, Rewording, joined, of_text

REWORDINGS: tuple[Rewording, ...] = (
    of_text("full stop missing", lambda text: text.removesuffix("。")),
    of_text("number in front", lambda text: "3.2 " + text),
)
JOININGS: tuple[Joining, ...] = (
    Joining(
        "two sentences",
        lambda one, other: joined(one, other, one.text.removesuffix("。") + "。" + other.text),
    ),
)
