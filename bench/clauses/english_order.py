"""The same words in another order: conditions, deadlines, active and passive, who receives."""

from __future__ import annotations

import re

from .rewording import Rewording, of_text

_LINK = "If|When|Once|Unless|After|Upon|As soon as|In the event that|Whenever"
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|she|him|his|her|this|such|so|then|thereof"
                      r"|thereafter|thereupon|forthwith)\b")  # fmt: skip
_COMMA = re.compile(r",(?!\d)")
_SENTENCE = re.compile(r"[.;:](?!\d)")
_MONEY = r"(?:\d[\d,.]* [A-Z]{2,5}|[€$£]\d[\d,.]*)"
_WHO = r"(?:[Tt]he [A-Z]?[a-z]+(?: [A-Z][a-z]+)?|[A-Z][a-z]+)"
_VERBS = {"pay": "paid", "transfer": "transferred", "refund": "refunded", "return": "returned",
          "deliver": "delivered", "send": "sent", "repay": "repaid"}  # fmt: skip
_VERB = "|".join(_VERBS)
_DATE = r"(?:\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d|[A-Z][a-z]+ \d{1,2}, \d{4})"
_LENGTH = (
    r"(?:[\w-]+ )?(?:\(\w+\) )?(?:business |working |calendar )?(?:day|week|month|year|hour)s?"
)
_DEADLINE = (
    rf"(?P<deadline>(?:by|on|before|no later than|not later than|on or before) {_DATE}"
    rf"|within {_LENGTH}(?: (?:of|after|from) (?:the )?\w+(?: of (?:the )?\w+)?)?)"
)


def _one_sentence(text: str) -> str | None:
    """The text without its full stop; None where it has several parts."""
    bare = text.removesuffix(".")
    return None if _SENTENCE.search(bare) or "\n" in bare else bare


def lower_start(words: str) -> str:
    """Without the capital of a sentence's start; a name or symbol keeps its own."""
    common = re.match(r"(?:The|A|An|Any|All|Each|Every|Either|Neither|No|If|When|Once|Unless|After"
                      r"|Upon|Whenever|As|In|Both|One|Only)\b", words)  # fmt: skip
    return words[0].lower() + words[1:] if common else words


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]


def condition_last(text: str) -> str | None:
    """If X, Y: Y if X."""
    bare = _one_sentence(text)
    if bare is None or not re.match(rf"(?:{_LINK}) ", bare) or len(_COMMA.findall(bare)) != 1:
        return None
    condition, duty = re.split(r",(?!\d) ", bare, maxsplit=1)
    imperative = re.match(r"[a-z]+ (?:the|\d)", duty) and not re.match(r"(?:the|an?|all) ", duty)
    if _PRONOUN.search(duty) or re.search(r"\b(?:and|or|if|unless|when)\b", duty) or imperative:
        return None
    return f"{_upper(duty)} {lower_start(condition)}."


def condition_first(text: str) -> str | None:
    """Y if X: If X, Y."""
    bare = _one_sentence(text)
    if bare is None or _COMMA.search(bare):
        return None
    found = re.findall(r" (?=(?:if|when|once|unless|as soon as) )", bare)
    if len(found) != 1 or re.search(r"\b(?:only|and|but|which|who|that|within|until)\b", bare):
        return None
    duty, condition = re.split(r" (?=(?:if|when|once|unless|as soon as) )", bare)
    if _PRONOUN.search(condition) or not re.match(_WHO, duty):
        return None
    return f"{_upper(condition)}, {lower_start(duty)}."


def deadline_first(text: str) -> str | None:
    """The buyer must pay ... by D: By D, the buyer must pay ..."""
    match = re.fullmatch(rf"(?P<duty>{_WHO} (?:shall|must) [^,.]+?) {_DEADLINE}\.", text)
    if match is None or _second_verb(match["duty"]):
        return None
    return f"{_upper(match['deadline'])}, {lower_start(match['duty'])}."


def deadline_between(text: str) -> str | None:
    """The buyer must pay ... by D: The buyer must, by D, pay ..."""
    match = re.fullmatch(
        rf"(?P<who>{_WHO} (?:shall|must)) (?P<duty>(?!not )[^,.]+?) {_DEADLINE}\.", text
    )
    if match is None or _second_verb(match["duty"]):
        return None
    return f"{match['who']}, {match['deadline']}, {match['duty']}."


