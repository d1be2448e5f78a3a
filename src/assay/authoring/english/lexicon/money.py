"""Currencies, tokens, and words for amounts of money."""

from __future__ import annotations

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "CNY", "₹": "INR", "₩": "KRW"}
PREFIXED_DOLLARS = {"us": "USD", "u.s.": "USD", "hk": "HKD", "a": "AUD", "au": "AUD", "c": "CAD",
                    "ca": "CAD", "s": "SGD", "nz": "NZD", "nt": "TWD"}  # fmt: skip
FIAT_CODES = frozenset(
    "USD EUR GBP CNY RMB CNH JPY CHF HKD SGD AUD CAD NZD INR KRW TWD SEK NOK DKK PLN CZK HUF BRL "
    "MXN ZAR AED SAR THB IDR MYR PHP VND TRY ILS RUB NGN KES".split()
)
SAME_CODE = {"RMB": "CNY", "CNH": "CNY"}
FIAT_WORDS = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR",
    "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "quid": "GBP", "yuan": "CNY",
    "renminbi": "CNY", "yen": "JPY", "franc": "CHF", "francs": "CHF", "rupee": "INR",
    "rupees": "INR", "won": "KRW",
}  # fmt: skip
NATIONALITIES = {
    ("us", "dollars"): "USD", ("u.s.", "dollars"): "USD", ("american", "dollars"): "USD",
    ("united", "states", "dollars"): "USD", ("hong", "kong", "dollars"): "HKD",
    ("singapore", "dollars"): "SGD", ("australian", "dollars"): "AUD",
    ("canadian", "dollars"): "CAD", ("swiss", "francs"): "CHF", ("british", "pounds"): "GBP",
    ("pounds", "sterling"): "GBP", ("chinese", "yuan"): "CNY", ("japanese", "yen"): "JPY",
    ("us", "dollar"): "USD", ("chinese", "renminbi"): "CNY",
}  # fmt: skip
NATIVE = {"ether": "ETH", "ethers": "ETH", "eth": "ETH", "bitcoin": "BTC", "bitcoins": "BTC"}
NATIVE_SYMBOLS = frozenset({"ETH", "BTC", "BNB", "SOL", "AVAX", "MATIC", "POL"})
SMALL_UNITS = {"wei": ("ETH", 18), "gwei": ("ETH", 9), "cent": ("USD", 2), "cents": ("USD", 2),
               "pence": ("GBP", 2), "satoshi": ("BTC", 8), "satoshis": ("BTC", 8),
               "sats": ("BTC", 8)}  # fmt: skip
"""Parts of a unit, with what they are parts of and to how many digits."""
KNOWN_TOKENS = frozenset(
    "ETH WETH BTC WBTC USDC USDT DAI BUSD TUSD PYUSD FDUSD FRAX LUSD EURC EURS EURT GUSD USDP "
    "USDE LINK UNI AAVE MATIC POL BNB SOL AVAX ARB OP MKR COMP CRV SNX XRP ADA DOT STETH "
    "CNHC".split()
)
NOT_SYMBOLS = frozenset(
    "AM PM UTC GMT EST EDT PST PDT CET CEST BST CST HKT SGT JST IST AND OR OF THE TO BY IF IN "
    "ON AT "
    "NFT NFTS KYC AML DAO API PDF VAT ROI IPO SLA GPS NO NOT IS ALL ANY PER DAY DAYS ERC SHALL MAY "
    "CEO CFO CTO EU USA UK US LLC LTD INC PLC A I FOB CIF DAP EXW TVL APR APY KPI AI IT HR ID UAT "
    "BUYER SELLER TENANT PARTY LLP GmbH AG SA BV NV KG SE SARL SRL SPA PTY CORP".split()
)
"""Capitals that follow a number without being a token."""

LEFT_OVER = frozenset({"rest", "balance", "remainder", "remaining"})
"""What remains of a whole of which a share was named."""

MONEY_NOUNS = frozenset(
    "price amount sum fee fees rent deposit premium salary wage wages consideration payment "
    "balance "
    "interest principal instalment installment penalty commission royalty royalties dividend "
    "dividends bonus stipend purchase-price funds money proceeds revenue revenues profit profits "
    "cost costs expense expenses charge charges loan debt tax taxes refund reward bounty "
    "compensation damages contribution contributions subscription grant retainer "
    "remuneration money tip collateral escrow stake bid bids rest remainder milestone total value "
    "demurrage allowance rebate honorarium annuity severance pension cashback levy "
    "payout payouts benefit benefits coupon yield surcharge fine toll pledge pledges".split()
)

WHOLES = MONEY_NOUNS | frozenset(
    "sale resale trade turnover transaction volume swap order ticket mint income purchase unit "
    "investment withdrawal transfer invoice earnings rental booking trades sales receipts net "
    "gross stake value royalty winnings capital item copy stream download subscription".split()
)
"""What a percentage is taken on."""
