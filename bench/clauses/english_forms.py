"""Other forms of the same act: tenses, nouns of acts, a condition or a remark inside a sentence."""

from __future__ import annotations

import re

from .corpus import Item
from .english_order import lower_start
from .rewording import Rewording, of_text, of_words, with_text

_WHO = r"(?:[Tt]he [A-Z]?[a-z]+(?: [A-Z][a-z]+)?|[A-Z][a-z]+)"
# Base, third person, participle, noun.
_VERBS = {
    "pay": ("pays", "paid", "payment"),
    "deliver": ("delivers", "delivered", "delivery"),
    "return": ("returns", "returned", "return"),
    "refund": ("refunds", "refunded", "refund"),
    "repay": ("repays", "repaid", "repayment"),
    "transfer": ("transfers", "transferred", "transfer"),
    "cancel": ("cancels", "cancelled", "cancellation"),
    "accept": ("accepts", "accepted", "acceptance"),
    "reject": ("rejects", "rejected", "rejection"),
    "approve": ("approves", "approved", "approval"),
    "confirm": ("confirms", "confirmed", "confirmation"),
    "complete": ("completes", "completed", "completion"),
    "sign": ("signs", "signed", "signature"),
    "notify": ("notifies", "notified", ""),
    "supply": ("supplies", "supplied", ""),
    "send": ("sends", "sent", ""),
    "provide": ("provides", "provided", ""),
    "release": ("releases", "released", "release"),
    "deposit": ("deposits", "deposited", "deposit"),
    "give": ("gives", "given", ""),
    "receive": ("receives", "received", "receipt"),
    "keep": ("keeps", "kept", ""),
    "use": ("uses", "used", ""),
    "retain": ("retains", "retained", ""),
}
_BASE = "|".join(_VERBS)
_THIRD = {third: base for base, (third, _, _) in _VERBS.items()}
_THIRDS = "|".join(_THIRD)
_ACT = (
    r"(?P<lead>[Ii]f|[Oo]nce|[Ww]hen|[Aa]fter) "
    rf"(?P<who>the \w+|[A-Z][a-z]+) (?P<verb>{_THIRDS})\b"
)


def shall(text: str) -> str | None:
    """The buyer pays: the buyer shall pay; only at the start, where no condition is."""
    match = re.match(rf"(?P<who>{_WHO}) (?P<verb>{_THIRDS})\b", text)
    if match is None or re.search(r"\b(?:and|or|if|when|once)\b", text):
        return None
    return f"{match['who']} shall {_THIRD[match['verb']]}{text[match.end() :]}"


def present(item: Item) -> Item | None:
    """The buyer shall pay: the buyer pays."""
    match = re.match(rf"(?P<who>{_WHO}) (?:shall|must) (?P<verb>{_BASE})\b", item.text)
    several = re.search(r"\b(?:and|or|not|shall|must)\b", item.text[match.end() :]) if match else 1
    if match is None or several or match["who"].endswith("s"):
        return None
    return with_text(item, f"{match['who']} {_VERBS[match['verb']][0]}{item.text[match.end() :]}")


def perfect(text: str) -> str | None:
    """If the seller cancels: if the seller has cancelled."""
    matches = list(re.finditer(_ACT, text))
    if len(matches) != 1 or re.search(r"\b(?:and|or|less|more)\b|%", text[matches[0].end() :]):
        return None
    match = matches[0]
    done = _VERBS[_THIRD[match["verb"]]][1]
    return f"{text[: match.start()]}{match['lead']} {match['who']} has {done}{text[match.end() :]}"


def nominal(text: str) -> str | None:
    """When the buyer accepts the goods: upon acceptance of the goods by the buyer."""
    match = re.search(_ACT + r" (?P<what>the (?:[A-Z][a-z]+|[a-z]+))(?P<end>[,.])", text)
    if match is None or match["lead"].lower() not in {"when", "once", "if"}:
        return None
    noun = _VERBS[_THIRD[match["verb"]]][2]
    if not noun:
        return None
    lead = "Upon" if match["lead"][0].isupper() else "upon"
    act = f"{lead} {noun} of {match['what']} by {match['who']}{match['end']}"
    return text[: match.start()] + act + text[match.end() :]


def condition_between(text: str) -> str | None:
    """If X, the buyer shall pay: the buyer shall, if X, pay."""
    match = re.fullmatch(
        rf"(?P<condition>(?:If|When|Once|Unless) [^,.;]+), (?P<who>{_WHO}) "
        r"(?P<modal>shall|must|may) "
        r"(?P<duty>(?!not |only |be )[^,.;]+(?:,\d[^,.;]*)*)\.",
        text,
    )
    if match is None or re.search(r"\b(?:it|he|she|they|its|and|or|if)\b", match["duty"]):
        return None
    who = match["who"][0].upper() + match["who"][1:]
    return f"{who} {match['modal']}, {lower_start(match['condition'])}, {match['duty']}."


_AFTER_MODAL = rf"^({_WHO} (?:shall|must))(?= (?!not |only |each |be |neither )[a-z]+ )"
FORMS: tuple[Rewording, ...] = (
    of_text("shall for the present", shall),
    Rewording("the present for shall", present),
    of_text("perfect in the condition", perfect),
    of_text("noun of the act", nominal),
    of_text("condition between", condition_between),
    of_words("at its own cost", _AFTER_MODAL, r"\1, at its own cost,"),
    of_words("subject to this Agreement", _AFTER_MODAL, r"\1, subject to this Agreement,"),
    of_words("in accordance with a clause", r"^([^,;:]*\b(?:shall|must) (?!not)[^,;:]*[a-z])\.$",
             r"\1 in accordance with Clause 7."),
    of_words("promptly and in any event", rf"^({_WHO} (?:shall|must)) ([a-z]+ [^,;]*?) within ",
             r"\1 \2 promptly and in any event within "),
)  # fmt: skip
