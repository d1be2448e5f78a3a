"""Words that try to steer whoever pays. They are data: flagged, and not read for anything else.

The patterns are families of wording, in English and Chinese; none is needed for safety, since no
sentence of a request is ever an order to this program. They decide who looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assay.authoring.payments.claims import CLAIMS, open_questions
from assay.authoring.payments.model import FlagKind

_RULES = (
    r"(?:polic(?:y|ies)|instructions?|rules?|limits?|checks?|controls?|approvals?|previous|prior|"
    r"above|safeguards?|guidelines?|verification|thresholds?|restrictions?|guardrails?|procedures?|"
    r"allow-?\s?list|white-?list|filters?|warnings?|constraints?)"
)
_CHECKING = (
    r"(?:approvals?|confirmation|confirm|verification|verify|checks?|checking|review|sign-?off)"
)
_SIZE = r"(?:polic(?:y|ies)|limits?|thresholds?|allow-?\s?list|white-?list|approvers?)"
_ZH_RULES = (
    r"(?:政策|规则|规定|指令|指示|限额|额度|审批|审核|流程|以上|之前|上述|此前|限制"
    r"|检查|校验|提示|风控|验证|核对)"
)
_ZH_CHECKING = r"(?:审批|审核|确认|核实|批准|复核|核对|验证|请示)"

_INSTRUCTION = (
    (
        rf"\b(?:ignor|disregard|forget|overrid|bypass|skip|waiv|circumvent|suspend"
        rf"|overlook)\w*\b[^.\n]{{0,50}}\b{_RULES}\b"
    ),
    r"\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bpretend (?:to be|you|that)\b",
    r"\bact as (?:if|an?|the|my)\b|\byour new (?:role|task|instructions?|goal)\b",
    (
        r"\bnew (?:system )?(?:instructions?|prompt|rules)\b|\bsystem (?:prompt|message"
        r"|override|notice)\b"
    ),
    (
        r"(?:^|\n)\s*(?:system|assistant|developer|admin(?:istrator)?|root)\s*:|<\|[^"
        r"|\n]*\|>|\[/?inst\]|</?(?:system|instructions?|assistant)>"
    ),
    r"\b(?:developer|admin(?:istrator)?|debug|god|maintenance|sudo) mode\b|\bjailbreak\b",
    (
        r"\b(?:mark|treat|consider|classify|record|flag|regard"
        r"|log)\b[^.\n]{0,30}\bas (?:pre-?\s?)?(?:approved|verified|trusted|safe|paid"
        r"|confirmed|authori[sz]ed|compliant)\b"
    ),
    (
        rf"\b(?:do not|don't|no need to|never|need not)\b[^.\n]{{0,40}}\b{_CHECKING}\b"
        rf"|\bno (?:further )?{_CHECKING} (?:is |are )?(?:needed|required|necessary)\b"
    ),
    rf"\bwithout (?:further |any |asking for |waiting for |additional )*{_CHECKING}\b",
    (
        rf"\b(?:add|put|set|raise|rais|increas|chang|updat|remov|lift|disabl"
        rf"|turn off)\w*\b[^.\n]{{0,40}}\b{_SIZE}\b"
    ),
    (
        r"\b(?:note|message|instruction|attention|hint|memo)s? (?:to|for)(?: the| any"
        r"| all)? (?:ai|llm|bot|model|agent|assistant|automated|payment (?:system|agent"
        r"|bot))"
    ),
    (
        r"\b(?:dear|hey|hello|hi),? (?:ai|bot|assistant|agent|chatbot|llm)\b"
        r"|\bas an? (?:ai|language model|llm)\b"
    ),
    r"\b(?:execute|run|call|invoke)\b[^.\n]{0,20}\b(?:function|command|tool|script|transfer\()",
    (
        rf"(?:忽略|无视|不要理会|不用理会|跳过|绕过|绕开|不必遵守|无需遵守|忘记|忘掉"
        rf"|覆盖|不受)[^。\n]{{0,15}}{_ZH_RULES}"
    ),
    (
        r"你现在是|你从现在起|从现在起,?你|从现在开始,?你|你的新(?:任务|角色|身份)"
        r"|请?(?:扮演|假装)|你不再是"
    ),
    (
        r"系统(?:提示|指令|消息|通知|覆盖)|(?:^|\n)\s*(?:系统|助手|管理员|开发者)\s*:"
        r"|(?:管理员|开发者|调试|维护|超级)模式"
    ),
    (
        rf"(?:无需|无须|不需要?|不用|不必|免于|省去|未经"
        rf"|不经)[^。\n]{{0,8}}{_ZH_CHECKING}|免{_ZH_CHECKING}|(?:不要|别"
        rf"|请勿)(?:再)?(?:走|做|进行|等)?[^。\n]{{0,4}}{_ZH_CHECKING}"
    ),
    r"(?:视为|视作|标记为|记为|当作)[^。\n]{0,4}(?:批准|审批|审核|通过|已付|可信|安全|授权)",
    (
        r"(?:加入|添加到?|列入|纳入|修改|提高|调高|上调|取消|解除|更新|关闭"
        r"|放宽)[^。\n]{0,10}(?:白名单|限额|额度|上限|阈值|审批人|政策|风控)"
    ),
    (
        r"(?:给|致|告)?(?:AI|人工智能|智能|付款|支付)?(?:助手|机器人|智能体"
        r"|大模型)(?:的)?(?:提示|说明|指令|注意|请注意)?\s*[:,]|作为(?:一个)?(?:AI"
        r"|人工智能|语言模型)"
    ),
)
_SECRECY = (
    (
        r"\b(?:do not|don't|please don't|never|avoid)\b[^.\n]{0,20}\b(?:tell|inform"
        r"|discuss|mention|call|phone|ring|contact|involve|talk)\w*\b"
    ),
    (
        r"\bkeep (?:this|it) (?:strictly )?(?:confidential|between us|secret|quiet"
        r"|private)\b|\bbetween (?:you and me|us only)\b|\bstrictly confidential\b"
        r"|\bi(?:'m| am) in a meeting\b"
    ),
    (
        r"(?:不要|请勿|切勿|别|勿)(?:和|跟|向|与)?[^。\n]{0,8}(?:告诉|通知|联系|告知"
        r"|致电|打电话|外传|声张|提起|提及|讨论|说起)|(?:严格|务必|请)?保密|不要对外"
        r"|我(?:正)?在开会"
    ),
)
_PRESSURE = (
    (
        r"\burgent(?:ly)?\b|\bimmediately\b|\basap\b|\bright (?:away|now)\b"
        r"|\bfinal (?:notice|warning|reminder)\b|\blegal action\b"
        r"|\bwithin the (?:next )?hour\b"
    ),
    r"紧急|加急|立即|立刻|马上|火速|十万火急|最后通知|法律后果|务必今天",
)
_PLACE = (
    r"(?:bank|account|wallet|payment|banking|payout|remittance|deposit|address|iban|beneficiary)"
)
_ZH_PLACE = (
    r"(?:收款|银行|钱包|付款|开户|打款)?(?:账户|账号|帐户|帐号|地址|钱包|卡号"
    r"|收款信息|开户行|银行信息)"
)
_NEW_DETAILS = (
    (
        rf"\b(?:new|changed|updated|revised|different|alternative|other|replacement"
        rf"|temporary)\s+(?:\w+\s+)?{_PLACE}\b(?:\s+(?:details|account|address|wallet"
        rf"|number|information|coordinates|instructions))?"
    ),
    (
        rf"\b{_PLACE}\b(?:\s+(?:details|account|address|wallet|number"
        rf"|information))*\s+(?:has|have|was|were|is|are)(?: been| recently| just"
        rf"| being)*\s+(?:chang|updat|mov|switch|clos|frozen|block|replac|compromis"
        rf"|suspend|under audit)\w*"
    ),
    (
        rf"\b(?:we|i)(?:'ve| have)?(?: just| recently)? (?:changed|switched|moved"
        rf"|updated)\b[^.\n]{{0,25}}\b(?:{_PLACE}|banks)\b"
    ),
    (
        rf"\b(?:no longer use|stop using|do not use|don't use"
        rf"|instead of)\b[^.\n]{{0,25}}\b(?:old|previous|usual|former|our"
        rf"|the)\b[^.\n]{{0,15}}\b{_PLACE}\b|\b(?:old|previous|former"
        rf"|usual) {_PLACE}\b[^.\n]{{0,30}}\b(?:closed|frozen|blocked|audit|no longer"
        rf"|invalid)\b"
    ),
    rf"\b(?:update|change|amend) (?:your|our|the|my) (?:records|{_PLACE})\b",
    rf"(?:新的?|变更后的?|更新后的?|更换后的?|临时|另一个|其他){_ZH_PLACE}",
    (
        rf"{_ZH_PLACE}[^。\n]{{0,8}}(?:变更|更改|更换|变动|更新|改为|改成|换成|换了|停用"
        rf"|冻结|作废|注销|调整)"
    ),
    (
        rf"(?:变更|更改|更换|更新|调整)(?:了|我司|我方|本公司|的)*{_ZH_PLACE}|(?:原|旧"
        rf"|之前的?|以前的?){_ZH_PLACE}[^。\n]{{0,10}}(?:停用|冻结|作废|不再|注销|审计"
        rf"|别用|不要用)"
    ),
)

_FLAGS = re.IGNORECASE
PATTERNS: tuple[tuple[FlagKind, re.Pattern[str]], ...] = (
    ("instruction", re.compile("|".join(_INSTRUCTION), _FLAGS)),
    ("secrecy", re.compile("|".join(_SECRECY), _FLAGS)),
    ("pressure", re.compile("|".join(_PRESSURE), _FLAGS)),
    ("new_details", re.compile("|".join(_NEW_DETAILS), _FLAGS)),
    *CLAIMS,
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s|$)|[。!;](?=.|$)|\n|$)", re.MULTILINE)


def found_in(text: str) -> Iterator[tuple[FlagKind, int, int]]:
    """Every such wording in cleaned text, with its place."""
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if match.group().strip():
                yield kind, match.start(), match.end()
    for start, end in open_questions(text):
        yield "doubt", start, end


def without_instructions(text: str) -> str:
    """The text with the sentences blanked in which somebody gives orders; places stay the same."""
    out = list(text)
    orders = [(start, end) for kind, start, end in found_in(text) if kind == "instruction"]
    for match in _SENTENCE.finditer(text):
        if any(start < match.end() and end > match.start() for start, end in orders):
            for place in range(match.start(), match.end()):
                out[place] = out[place] if out[place] == "\n" else " "
    return "".join(out)
