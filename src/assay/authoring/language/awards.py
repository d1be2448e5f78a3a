"""Sentences by which somebody decides who gets held money: an award, as arbiters give it.

"If there is a dispute, the arbiter decides who gets the money", 由仲裁人裁决,款项按裁决支付.
A sentence is one only as a whole; whoever decides may then hand the money to either party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.model import Condition, Obligation, Span

_JUDGES = (
    r"(?:arbiter|arbitrator|mediator|judge|referee|umpire|escrow agent|trustee|notary|expert|"
    r"moderator|platform|committee|panel|jury|council|board|administrator)"
)
_JUDGE = rf"(?:the |an? |that )?(?:independent |appointed )?{_JUDGES}"
_MONEY = (
    r"(?:it|(?:all |the |this )?(?:of the |whole |held |escrowed )*"
    r"(?:money|funds?|deposit|escrow|amount|sum|payment|balance|price)"
    r"(?: in (?:the )?(?:escrow|contract))?(?: held)?)"
)
_DISPUTE = (
    r"(?P<dispute>(?:(?:if|when|where|whenever) (?:(?:there is|there are) (?:an? |any )?"
    r"(?:disputes?|disagreements?)|(?:an?|the|any) (?:dispute|disagreement) "
    r"(?:is raised|arises|has been raised|occurs)"
    r"|(?:the parties|they|both parties|(?:the )?buyer and (?:the )?seller) "
    r"(?:disagree|cannot agree|do not agree|are in dispute))"
    r"|(?:in|in case of|in the event of|upon|on) (?:an? |any )?(?:dispute|disagreement))"
    r"(?:,? then)?,? )"
)
_WITHIN = r"(?: within (?P<days>\d{1,3}) days(?: (?:of|after) (?:it|that|the dispute))?)?"
_DECIDES = (
    r"(?: alone| finally)?(?: shall| will| must| may)? (?:decides?|determines?|chooses?|rules?)"
    r"(?: on)?"
)
_MOVES = r"(?:goes|is paid|is released|shall go|shall be (?:paid|released)|will (?:go|be paid))"
_WHO = (
    r"(?:(?:who|which (?:party|of them|side)) (?:gets|receives|(?:is to|shall|will|should) "
    rf"(?:get|receive)) {_MONEY}|(?:who|whom|to whom) (?:is paid|{_MONEY} {_MOVES}(?: to)?))"
)
_SAYS = r"(?:names|chooses|decides|determines|picks|designates|says|favours|finds for|directs)"
_NAMED = (
    r"(?:whoever|whomever|whichever (?:party|side)|the (?:party|side|one)(?: that| whom)?) "
    rf"{_JUDGE} {_SAYS}"
)
_BY_RULING = (
    rf"(?:out )?(?:as {_JUDGE} {_SAYS}|(?:according to|in accordance with|in line with|as per) "
    rf"{_JUDGE}['’]s (?:decision|ruling|award|verdict))"
)
_GOES = rf"{_MONEY} {_MOVES} (?:to )?(?:{_NAMED}|{_BY_RULING})"
_EITHER = (
    r"(?:either (?:party|side|of them)"
    rf"|(?:the )?(?:party|side) (?:that |whom )?(?:it|he|she|they|{_JUDGE}) {_SAYS})"
)
_ENGLISH = re.compile(
    rf"{_DISPUTE}?(?:{_JUDGE}{_DECIDES}(?: (?:an?|the|any|every) disputes?| it)?{_WITHIN}"
    rf"(?:(?:,? and|;|, then)? {_GOES}| {_WHO})|{_GOES}"
    rf"|{_JUDGE} (?:may|shall|will|can|must) (?:release|pay|award|give|send) {_MONEY} to {_EITHER}"
    r")\.?",
    re.IGNORECASE,
)
_JUDGES_ZH = (
    r"(?:第三方仲裁人|仲裁人|仲裁员|仲裁方|调解人|裁决人|托管人|托管方|平台方|平台|评审委员会|"
    r"委员会|公证人|见证人)"
)
_MONEY_ZH = (
    r"(?:该|全部|托管的?|合约[中内]的?)?"
    r"(?:款项|资金|货款|托管款|托管资金|押金|定金|钱|金额|价款)"
)
_RULES_ZH = r"(?:裁决|裁定|决定|判定|裁断)"
_BY_ZH = r"(?:按照?|依照?|根据)"
_PAYS_ZH = r"(?:结果)?(?:支付|付款|发放|释放|处理|分配|转出)"
_HANDS_ZH = r"(?:支付|付|转|判|交)给"
_ANY_ZH = r"(?:任何一方|任一方|其中一方|哪一方)"
_CHINESE = re.compile(
    r"(?P<dispute>(?:如果|如|若|一旦)?(?:买卖双方|甲乙双方|双方|当事人|各方)?(?:之间)?"
    r"(?:发生|有|存在|产生|出现)(?:任何)?(?:争议|纠纷|分歧)(?:的话|的|时|后)?,)?"
    rf"则?应?(?:由?{_JUDGES_ZH}(?:应当?|可以?|有权)?(?:在?(?P<days>\d{{1,3}})[日天]之?内)?"
    rf"(?:作出)?{_RULES_ZH},?(?:{_MONEY_ZH}应?{_BY_ZH}[其该此]?{_RULES_ZH}{_PAYS_ZH}"
    rf"|将?{_MONEY_ZH}(?:归谁(?:所有)?|的?归属|{_HANDS_ZH}谁|给谁|归哪一方|{_HANDS_ZH}{_ANY_ZH}))"
    rf"|(?:合约)?将?(?:{_MONEY_ZH})?{_BY_ZH}{_JUDGES_ZH}的?{_RULES_ZH}{_PAYS_ZH}"
    rf"|{_JUDGES_ZH}(?:可以?|有权|应)(?:决定)?将{_MONEY_ZH}{_HANDS_ZH}{_ANY_ZH})"
)
_NAME = re.compile(rf"\b{_JUDGES}\b|{_JUDGES_ZH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Award:
    """Who decides, within which time, and the words that say that there is a dispute."""

    judge: str
    days: str | None
    dispute: Span | None


def award_of(sentence: str) -> Award | None:
    """What a whole sentence says of who decides; None where it says anything else."""
    words = sentence.strip()
    shift = sentence.index(words) if words else 0
    match = _ENGLISH.fullmatch(" ".join(words.split())) or _CHINESE.fullmatch(words)
    if match is None:
        return None
    found = match.groupdict()
    judge = _NAME.search(words)
    if judge is None:
        return None
    dispute = match.span("dispute") if found["dispute"] else None
    if dispute is not None:
        dispute = (dispute[0] + shift, dispute[1] + shift)
    return Award(judge.group().lower(), found["days"], dispute)


def obligations_of(award: Award, text: str, span: Span, clause: str | None) -> Iterator[Obligation]:
    """The right to hand it to either party, and the time in which it is to be decided.

    Args:
        span: of the sentence in the text.
    """
    low, high = award.dispute or (0, 0)
    dispute = span[0] + low, span[0] + high
    words = text[slice(*dispute)].strip(" ,，")
    chinese = not award.judge.isascii()
    raised = Condition(
        kind="state",
        text=words,
        span=dispute,
        subject="争议" if chinese else "dispute",
        value="发生" if chinese else "raised",
    )
    conditions = (raised,) if award.dispute else ()
    common = {"actor": award.judge, "span": span, "clause": clause, "conditions": conditions}
    if award.days:
        deadline = f"P{award.days}D"
        yield Obligation.model_validate(
            {**common, "modality": "must", "action": "perform", "deadline": deadline,
             "asset": "裁决" if chinese else "decision"}
        )  # fmt: skip
    yield Obligation.model_validate(
        {**common, "modality": "may", "action": "release", "asset": "款项" if chinese else "money",
         "recipient": "双方" if chinese else "parties"}
    )  # fmt: skip
