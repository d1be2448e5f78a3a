"""What two duties or the words of a condition leave open: 或 between sums, 较高者, 扣除, 主动离职.

Every duty that was read would be owed otherwise, and 主动离职 would be the same as 被动离职.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assay.authoring.model import Obligation, Question, Span

_CHOICE = re.compile("(?:[,，、]|^)\\s*(?:或|或者|或是|要么)(?!许|有)")
_COMPARED = re.compile("(?:较|更|最)[高低大小多少]者|孰[高低大小]|[高低大小]者为准|就[高低]")
_LESSER = re.compile("较[高低大小多少]者|孰[高低大小]|[高低大小]者为准|就[高低]")
_TAKEN_OUT = re.compile("^(?:并|但)?(?:须|应|需)?(?:扣除|扣减|扣去|扣掉|减去|减除)")
_MANNER = re.compile("主动|被动|自愿|非自愿|恶意|善意|故意|因故|过失")
_STOP = re.compile("[。;；\\n]")
_PART_OF_IT = re.compile("^[,，、;；\\s]*其中")
_TOGETHER = re.compile("^(?:均|都|应|须|可以|可|必须|应当|有权|得)*(?:共同|联合|一起|一同)")
_IN_ALL = re.compile("合计|总共|共计|总计|累计")
_GROUP = re.compile(
    "(?:成员|会员|董事|理事|股东|合伙人|创始人|委员|投资人|持有人|参与者|签署人|受托人|监事|们)$"
)
_TWO_PARTIES = re.compile("[甲乙丙丁戊]方([^甲乙丙丁戊和与及、或/]{1,4}?)[甲乙丙丁戊]方")


def left_open(text: str, obligations: Sequence[Obligation]) -> Iterator[Question]:
    """Questions about which of two sums is due, what is taken out, and how something is done."""
    for index, (first, second) in enumerate(pairwise(obligations), start=1):
        if second.span[0] < first.span[1] and first.span != second.span:
            continue
        yield from _between(text, index, first, second)
    for index, duty in enumerate(obligations):
        yield from _in_what_manner(text, index, duty)
        yield from _by_several(text, index, duty)
        words = text[slice(*duty.span)]
        if duty.modality == "must" and duty.amount and _LESSER.search(words):
            yield _question("alternative", index, None, duty.span, "两者中应付哪一项,由谁选择?")


def _between(text: str, index: int, first: Obligation, second: Obligation) -> Iterator[Question]:
    due = first.modality == second.modality == "must"
    paid = due and first.amount is not None and second.amount is not None
    gap = text[first.span[1] : second.span[1]]
    if not paid or first.action != second.action or _STOP.search(gap):
        return
    said = text[first.span[0] : second.span[1]]
    hang = first.conditions and second.conditions and first.conditions != second.conditions
    if _COMPARED.search(said) or (_CHOICE.match(gap) and not hang):
        yield _question("alternative", index, None, second.span, "两者中应付哪一项,由谁选择?")
    elif _PART_OF_IT.match(gap) or _PART_OF_IT.match(text[slice(*second.span)]):
        words = text[slice(*second.span)]
        asked = f"“{words}”是从前面的{first.amount} {first.asset or ''}中支付,还是另外支付?"
        yield _question("deduction", index - 1, "amount", second.span, asked)
    elif _TAKEN_OUT.match(gap.lstrip(",， ")) or _TAKEN_OUT.match(text[slice(*second.span)]):
        words = text[slice(*second.span)]
        asked = f"“{words}”改变的是哪一笔款项,由谁认定?"
        yield _question("deduction", index, "amount", second.span, asked)


def _by_several(text: str, index: int, duty: Obligation) -> Iterator[Question]:
    """创始人可共同提取: all of them, or each; 甲方替乙方支付: who of them."""
    words, actor = text[slice(*duty.span)], duty.actor or ""
    told = [duty, *duty.conditions]
    named = [name for one in told for name in (one.actor, one.recipient, one.asset) if name]
    between = next((found for one in named if (found := _TWO_PARTIES.search(one))), None)
    if between is not None:
        asked = f"“{between[0]}”中谁做什么?“{between[1]}”没有读懂,请分开写明。"
        yield _question("party", index, None, duty.span, asked)
    if not _GROUP.search(actor) or actor not in words:
        return
    bound = duty.modality == "may" and duty.limit == "most" and duty.amount
    if _TOGETHER.search(words.partition(actor)[2]):
        yield _question(
            "joint_act", index, None, duty.span, "须全体共同行使,还是每一位都可单独行使?"
        )
    elif bound and _IN_ALL.search(words):
        asked = f"{duty.amount} {duty.asset or ''}是每一位的上限,还是全体合计的上限?"
        yield _question("joint_act", index, None, duty.span, asked)


def _in_what_manner(text: str, index: int, duty: Obligation) -> Iterator[Question]:
    """主动离职: a condition whose manner no field says."""
    for one in duty.conditions:
        if one.span is None or one.kind not in ("state", "event", "breach"):
            continue
        known = f"{one.subject}{one.value}{one.asset}"
        for found in _MANNER.finditer(text[slice(*one.span)]):
            if found[0] not in known:
                span = (one.span[0] + found.start(), one.span[0] + found.end())
                asked = f"该条件是否仅限于“{found[0]}”?合约无法自行区分,请写明由谁认定。"
                yield _question("condition_part", index, "conditions", span, asked)
                return


def _question(kind: str, index: int, field: str | None, span: Span, asked: str) -> Question:
    return Question(id=f"{kind}.{span[0]}", kind=kind, text=asked, obligation=index, field=field,
                    span=span)  # fmt: skip
