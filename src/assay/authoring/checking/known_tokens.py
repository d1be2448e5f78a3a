"""How finely well-known tokens are divided, where the agreement does not say.

    with_known_decimals(specification)

What a token really has is read from the chain when the contract is deployed, which is refused where
it differs: an amount is never off by a factor.
"""

from __future__ import annotations

from assay.authoring.model import Specification

DECIMALS = {
    **dict.fromkeys(("USDC", "USDT", "EURC", "PYUSD"), 6),
    **dict.fromkeys(("WBTC", "CBBTC"), 8),
    **dict.fromkeys(("EURS", "GUSD"), 2),
    **dict.fromkeys(("DAI", "WETH", "FRAX", "LUSD"), 18),
}
"""On Ethereum's main net, by symbol."""


def with_known_decimals(specification: Specification) -> Specification:
    """The same, where a known token has no decimals yet, with those that it has."""
    assets = tuple(
        one.model_copy(update={"decimals": DECIMALS[one.name.upper()]})
        if one.kind == "token" and one.decimals is None and one.name.upper() in DECIMALS
        else one
        for one in specification.assets
    )
    return specification.model_copy(update={"assets": assets})
