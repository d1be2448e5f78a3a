"""Who or what is given a short name in passing: 某某公司(以下简称“甲方”), 一套系统(下称“系统”).

>>> one = next(short_names_in("乙方为甲方开发一套仓储管理系统(下称“系统”)"))
>>> one.term, one.thing
('系统', True)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.chinese.lexicon.roles import CONTRACT, ROLES, SUFFIXES
from assay.authoring.chinese.lexing.agents import agent_at
from assay.authoring.chinese.lexing.names import is_name

_QUOTE = "[“\"'‘《]"
_UNQUOTE = "[”\"'’》]"
_CALLED = (
    r"(?:(?:以下|下|下文|本合同中|本协议中)(?:统称|简称|合称|称)(?:为)?|"
    r"(?:统称|简称|合称|称为))[::]?"
)
_TERM = rf"{_QUOTE}(?P<term>[^”\"'’》()]{{1,20}}){_UNQUOTE}"
_SHORT = re.compile(
    r"(?P<name>[^,。;::()\n“”\"'、]{2,60}?)"
    rf"\((?:(?:{_CALLED})?{_TERM}|{_CALLED}(?P<bare>[^”\"'’》(),。]{{1,12}}))\)"
)
DEFINED = re.compile(
    rf"\({_CALLED}(?:{_QUOTE}?[^”\"'’》(),。]{{1,20}}{_UNQUOTE}?)(?:(?:或|、|/){_QUOTE}[^()]{{1,20}}{_UNQUOTE})?\)"
)
"""A short name in its brackets, which tells nothing else."""
_SOMEBODY = re.compile(r".*[方人者]|[甲乙丙丁戊]")
_BODY = re.compile(
    r".*(?:公司|集团|企业|商行|商店|工厂|[厂店馆社行]|银行|中心|协会|基金会|委员会|大学|学院|学校|医院|事务所|研究院|研究所|机构|"
    r"工作室|团队|合伙|合作社|个体工商户|先生|女士|DAO|Ltd|LLC|Inc)\.?$"
)
_PERSON = re.compile(r"(?:^|[向与和由给对为])([^向与和由给对为]{2,4})$")
_LATIN = re.compile(r"(?:^|[^\dA-Za-z .])[A-Za-z][A-Za-z0-9 .&'-]*$")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_COUNTED = re.compile(
    r"[一二两三四五六七八九十百千万\d][套个台枚件辆批幅款项部份间栋座艘首只处块种张]"
)
_ON_CHAIN = ("合约", "合约系统")


@dataclass(frozen=True, slots=True)
class ShortName:
    """A name that stands for longer words.

    Attributes:
        name: the words that it stands for, with what stands before them in their sentence.
        definition: the words and the brackets behind them.
        thing: whether it is no party and not the contract.
    """

    term: str
    name: str
    definition: str
    start: int
    end: int
    thing: bool


def short_names_in(text: str) -> Iterator[ShortName]:
    """The short names that a folded text gives, in its order."""
    for match in _SHORT.finditer(text):
        term, name = match["term"] or match["bare"], match["name"]
        start, end = match.span()
        yield ShortName(term, name, match.group(), start, end, thing=_is_thing(term, name))


def is_software(term: str, meaning: str) -> bool:
    """一套仓储管理系统(下称“系统”): a program that is made or sold, and not the contract."""
    words = (term, meaning)
    return term in CONTRACT and not any(one.endswith(_ON_CHAIN) for one in words)


def _is_thing(term: str, name: str) -> bool:
    """Whether a short name is that of a thing: its own words tell, or those it stands for."""
    if term in CONTRACT or term.endswith(_ON_CHAIN):
        return is_software(term, name)
    counted = list(_COUNTED.finditer(name))
    if _SOMEBODY.fullmatch(term) or agent_at(term, 0, len(term)) == len(term):
        return False
    if term in ROLES or (len(term) > 1 and term.endswith(SUFFIXES)):
        return bool(counted) and not _BODY.match(name)
    person = _PERSON.search(name)
    named = person is not None and is_name(person[1])
    return not (named or _BODY.match(name) or _ADDRESS.search(name) or _LATIN.search(name))
