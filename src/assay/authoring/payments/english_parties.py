"""Whether the words of a request in English leave no doubt who is to be paid.

A name on file in a text is not yet who is paid: its lawyer, its brother, a factor it sold the
invoice to, or somebody in its place may be, or it may be who pays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.payments import english_words as wording
from assay.authoring.payments.lookalikes import LEGAL_FORM, bare

_ANY_CASE = re.IGNORECASE
_HEADERS = re.compile(r"^[ \t>]*(?:from|to|cc|bcc|subject|date|sent)[ \t]*:[^\n]*$", re.I | re.M)
_SENTENCE = re.compile(r"[^\n.!?;]+(?:[.](?=\S)[^\n.!?;]*)*")
_POSSESSIVE = r"(?:his|her|their|its|whose|my|our|your)"
_PERSON = (
    r"(?:(?:step|half)?(?:brother|sister|mother|father|son|daughter|cousin|uncle|aunt|nephew"
    r"|niece)(?:-in-law)?|wife|husband|spouse|partner|fianc[eé]e?|girlfriend|boyfriend|friend"
    r"|famil(?:y|ies)|relatives?|parents?|children|heirs?|estate|widow(?:er)?|neighbou?r|landlord"
    r"|lawyers?|solicitors?|attorneys?|counsel|accountants?|agents?|agency|broker|assistant"
    r"|secretary|manager|director|boss|owners?|founder|shareholders?|employees?|employer|staff"
    r"|colleague|subsidiar(?:y|ies)|affiliate|branch|holding|parent compan(?:y|ies)|parent|sister"
    r" company|successor|trustee|trust|administrator|liquidator|creditors?|lenders?|bank|factor"
    r"|subcontractors?|suppliers?|representative|proxy|nominee|custodian|collector|courier"
    r"|driver)"
)
_NEW = r"(?:(?:new|other|older|younger|elder|big|little|former|own|local|german|legal)\s+)?"
_MOVED = r"(?:it|this|that|them|(?:the|this|that)\s+(?:money|payment|sum|amount|funds|fee|total))"
_PROXY = re.compile(
    rf"\b{_POSSESSIVE}\s+{_NEW}(?<!my\s)(?<!our\s)(?<!your\s){_PERSON}\b"
    r"|\binstead\b"
    r"|\bon\s+behalf\s+of\b(?!\s+(?:us|me|our\s+(?:\w+\s+)?(?:team|department|office))\b)"
    r"|\bon\s+(?:its|his|her|their)\s+behalf\b"
    r"|(?<!\w)[cC]/[oO]\b|\b(?:in\s+)?care\s+of\s+[A-Z]"
    r"|\bin\s+favou?r\s+of\b|\bin\s+the\s+name\s+of\b|\bfor\s+the\s+(?:account|benefit)\s+of\b"
    r"|\b(?:in\s+place|in\s+lieu)\s+of\b|\brather\s+than\b"
    r"|\b(?:via|through|by\s+way\s+of|care)\s+(?-i:[A-Z])"
    r"|\bassign(?:ed|ee|s|ment)\b|\bfactoring\b|\b(?:sold|ceded|pledged)\b[^.\n]{0,40}\bto\b"
    r"|\b(?:re-?direct|divert|re-?rout|re-?assign)\w*\b"
    rf"|\b(?:pass|hand|give|forward|deliver|relay)\s+{_MOVED}\s+(?:on|over|to|along)\b"
    rf"|\b(?:receives?|collects?|gets|picks\s+up)\s+{_MOVED}\b"
    rf"|\b(?:will|shall|should|can|may|is\s+to|are\s+to)\s+(?:receive|collect|get|pick\s+up|accept"
    rf"|take|have)\s+{_MOVED}\b"
    rf"|\b(?:money|payment|sum|amount|funds)\s+(?:goes|should\s+go|has\s+to\s+go|must\s+go|is\s+for"
    rf"|belongs)\b"
    r"|\b(?:whoever|whomever|someone|somebody)\b"
    r"|\b(?:collected|received|picked\s+up|represented|accepted|cashed)\s+by\b"
    r"|\b(?:payee|recipient|beneficiary)(?:'s\s+name)?\s+(?:is|should|will|must|has|shall)\b"
    r"|'s\s+(?:share|part|half|cut)\s+is\b"
    r"|\b(?:some|any|no)\s?(?:one|body)\s+else\b|\bthird[- ]party\b"
    r"|\b(?:new|other|changed)\s+(?:payee|recipient|beneficiary|supplier)\b"
    r"|\bstand(?:s|ing)?\s+in\s+for\b"
    r"|\bnominat(?:e|ed|es)\b|\b(?:actual|real|true|ultimate)\s+(?:payee|recipient|beneficiary)\b",
    _ANY_CASE,
)
"""Somebody else comes into play as soon as one of these is said."""
_DOCUMENT = (
    r"(?:invoices?|bills?|fees?|salary|wages|rent|expenses?|account|wallet|address|orders?|claim"
    r"|receipts?|statement|balance|services?|work|hosting|support|retainer|subscription"
    r"|licen[cs]es?|commission|honorarium|pay|payment|reimbursement|costs?|share|deposit|contract"
    r"|delivery|hours|time|maintenance|number|no|reference|amount|sum|total|charges?|price|debt"
    r"|dues?|instal?lment|royalt(?:y|ies)|bonus)"
)
_LEAD = (
    r"(?:(?:our|the|your|my|supplier|vendor|contractor|freelancer|colleague|client|partner|company"
    r"|payee|mr\.?|mrs\.?|ms\.?|dr\.?|messrs\.?|over|back|out|directly|once|now|to|@)\s*)*"
)
_FOLLOW = (
    r"(?=\s*(?:$|[.,;:!?()\[\]\"*\n]|'s\b|'\s|(?:[$€£¥]\s*)?\d|[A-Z]{2,6}\s?\d|(?:the|their|her|his"
    r"|its|our|for|by|on|in|within|under|at|today|tomorrow|now|please|as|exactly|an?|invoice|bill"
    r"|who|which|that|is|are|was|has|have|before|no|against|with|this|these|asap|urgently"
    r"|immediately|until|ref|reference|order|only|next|from|some|about|around|approximately|up"
    r"|roughly|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|usd|eur|thanks|ta|when|if|once|upon"
    r"|after|unless|because|since|regarding|concerning|towards|covering)\b(?![/&])))"
)
_FOR = re.compile(r"\b(?:for|covering|towards|regarding|concerning)\b[^,;.\n!?]*", _ANY_CASE)
_COMPANY = re.compile(rf"\b[A-Z][\w&'-]*(?:[ \t]+[A-Z&][\w&'-]*)*?[ \t]+(?i:{LEGAL_FORM})\b")
_TO = re.compile(
    r"(?P<journey>\bfrom [A-Z][\w-]*(?: [A-Z][\w-]*)* )?\b(?i:to)\s+"
    r"(?P<who>(?!0[xX])(?:(?:his|her|their|its|whom|another|the|an?)\s+)?"
    r"[\w@][\w@&'/.-]*(?:[ \t]+[A-Z&][\w&'.-]*)*)"
)
_NOBODY = re.compile(
    r"(?:(?:the|his|her|their|its|our|my|your|an?)\s+)?(?:usual|known|same|above|following|listed"
    r"|registered|address|accounts?|wallet|iban|number|bank|you|him|her|them|it|us|me|date|order"
    r"|end|office|project|cost|budget|amount|tune|value|sum|full|extent|airport|station|attention)\b"
    r"|IBAN\b|BIC\b|[a-z]+$",
)
_DETERMINED = re.compile(r"(?:his|her|their|its|whom|another|the|an?)\s")


def doubt(text: str, payee: str) -> bool:
    """Whether somebody else than `payee` may be meant to get the money, or the payee to give it.

    `text` is cleaned, and without addresses.
    """
    body = _HEADERS.sub("", text)
    name = _pattern(payee)
    if any(not _introduces(body, match, name) for match in _PROXY.finditer(body)):
        return True
    if _pays(body, name) or _belongs(body, name) or _joined(body, name):
        return True
    return any(_others(match.group(), name) for match in _SENTENCE.finditer(body))


def is_recipient(sentence: str, payee: str) -> bool:
    """Whether a sentence has the payee where the one stands who gets the money."""
    name = _pattern(payee)
    return _recipient(name).search(sentence) is not None


def _pattern(payee: str) -> str:
    words = r"\s+".join(re.escape(one) for one in bare(payee).split())
    return rf"(?<!\w){words}(?:,?\s+{LEGAL_FORM}\b\.?)*(?!\w)"


def _recipient(name: str) -> re.Pattern[str]:
    document = r"(?:invoice|bill|fee|salary|order|claim|receipt|account|balance)s?"
    return re.compile(
        rf"\b(?:{wording.VERB}(?:ing)?|owes?|shoot|give)\s+{_LEAD}{name}{_FOLLOW}"
        rf"|\bto\s+{_LEAD}{name}{_FOLLOW}"
        rf"|\b{document}\b[^;\n]{{0,40}}\b(?:from|of|by)\s+{_LEAD}{name}{_FOLLOW}"
        rf"|{name}'s?\s+(?:[\w-]+\s+){{0,3}}?{_DOCUMENT}\b"
        rf"|{name}\s+(?:(?:is|are)\s+(?:owed|due)\b|(?:has|have)\s+(?:sent|invoiced|billed|charged)\b"
        r"|(?:sent|invoiced|billed|charged|asks?|requests?)\b)",
        _ANY_CASE,
    )


def _introduces(text: str, match: re.Match[str], name: str) -> bool:
    """Whether somebody only says for whom they write: "On behalf of Acme Ltd, ... our invoice"."""
    says = match.group().lower().endswith("behalf of") and wording.SELF.search(text)
    return bool(says and re.compile(rf"\s+{name}", _ANY_CASE).match(text, match.end()))


def _pays(text: str, name: str) -> bool:
    """Whether the payee is who has to pay."""
    must = r"(?:must|shall|should|ought\s+to|has\s+to|have\s+to|needs?\s+to|is\s+to|are\s+to|will)"
    owed = rf"(?:{wording.VERB}s?|owes?)"
    found = re.compile(
        rf"{name},?\s+(?:{must}\s+(?:now\s+|please\s+)?{owed}|(?:pays|owes)\b)"
        rf"|\b(?:paid|settled|refunded|reimbursed|sent|transferred)(?:\s+back)?\s+by\s+{name}"
        rf"|\b(?:bill(?:ed)?\s+to|collect\w*\s+from|charge|debit|invoice\s+to|payer|customer|buyer"
        rf"|bought\s+by)[ \t:|*]+{name}"
        rf"|\b(?:let|have|make|get|ask|tell)\s+{name}\s+(?:to\s+)?{owed}",
        _ANY_CASE,
    )
    return found.search(text) is not None


def _belongs(text: str, name: str) -> bool:
    """Whether somebody who is only told by the payee's name is paid: "Acme's lawyer"."""
    of_it = re.compile(
        rf"(?:\b(?:{wording.VERB}(?:ing)?|owes?)|\bto)\s+{_LEAD}{name}'s?\s+"
        r"(?P<words>[a-z][\w-]*(?:\s+[a-z][\w-]*){0,4}?)"
        r"(?=\s+(?:for|by|on|of|from|in|to|at|dated|and|within|please|over|is|about)\b|\s*[^\sa-z]|\s*$)",
        _ANY_CASE,
    )
    for match in of_it.finditer(text):
        words = [one for one in match["words"].split() if not re.search(r"\d", one)]
        if not re.fullmatch(_DOCUMENT, words[-1], _ANY_CASE):
            return True
    behind = re.compile(
        rf"(?:\b(?:{wording.VERB}(?:ing)?|owes?)|\bto)\s+(?P<words>(?:[\w-]+\s+){{1,5}}?)"
        rf"(?:of|from|at|with|behind|near|who|whom|that)\s+(?:\w+\s+){{0,3}}?{_LEAD}{name}",
        _ANY_CASE,
    )
    for match in behind.finditer(text):
        if not re.search(rf"\d|\b{_DOCUMENT}\b", match["words"], _ANY_CASE):
            return True
    return False


