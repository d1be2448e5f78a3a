"""Lists of terms whose parties are labelled: who pays a price that stands beside its label only.

"Price: 4,200 USDC; Delivery: within 10 days; Buyer: Kora; Seller: Mintwell" is "Kora shall pay
Mintwell 4,200 USDC; Mintwell shall deliver within 10 days".
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.lexing.made import is_money_amount
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.names import Names
from assay.authoring.english.rewriting.dense import said, segments

_PAYERS = ("buyer", "client", "customer", "purchaser", "tenant", "lessee", "employer", "licensee",
           "importer", "renter", "hirer", "sponsor", "subscriber", "borrower", "guest",
           "publisher", "investor")  # fmt: skip
PAYEES = ("seller", "vendor", "supplier", "contractor", "freelancer", "developer", "designer",
           "landlord", "lessor", "employee", "licensor", "exporter", "owner", "artist", "provider",
           "consultant", "agency", "writer", "lender", "host", "auditor", "translator", "dev",
           "author", "illustrator", "photographer", "issuer")  # fmt: skip
_PRICES = frozenset("price fee rent budget cost retainer salary premium total payment wage charge "
                    "compensation remuneration mint".split())  # fmt: skip
_DUE = frozenset({"paid", "payable", "due", "billed", "invoiced", "charged"})
_OTHERS = frozenset("late min minimum max maximum mint unit token".split())
_HELD = frozenset({"collateral", "deposit", "bond", "stake", "security"})
_HANDED = frozenset({"delivery", "shipment", "shipping", "handover", "deadline"})
_WHEN = frozenset("within by before on upon in after at until no not latest".split())
_PARTS = frozenset({"", ";", ".", ",", "|"})


def listed_terms(context: Context) -> None:
    """Rewrites the nodes of a sentence that is a list of terms with labels."""
    text = context.text
    payer, payee = _labelled(context.names, _PAYERS), _labelled(context.names, PAYEES)
    for at in range(len(text) - 1, 0, -1):
        if text.lower(at) != ":":
            continue
        start = at
        while start and text.lower(start - 1) not in _PARTS:
            start -= 1
        if any(text.kind(one) != "word" for one in range(start, at)) or not 0 < at - start <= 3:
            continue
        if not _party_gives(context, start, at):
            _term(text, (start, at), payer, payee)
    borrower = _labelled(context.names, ("borrower",))
    for start, _ in segments(text):
        if text.lower(start) in ("repay", "repaid") and borrower is not None:
            text.nodes[start : start + 1] = said(text.nodes[start], f"{borrower} shall repay")


def _party_gives(context: Context, start: int, stop: int) -> bool:
    """ "Borrower: 10 ETH collateral": the borrower deposits it."""
    text = context.text
    role = context.names.role(text.lower(start)) if stop == start + 1 else None
    if role is None or not is_money_amount(text, stop + 1):
        return False
    given = {text.lower(at) for at in range(stop + 2, min(stop + 5, len(text)))}
    verb = "deposit" if given & _HELD else "pay"
    if given & _HELD or text.lower(stop + 2) in _PARTS:
        context.names.add_party(text.nodes[start].text, role, text.span(start, stop))
        text.nodes[stop : stop + 1] = said(text.nodes[stop], f"shall {verb}")
        return True
    return False


def _labelled(names: Names, roles: tuple[str, ...]) -> str | None:
    """The party of a text that has one of some roles as its name."""
    return next((role for role in roles if role in names.spans), None)


def _term(text: Line, label: tuple[int, int], payer: str | None, payee: str | None) -> None:
    start, stop = label
    head, here = singular(text.lower(stop - 1)), text.nodes[start]
    behind = text.lower(stop + 1)
    priced = head in _PRICES and is_money_amount(text, stop + 1)
    closed = text.lower(stop + 2) in _PARTS
    if text.lower(start) in _OTHERS and stop > start + 1:
        return
    if head in ("loan", "principal") and is_money_amount(text, stop + 1):
        lent = said(text.nodes[stop + 1], "is payable")
        text.nodes[start : stop + 2] = [text.nodes[stop + 1], *lent]
    elif head == "collateral" and is_money_amount(text, stop + 1) and closed:
        text.nodes[start : stop + 2] = [text.nodes[stop + 1], text.nodes[stop - 1]]
    elif priced and payer is not None:
        to_whom = f" {payee}" if payee is not None else ""
        text.nodes[start : stop + 1] = said(here, f"{payer} shall pay{to_whom}")
    elif priced and closed:
        due = said(text.nodes[stop + 1], "is payable")
        after = stop + 2
        if text.lower(after) == "," and text.lower(after + 1) in _DUE:
            del text.nodes[after : after + 2]
        text.nodes[start : stop + 2] = [text.nodes[stop + 1], *due]
    elif head in _HANDED and payee is not None and (
        behind in _WHEN or text.kind(stop + 1) in ("date", "duration")
    ):  # fmt: skip
        lead = "shall deliver" + ("" if behind in _WHEN else " by")
        text.nodes[start : stop + 1] = said(here, f"{payee} {lead}")
