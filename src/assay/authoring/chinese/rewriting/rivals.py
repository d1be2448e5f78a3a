"""Bidders whom a clause tells apart: 被超过的出价人 are one name."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token

BIDDERS = frozenset({
    "出价人", "竞买人", "出价者", "竞拍者", "竞价人", "投标人", "竞拍人", "竞买者", "竞价者",
})  # fmt: skip
OUTBID = "被超过的竞买人"
OVERBID = frozenset({"被超过", "被超越", "被超出", "被反超"})


def with_rivals(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with those who were outbid as one party."""
    made: list[Token] = []
    for token in tokens:
        before = [one.text for one in made[-2:]]
        outbid = len(before) == 2 and before[0] in OVERBID and before[1] == "的"
        if outbid and token.text in BIDDERS:
            made[-2:] = [Token("party", OUTBID, made[-2].start, token.end)]
        else:
            made.append(token)
    return made
