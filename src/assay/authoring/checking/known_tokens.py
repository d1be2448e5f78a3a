"""How finely well-known tokens are divided, where the agreement does not say.

    with_known_decimals(specification)

What a token really has is read from the chain when the contract is deployed, which is refused where
it differs: an amount is never off by a factor. Of other tokens it is asked, but for those that the
contract issues itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.blocks.clauses.nouns import INCOME
from assay.authoring.blocks.clauses.sums import is_single
from assay.authoring.model import Act, Asset, Question, Specification

LARGEST_DECIMALS = 36
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{1,9}")

_CAME_IN = re.compile(
    r"\b(?:received|incoming|collected|held|paid|in|it|holds|receives|all|any)\b"
    r"|(?:收到|收取|持有|所得|全部|所有)的?"
)

_STATED = re.compile(
    r"(?:(?<=[.;:。；\n] )|(?<=[.;:。；\n])|^)(?:the )?([A-Z][A-Z0-9]{1,9})(?: token|代币)?"
    r" ?(?:has|uses|有|的小数位数为|精度为) ?(?P<count>\d{1,2}) ?"
    r"(?:decimals?(?: places)?|位小数|位)"
    r"[.;。；]?(?=\s|$)"
)
"""A whole sentence, like "ACME has 18 decimals."."""

DECIMALS = {
    **dict.fromkeys(("USDC", "USDT", "EURC", "PYUSD"), 6),
    **dict.fromkeys(("WBTC", "CBBTC"), 8),
    **dict.fromkeys(("EURS", "GUSD"), 2),
    **dict.fromkeys(("DAI", "WETH", "FRAX", "LUSD"), 18),
}
"""On Ethereum's main net, by symbol."""


def with_divided_tokens(specification: Specification) -> Specification:
    """The same, where shares of "USDC revenue" are of USDC, and USDC is among its assets.

    What comes in is one token by its own name and decimals, whatever the words call the income.
    """
    known = {one.name for one in specification.assets}
    divided = {one.share_of for one in specification.obligations if one.asset == "%"}
    coins = {one: symbol for one in sorted(filter(None, divided)) if (symbol := _coin(one))}
    found = tuple(
        Asset(
            name=symbol,
            text=symbol,
            kind="native" if symbol == "ETH" else "token",
            span=(at, at + len(symbol)),
        )
        for symbol in dict.fromkeys(coins.values())
        if symbol not in known and (at := specification.text.find(symbol)) >= 0
    )
    obligations = tuple(
        one.model_copy(update={"share_of": coins[one.share_of]})
        if one.asset == "%" and one.share_of in coins
        else one
        for one in specification.obligations
    )
    update = {"assets": (*specification.assets, *found), "obligations": obligations}
    return specification.model_copy(update=update)


def _coin(divided: str) -> str | None:
    """The token that income is said to come in: USDC, USDC revenue, USDC收入, 收到的USDC."""
    symbol = _SYMBOL.search(divided)
    if symbol is None:
        return None
    rest = _CAME_IN.sub("", divided[: symbol.start()] + divided[symbol.end() :]).strip()
    return symbol.group() if rest in {"", *filter(None, INCOME)} else None


def with_stated_decimals(specification: Specification) -> Specification:
    """The same, where a sentence of its own says how finely a token is divided."""
    stated = {
        found[1]: (int(found["count"]), found.span())
        for found in _STATED.finditer(specification.text)
        if int(found["count"]) <= LARGEST_DECIMALS
    }
    assets = tuple(
        one.model_copy(update={"decimals": stated[one.name][0]})
        if one.kind == "token" and one.name in stated
        else one
        for one in specification.assets
    )
    spans = [stated[one.name][1] for one in assets if one.kind == "token" and one.name in stated]
    unread = tuple(
        one
        for one in specification.not_understood
        if not any(start <= one.span[0] and one.span[1] <= end for start, end in spans)
    )
    answered = {f"token_decimals.{name}" for name in stated}
    open_ = tuple(one for one in specification.questions if one.id not in answered)
    update = {"assets": assets, "not_understood": unread, "questions": open_}
    return specification.model_copy(update=update)


def with_known_decimals(specification: Specification) -> Specification:
    """The same, where a known token has no decimals yet, with those that it has."""
    assets = tuple(
        one.model_copy(update={"decimals": DECIMALS[one.name.upper()]})
        if one.kind == "token" and one.decimals is None and one.name.upper() in DECIMALS
        else one
        for one in specification.assets
    )
    return specification.model_copy(update={"assets": assets})


def token_decimals(specification: Specification) -> Iterator[Question]:
    """Tokens that a clause moves and of which nobody knows how finely they are divided."""
    moved = {one.asset for one in moved_acts(specification)}
    issued = {one.asset for _, one in duties(specification) if one.action == "issue"}
    for asset in specification.assets:
        known = asset.kind != "token" or asset.decimals is not None
        known = known or asset.name.upper() in DECIMALS or is_single(asset.name)
        if known or asset.name in issued or asset.name not in moved:
            continue
        yield Question(
            id=f"token_decimals.{asset.name}",
            kind="token_decimals",
            text=(
                f"How many decimals does {asset.name} have? Its smallest unit is what is counted."
                if specification.language == "en"
                else f"{asset.name}有几位小数?数额以其最小单位计算。"
            ),
            suggestions=("18", "6"),
            field="decimals",
            span=asset.span,
        )


def moved_acts(specification: Specification) -> Iterator[Act]:
    """Acts with an amount of something, in duties and in what they wait for."""
    for _, duty in duties(specification):
        yield from (one for one in (duty, *duty.conditions) if one.amount is not None)


def put_decimals(specification: Specification, name: str, text: str) -> Specification:
    """The specification with a token's decimals.

    Raises:
        ValueError: it is no number of decimals.
    """
    if not text.isdecimal() or int(text) > LARGEST_DECIMALS:
        raise ValueError(f"give a whole number up to {LARGEST_DECIMALS}")
    assets = tuple(
        one.model_copy(update={"decimals": int(text)}) if one.name == name else one
        for one in specification.assets
    )
    return specification.model_copy(update={"assets": assets})
