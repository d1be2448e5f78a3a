"""Where a request wants its money: addresses on a chain, and accounts at banks.

>>> bank_details("IBAN: DE89 3704 0044 0532 0130 00")
('DE89370400440532013000',)
"""

from __future__ import annotations

import hashlib
import re

_HEX = re.compile(r"(?<![0-9a-zA-Z])0[xX][0-9a-zA-Z]{20,62}(?![0-9a-zA-Z])")
_HASH = re.compile(r"0[xX][0-9a-fA-F]{64}")
_NAMED = re.compile(r"(?<![\w@.-])[\w-]+\.(?:eth|crypto|bnb|sol|xyz\.eth)(?![\w])", re.IGNORECASE)
_PAID = re.compile(
    r"(?:\b(?:to|into|payee|beneficiary|recipient)|给|到|至|向|入|收款(?:人|方|地址|账户)|受款人)"
    r"(?:[ \t]*(?:the|this)?[ \t]*(?:wallet|address|account|钱包|地址|账户))?[ \t]*:?[ \t]*"
    r"(0[xX][0-9a-fA-F]{40})(?![0-9a-zA-Z])",
    re.IGNORECASE,
)
_OTHER_CHAIN = re.compile(r"\b(?:bc1[0-9a-z]{25,60}|T[1-9A-HJ-NP-Za-km-z]{33})\b")
_IBAN = re.compile(
    r"(?<![0-9A-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![0-9A-Za-z])"
)
_ACCOUNT = re.compile(
    r"(?:account|a/c|acct|iban|sort code|routing|卡号|账号|帐号|账户|帐户)"
    r"\s*(?:no\.?|number|#|nr\.?|号码|为|是)?\s*[:#]?\s*(?P<number>\d[\d -]{5,32}\d)",
    re.IGNORECASE,
)


def accounts(text: str) -> tuple[str, ...]:
    """Addresses and names of addresses, as they are written, each once."""
    found = [match.group() for match in _HEX.finditer(text) if not _HASH.fullmatch(match.group())]
    found += [match.group() for match in _NAMED.finditer(text)]
    found += [match.group() for match in _OTHER_CHAIN.finditer(text)]
    return tuple(dict.fromkeys(found))


def paid_account(text: str) -> str | None:
    """The one address of a text, where the words say that the money goes there."""
    found = _PAID.findall(text)
    return found[0] if len(found) == 1 and accounts(text) == (found[0],) else None


def bank_details(text: str) -> tuple[str, ...]:
    """Account numbers without spaces, each once."""
    found = [compact(match.group()) for match in _IBAN.finditer(text)]
    found += [compact(match["number"]) for match in _ACCOUNT.finditer(text)]
    return tuple(
        dict.fromkeys(one for one in found if not any(one in other != one for other in found))
    )


def blanked(text: str) -> str:
    """The text without them, so that their digits are no amounts; places stay the same."""
    for pattern in (_HEX, _OTHER_CHAIN, _IBAN):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return _ACCOUNT.sub(lambda match: " " * len(match.group()), text)


def compact(details: str) -> str:
    """An account number in one spelling."""
    return re.sub(r"[\s-]", "", details).upper()


def details_digest(details: str) -> str:
    """What the treasury keeps of bank details: SHA-256 of the one spelling, 0x in front."""
    return "0x" + hashlib.sha256(compact(details).encode()).hexdigest()
