"""Parties and terms that a text defines: 某某公司(以下简称“甲方”), “服务费”是指12,000 USDC."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assay.authoring.chinese.lexicon.roles import ROLES
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.calendar import moment_at
from assay.authoring.chinese.lexing.characters import Folded, fold
from assay.authoring.chinese.lexing.entities import amount_at
from assay.authoring.chinese.lexing.lexer import SIMPLE
from assay.authoring.chinese.lexing.names import is_name
from assay.authoring.chinese.lexing.short_names import is_software, short_names_in
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Party, Span

_QUOTE = "[“\"'‘《]"
_UNQUOTE = "[”\"'’》]"
_LINE = re.compile(
    r"[。;,]?[ \t]*[-*•·]?(?P<term>[甲乙丙丁戊][方]?|[^\s,。;:()、]{1,8})"
    r"(?:\((?P<role>[^()]{1,12})\))?:"
    r"(?P<name>[^\n,。;:()]{2,60}?)"
    r"(?:\((?P<gloss>[^()\n]{1,12})\))?(?=[,。;\n]|$|[ \t]+[^\s,。;:()]{1,8}:)"
)
"""甲方:福建茶厂(卖方)。乙方:上海商行(买方)。"""

_FIGURE = re.compile(r"\d|(?:USDC|USDT|ETH|DAI)")
_SOMEBODY = re.compile(r".*[方人者商员师]|.*[团店馆社队会校院组]长|[甲乙丙丁戊]")
_COUNTED = re.compile(r"(?:[等共]?[两二三四五六七八九十\d]+[人名位方家]?)$")
_MEANS = re.compile(
    rf"(?:本合同所称|本协议所称|所称|合同中)?{_QUOTE}(?P<term>[^”\"'’》]{{1,20}}){_UNQUOTE}"
    r",?(?:系?是?指|即|为|意指)(?P<meaning>[^。;\n]+)"
)
_DAY = re.compile(
    r"(?:^|[。;,\n)])\s*(?:[\d一二三四五六七八九十.]+[、.]?\s*)?"
    r"(?P<term>[^\s,。;:、()\d]{1,6}(?:日|日期|时间))(?:为|是|定为|:)(?P<day>[^,。;\n]+)"
)
_DUTY = re.compile(r"应当|应(?!用|收|付|得)|必须|须|不得|有权|可以|禁止")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_AFTER_PREPOSITION = re.compile(r".*(?:向|给|由|与|和|将)(.{2,})$")
_LEADING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+条|\d+(?:\.\d+)+|\d+[、.)]|\([一二三四五六七八九十\d]+\)|"
    r"[一二三四五六七八九十]{1,3}、|[①-⑳]|授予|许可|授权|委托|聘请|聘用|雇佣|允许|通知|由|与|和|及|本合同由|应由|向|给|从|对|将|因|但|且|若|如)+"
)


@dataclass(slots=True)
class Terms:
    """What a text says of its own words.

    Attributes:
        names: words and the kind of token that they are.
        covered: sentences that only define.
    """

    names: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, Quantity] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)
    covered: list[Span] = field(default_factory=list)

    def covers(self, span: Span) -> bool:
        """Whether a stretch only defines."""
        return any(start <= span[0] and span[1] <= end for start, end in self.covered)


def terms_of(text: str) -> Terms:
    """Collect the definitions of a whole text."""
    folded = fold(text, 0, len(text))
    terms = Terms()
    _read_cast(terms, text, folded)
    for short in short_names_in(folded.text):
        span = folded.span(short.start, short.end)
        if not short.thing:
            _add_party(terms, text, short.term, short.name, span, definition=short.definition)
        elif SIMPLE.get(short.term, "party") == "party":
            terms.names[short.term] = "noun"
    for match in _DAY.finditer(folded.text):
        day = moment_at(match["day"], 0)
        if folded.text.count(match["term"]) == 1:
            continue
        if day is not None and day[1] == len(match["day"]) and day[0].iso and not day[0].missing:
            terms.names[match["term"]] = f"date:{day[0].iso}"
            terms.covered.append(folded.span(match.start("term"), match.end()))
    for match in _MEANS.finditer(folded.text):
        found = amount_at(match["meaning"], 0)
        if found is not None and found[1] == len(match["meaning"]):
            terms.amounts[match["term"]] = found[0]
            terms.names.setdefault(match["term"], SIMPLE.get(match["term"], "noun"))
            terms.covered.append(folded.span(*match.span()))
        elif not _DUTY.search(match["meaning"]):
            kind = "party" if match["term"].endswith("合约") else "noun"
            known = "noun" if is_software(match["term"], match["meaning"]) else None
            known = known or SIMPLE.get(match["term"], kind)
            terms.names.setdefault(match["term"], known)
            terms.covered.append(folded.span(*match.span()))
    return terms


def _read_cast(terms: Terms, text: str, folded: Folded) -> None:
    for line in re.finditer(r"(?m)^", folded.text):
        at = line.start()
        while (match := _LINE.match(folded.text, at)) is not None:
            if not _cast(terms, text, match, folded.span(match.start("term"), match.end())):
                break
            at = match.end()
        if at > line.start():
            terms.covered.append(folded.span(line.start(), at))


def _cast(terms: Terms, text: str, match: re.Match[str], span: Span) -> bool:
    """Whether a part of a line says who takes part: 买方:王磊."""
    term, name, gloss = match["term"], match["name"], match["gloss"]
    somebody = term in ROLES or _SOMEBODY.fullmatch(term) is not None
    if not somebody or _DUTY.search(name) or _FIGURE.search(name):
        return False
    terms.covered.append(span)
    members = [one for one in _COUNTED.sub("", name).split("、") if one]
    if len(members) > 1:
        terms.names[term] = "party"
        return True
    _add_party(terms, text, term, name, span)
    role = match["role"] if match["role"] in ROLES else None
    for alias in (name.strip(), gloss, role):
        if alias and alias != term:
            terms.names[alias] = f"alias:{term}"
    return True


def _add_party(
    terms: Terms, text: str, term: str, name: str, span: Span, *, definition: str = ""
) -> None:
    bare = _LEADING.sub("", name)
    terms.names[term] = "party"
    address = _ADDRESS.search(name)
    terms.parties.append(
        Party(
            name=term,
            text=text[slice(*span)],
            address=address.group() if address else None,
            span=span,
        )
    )
    found = _AFTER_PREPOSITION.search(bare)
    if found and (len(found.group(1)) >= 4 or is_name(found.group(1))):
        bare = found.group(1)
    if definition:
        bare = _behind_verb(bare)
    short = is_name(bare) or bare in ROLES
    if bare != term and (len(bare) >= 4 or (definition and short)):
        terms.names[bare] = f"alias:{term}"
        terms.names[definition.removeprefix(name) and bare + definition.removeprefix(name)] = (
            f"alias:{term}"
        )


def _behind_verb(words: str) -> str:
    """承租方 in 将房屋交付承租方(以下简称“乙方”)."""
    for at in range(2, len(words) - 1):
        if words[at:] in ROLES and any(words[at - size : at] in VERBS for size in (2, 3)):
            return words[at:]
    return words