def deadline_behind_verb(text: str) -> str | None:
    """The seller shall, within D, deliver ...: The seller shall deliver ... within D."""
    match = re.fullmatch(rf"(?P<who>{_WHO} (?:shall|must)), {_DEADLINE}, (?P<duty>[^,.;]+)\.", text)
    if match is None or _second_verb(match["duty"]):
        return None
    return f"{match['who']} {match['duty']} {match['deadline']}."


def _second_verb(duty: str) -> bool:
    return bool(
        re.search(r"\b(?:later|by|and|or|if|unless|which|that|who|when|not|has|is)\b", duty)
    )


_TO = re.compile(
    rf"^(?P<who>{_WHO}) (?P<modal>shall|must) (?P<verb>{_VERB}) (?P<what>{_MONEY}|the [\w ]+?)"
    rf" to (?P<whom>{_WHO})(?P<rest>(?: [^,.;]*)?\.)$"
)
_DOUBLE = re.compile(
    rf"^(?P<who>{_WHO}) (?P<verb>(?:shall |must )pay|pays) (?P<whom>{_WHO}) (?P<what>{_MONEY})"
    rf"(?P<rest>(?: [^,.;]*)?\.)$"
)


def double_object(text: str) -> str | None:
    """Pay 5 ETH to the seller: pay the seller 5 ETH."""
    match = _TO.match(text)
    if match is None or match["verb"] not in {"pay", "send"} or match["what"].startswith("the"):
        return None
    return (f"{match['who']} {match['modal']} {match['verb']} {match['whom']} {match['what']}"
            f"{match['rest']}")  # fmt: skip


def recipient_behind(text: str) -> str | None:
    """Pay the seller 5 ETH: pay 5 ETH to the seller."""
    match = _DOUBLE.match(text)
    if match is None or re.match(r" (?:of|for|per|in)\b", match["rest"]):
        return None
    return f"{match['who']} {match['verb']} {match['what']} to {match['whom']}{match['rest']}"


def recipient_before(text: str) -> str | None:
    """Pay 5 ETH to the seller: pay to the seller 5 ETH."""
    match = _TO.match(text)
    if match is None:
        return None
    return (f"{match['who']} {match['modal']} {match['verb']} to {match['whom']} {match['what']}"
            f"{match['rest']}")  # fmt: skip


def passive(text: str) -> str | None:
    """The buyer shall pay 5 ETH to the seller: 5 ETH shall be paid by the buyer to the seller."""
    match = _TO.match(text) or _DOUBLE.match(text)
    if match is None or re.search(r"\b(?:and|it|its|his|or)\b|^ of\b", match["rest"]):
        return None
    modal, _, verb = match["verb"].rpartition(" ")
    modal = modal or match.groupdict().get("modal") or ""
    if verb not in _VERBS or not modal:
        return None
    return (f"{_upper(match['what'])} {modal} be {_VERBS[verb]} by {lower_start(match['who'])} to "
            f"{match['whom']}{match['rest']}")  # fmt: skip


def passive_agent_last(text: str) -> str | None:
    """5 ETH shall be paid to the seller by the buyer."""
    turned = passive(text)
    match = re.match(rf"(.*be \w+) (by {_WHO}) (to {_WHO})(.*)$", turned) if turned else None
    return f"{match[1]} {match[3]} {match[2]}{match[4]}" if match else None


def present_passive(text: str) -> str | None:
    """The buyer pays the seller 5 ETH: the seller is paid 5 ETH by the buyer."""
    match = _DOUBLE.match(text)
    if match is None or re.match(r" (?:of|for|per|in)\b", match["rest"]):
        return None
    modal, _, _ = match["verb"].rpartition(" ")
    be = f"{modal} be" if modal else "is"
    return (f"{_upper(match['whom'])} {be} paid {match['what']} by {lower_start(match['who'])}"
            f"{match['rest']}")  # fmt: skip


ORDERS: tuple[Rewording, ...] = (
    of_text("condition last", condition_last),
    of_text("condition first", condition_first),
    of_text("deadline first", deadline_first),
    of_text("deadline between", deadline_between),
    of_text("deadline behind the verb", deadline_behind_verb),
    of_text("double object", double_object),
    of_text("recipient behind", recipient_behind),
    of_text("recipient before", recipient_before),
    of_text("passive", passive),
    of_text("passive, agent last", passive_agent_last),
    of_text("recipient as subject", present_passive),
)
