"""Whether the words of a request in English order a payment, and not only speak of one.

A verb of paying orders where nothing but polite words stand before it in its clause: "I doubt that
we should pay", "why pay" and "remind me to pay" do not, nor does "send the bill of 100 ASSAY".
"""

from __future__ import annotations

import re

from assay.authoring.payments.english_words import VERB

_ANY_CASE = re.IGNORECASE
_POLITE = (
    r"(?:(?:please|pls|plz|kindly|could|can|would(?=\s+(?:you|like))|will(?=\s+you)|you|we|i|i'd|we'd|i'm|we're|am|are"
    r"|need|needs|have|want|wish|like|love|to|should|must|shall|now|also|just|still|today|so|kind|as"
    r"|be|and|then|good|enough|go|ahead|hi|hello|hey|dear|morning|afternoon|evening|thanks|team|all"
    r"|it|is|time|do|make|sure|ensure|arrange|for|that|remember|don't|forget|let|us|let's|ask|asking"
    r"|asks|request|requests|requesting|urgent|urgently|immediately|kindest|sir|madam|the|accounts?"
    r"|finance|treasury|department|in|turn|help|me|this|a|my|our|ready|grateful|if|appreciate"
    r"|possible|reminder|approved|ok|okay|due|next|by|on|\d{1,2}|\d{4}|january|february|march|april"
    r"|june|july|august|september|october|november|december|friday|monday|tuesday|wednesday|thursday"
    r"|end|of|month|week|year|tomorrow|latest|at|within|days|before|after|once)\s+)*"
)
_START = r"(?:^|[,:;.!?)\"*>\-]|\b(?:and|then|so|but)\b)[\s*_>#-]*"
_PAPER = (
    r"(?:(?:a|an|the|our|my|this|your|attached|copy|of)\s+)*(?:bill|invoice|reminder|statement|letter"
    r"|copy|receipt|note|e-?mail|message|documents?|contract|goods|parcel|quote|offer|request|form)\b"
)
_NAMES = r"(?:(?:to\s+)?[A-Z@][\w.&'-]*\s+)*"
_ORDER = re.compile(
    rf"{_START}{_POLITE}(?:{VERB}|shoot|process)\b"
    rf"(?!(?<=send)\s+(?-i:{_NAMES}){_PAPER}|(?<=forward)\s+(?-i:{_NAMES}){_PAPER}"
    rf"|(?<=release)\s+(?-i:{_NAMES})from\b)"
    rf"|{_START}{_POLITE}(?:make|arrange(?:\s+for)?|effect|initiate|issue|release|request(?:ing)?"
    r"|schedule)\s+(?:(?:a|the|your|an|prompt)\s+)?(?:bank\s+|wire\s+)?(?:payment|transfer|payout"
    r"|remittance|reimbursement)\b",
    _ANY_CASE | re.MULTILINE,
)
PAY_IT = re.compile(
    rf"{_START}{_POLITE}(?:(?:{VERB}|process)\s+(?:it|this|that|them|him|her)"
    r"|(?:pay|settle|transfer|remit|process)\s+the\s+(?:invoice|bill|amount|sum))\b",
    _ANY_CASE | re.MULTILINE,
)
"""The order itself, where payee and amount were named before."""
_NOUN = re.compile(r"\b(?:payment|transfer|remittance|reimbursement|payout)\b", _ANY_CASE)
_DEMANDED = re.compile(
    r"[^.\n]*\b(?:is|are|falls?)\s+(?:now\s+)?(?:due|payable|requested|required)\b", _ANY_CASE
)
_AFTER = re.compile(
    r"\s*(?:$|[.,;:!?()\[\]\"*|<\n–—-]|(?:for|to|by|on|in(?!\s+(?:vouchers|kind|goods|cash))|from|as"
    r"|towards|under|within|today|please|each|plus|due|owed|net|gross|before|until|against|with|is"
    r"|are|was|and|the|into|via|now|asap|immediately|only|total|at|ref|reference|invoice|order"
    r"|payable|regarding|re|which|that|this|per|a|again|thanks|tomorrow|next|we|you|pls|over|covering"
    r"|of|out|including|inclusive|incl|straight|directly|ta|thx|urgently|promptly|right|upfront|latest|back|it|or|less|minus)\b)",
    _ANY_CASE,
)


def is_ordered(before: str, after: str) -> bool:
    """Whether a sentence orders the payment of an amount, given its words before and behind it."""
    if not _AFTER.match(after):
        return False
    if _ORDER.search(before):
        return True
    return _NOUN.search(before) is not None and _DEMANDED.match(after) is not None