def _joined(text: str, name: str) -> bool:
    """Whether another name stands beside the payee's as if either could be paid."""
    beside = re.compile(
        rf"{name}\s*\(\s*(?-i:[A-Z][a-z]+(?:\s+[A-Z][a-z]+)+)|{name}\s*(?:/|\bor\b|&)\s*(?-i:[A-Z])|(?-i:[A-Z][\w'-]*)\s*(?:/|\bor\b)\s*{name}",
        _ANY_CASE,
    )
    return beside.search(text) is not None


def _others(sentence: str, name: str) -> bool:
    """Whether a sentence about paying has others where the one stands who gets the money."""
    if not re.search(rf"\b{wording.VERB}\b|\bpa(?:id|yment|ying)\b", sentence, _ANY_CASE):
        return False
    purposes = _purposes(sentence, name)
    own = re.compile(rf"{_LEAD}{name}", _ANY_CASE)
    for match in _COMPANY.finditer(sentence):
        inside = any(start <= match.start() < end for start, end in purposes)
        same = re.search(name, match.group(), _ANY_CASE)
        if not same and not (inside and not sentence[: match.start()].rstrip().endswith(" to")):
            return True
    for match in _TO.finditer(sentence):
        who = match["who"]
        if match["journey"] or own.match(sentence, match.start("who")) or _NOBODY.match(who):
            continue
        if any(start <= match.start() < end for start, end in purposes):
            continue
        if who[0].isupper() or _DETERMINED.match(who):
            return True
    return any(_stands_for_another(match["name"], name) for match in _named(sentence))


def _purposes(sentence: str, name: str) -> list[tuple[int, int]]:
    """Where a sentence says what for, once it said who gets the money: other names may stand there.

    A name behind "for" that comes first may be the payee's, and what follows is then no purpose.
    """
    first = _recipient(name).search(sentence)
    if first is None:
        return []
    return [one.span() for one in _FOR.finditer(sentence) if one.start() >= first.end()]


def _named(sentence: str) -> Iterator[re.Match[str]]:
    verb = rf"\b(?i:{wording.VERB})\s+(?P<name>{wording.NAME})"
    yield from re.finditer(verb, sentence)


def _stands_for_another(words: str, name: str) -> bool:
    first = words.split(maxsplit=1)[0].rstrip(".,'s").lower()
    if first in wording.NEVER_NAMES | wording.NAME_STARTS or re.search(r"\d", words):
        return False
    if words.isupper() and len(words) <= 6:  # a currency, INV, ASAP
        return False
    return re.search(name, words, _ANY_CASE) is None and not re.fullmatch(
        _DOCUMENT, first, _ANY_CASE
    )
