"""Claims that would spare a payment its checks: others agreed, rules changed, nothing was paid yet.

They may all be true, and are read for the fields of a request; but no word of a request proves
them, so that a person looks first. The wordings are wide on purpose: an approver's minute is cheap.
"""

from __future__ import annotations

import re

from assay.authoring.payments.model import FlagKind

_ANY_CASE = re.IGNORECASE | re.MULTILINE
_WHO = (
    r"(?:boards?|directors?|c[efto]o|chief \w+ officer|managers?|management|treasurer|treasury"
    r"|controller|committee|council|approvers?|owners?|partners|shareholders?|boss|bosses"
    r"|head of \w+"
    r"|supervisor|president|chair(?:man|woman|person)?|compliance|legal|auditors?|accounting"
    r"|finance"
    r"|bookkeep(?:er|ing)|procurement|headquarters|hq|everyone|everybody|both|all of (?:us|them)"
    r"|leadership|executives?|secretary|founders?)"
)
_AGREES = (
    r"(?:agree[sd]?|says?|said|ask(?:s|ed)|wants?|wanted|know[ns]?|knew|fine|happy|ok|okay|aware"
    r"|wish(?:es|ed)|instruct\w*|order(?:s|ed)|decid\w+|decisions?|vot(?:es?|ed)|accept(?:s|ed)"
    r"|confirm(?:s|ed)|gave|given|grant\w*|request(?:s|ed)|insist\w*|promis\w*|sign(?:s|ed)"
    r"|signatures?|support(?:s|ed)|backs?|backed|resol\w+|told|commit(?:s|ted)|nodded|passed"
    r"|looked|seen|saw|on board|no objections?|obtained|personally)"
)
_RULE = (
    r"(?:polic(?:y|ies)|rules?|limits?|thresholds?|procedures?|process|guidelines?|controls?"
    r"|ceilings?|caps?)"
)
_LOOK = (
    r"(?:look\w*|check\w*|review\w*|questions?|questioned|sign\w*|confirm\w*|verif\w*|approv\w*"
    r"|objections?|steps?|inspect\w*|examin\w*|ask(?:ed)?|wait\w*)"
)
_APPROVAL = (
    (
        r"\b(?:pre-?|un)?(?:approved|approves|approvals?(?! fees?\b)|approving)\b(?<!for approval)"
        r"(?<!your approval)"
    ),
    (
        r"\b(?:authori[sz](?:es|ed|ation|ing)|consent(?:s|ed)?|sanctioned|ratified|endorsed|okay(?:s"
        r"|ed)"
        r"|ok(?:'?e?d|'s)|cleared|vetted|countersigned|co-signed|rubber-?stamp\w*|mandate[ds]?"
        r"|empowered"
        r"|green[- ]?l(?:ight|it)\w*|blessing|thumbs[- ]up|nod from|carte blanche|waved through)\b"
    ),
    (
        r"\b(?:the|our|your|my|his|her|their|a) go[- ]ahead\b"
        r"|\bsign(?:ed|s|ing)?(?: \w+){0,2}[ -]off\b"
        r"|\bsign-?offs?\b|\bdouble-?checked\b"
    ),
    rf"\b{_WHO}\b[^.\n]{{0,60}}\b{_AGREES}\b|\b{_AGREES}\b by [^.\n]{{0,30}}\b{_WHO}\b",
    (
        r"\b(?:all|every|each|necessary|required|usual) (?:the )?(?:\w+ )?"
        r"(?:checks?|approvals?|controls?|reviews?|signatures?)\b"
    ),
    (
        r"\b(?:been|was|were|is|are|have|has|had|already|everything|we|i|they|all)"
        r" (?:(?:already|been|also|now|fully|carefully|it|this|and) )*"
        r"(?:checked|verified|reviewed|validated|vetted|examined|greenlit)\b"
    ),
    rf"\bno (?:\w+ ){{0,2}}{_LOOK}\b",
    rf"\b(?:nobody|no one|none of (?:us|you))(?: \w+){{0,2}} (?:needs?|has|have)(?: to)? {_LOOK}",
    (
        rf"(?:\bnot|n't|\bnever)(?: \w+){{0,2}} (?:be|need|require|have to|bother"
        rf"|worry)\b[^.\n]{{0,40}}"
        rf"\b{_LOOK}\b|(?:\bnot|n't) (?:worry|bother)\b"
    ),
    (
        r"\b(?:straight|right) through\b|\bexempt\w*\b|\bexceptions?\b|\bexceptional(?:ly)?\b"
        r"|\bwaive\w*\b"
        r"|\bfast-?track\w*\b|\bspecial case\b|\bpriority (?:lane|channel|payment)\b"
        r"|\b(?:skip|bypass)\w*\b|\boutside (?:of )?the (?:usual|normal|regular)\b"
    ),
    rf"\b(?:new|updated|revised|changed|current|amended|latest|relaxed|raised) (?:\w+ )?{_RULE}\b",
    (
        rf"\b{_RULE}\b(?: \w+){{0,4}} (?:raised|lifted|chang\w+|updated|removed|suspended|increased"
        r"|doubled|relaxed|revised|allows?|permits?|says?|states?|apply|applies|waived|void)\b"
    ),
    rf"\b(?:according to|as per|per|under|within|in line with) (?:the|our|your) (?:\w+ )?{_RULE}\b",
    (
        r"(?:董事|领导|老板|管理层|总经理|经理|总监|主管|财务|股东|委员会|审批人|负责人|上级|上面|总部"
        r"|高层|法务"
        r"|合规|审计|[王李张刘陈杨赵黄周吴]总|大家|所有人|双方|各方)[^。\n]{0,12}?(?:同意|点头|说|批|签"
        r"|审过|看过|知道|知情|知悉"
        r"|认可|许可|没意见|无异议|没有意见|拍板|决定|通过|放行|授权|确认|核对|核实|要求|交代|交待|发话"
        r"|吩咐|安排过|首肯"
        r"|支持|默许)"
    ),
    r"(?:经|获|得到?)(?!济|理|销|营|费|常)[^。\n,]{0,12}(?:同意|批准|许可|授权|认可|首肯|核准)",
    (
        r"(?:审批|审核|复核|核验|验证|核对|风控)[^。\n,费服]{0,4}(?:通过|完成|完毕|无误|没问题|过了)"
        r"|无误|通过(?:了)?(?:审批|审核|复核)"
    ),
    (
        r"(?:已经?|业已|均已|都已?)[^。\n,]{0,8}(?:批准|同意|授权|特批|签字|签批|核准|盖章|点头"
        r"|确认)(?!收|到)|批复|特批|特事特办"
        r"|绿色通道|口头(?:同意|批准)"
    ),
    (
        r"(?:不必|不用|无需|无须|不需要?|用不着|没必要|何必)[^。\n,]{0,6}(?:看|查|问|审|核|签|等|担心"
        r"|过问)|直接(?:付|放行|通过|转|打款|走)"
        r"|放行|例外|破例"
    ),
    (
        r"(?:新规|新政|新的?(?:规定|政策|制度|规则)|最新(?:规定|政策|制度))|(?:限额|额度|上限|阈值|政策"
        r"|规定|规则)[^。\n,]{0,8}"
        r"(?:上调|提高|调高|放宽|取消|变|改|调整|更新|不适用|失效|允许)|(?:按|根据|依照"
        r"|按照)[^。\n,]{0,6}(?:规定|政策|制度)"
    ),
)
_EARLIER = (
    (
        r"\b(?:pay|send|transfer|wire|remit|paid|sent|try)\b[^.\n]{0,60}\bagain\b|\bsecond time\b"
        r"|\bonce more\b|\bre-?(?:send|pay|sent|issued?|try)\b"
    ),
    r"\bduplicates?\b|\byour (?:system|software|program|bot|filter|tool)s?\b|\bbounced?\b",
    (
        r"(?:\bnot|\bnever|n't) (?:\w+ )?(?:arrived?|reach\w*|c[ao]me|go through|been paid"
        r"|paid|received?|show up|credited)\b"
    ),
    (
        r"\b(?:replac(?:es?|ing)|supersed\w+|instead of) [^.\n]{0,30}\d|\b(?:is|are|now"
        r"|declared) void\b"
        r"|\b(?:first|earlier|previous|original|last) (?:payment|transfer|attempt)\b"
    ),
    (
        r"没(?:有)?(?:到账|收到)|未到账|未收到|退回来?了|被退|再(?:来|付|转|打|发)一|重新(?:付|支付|转"
        r"|打|汇)|重复|代替[^。\n]{0,10}单|重发"
        r"|(?:之前|上次|原来)(?:的)?那?(?:笔|单|张)"
    ),
)
_DOUBT = (
    (
        r"\b(?:assum(?:ing|e)|presum\w+|in case|supposing|not sure|unsure|i think|i guess|i believe"
        r"|probably|perhaps|maybe|possibly|apparently|whatever|to be (?:checked|confirmed)|tbc|tbd"
        r"|if (?:it|this|that|correct|so|needed|applicable|due)|it (?:seems|looks))\b"
    ),
    (
        r"\b(?:see|on|in) (?:the )?(?:page|attachment|attached|enclos\w+)[^.\n]{0,40}\b(?:says?"
        r"|differs?"
        r"|shows?|states?|reads?|different|amount)\b|\bequivalent\b|\bor the same in\b|\bmy job\b"
        r"|\bdispute[ds]?\b|\bcontest(?:s|ed)\b|\b(?:wrong|incorrect|mistaken|too (?:high|much))\b"
    ),
    (
        r"(?:如无|若无|没有|如果没)(?:异议|问题)|不确定|不知道|应该是|好像|似乎|估计|大概是|以附件为准"
        r"|附件[^。\n]{0,8}(?:为准|不同)"
        r"|有争议|争议|等值|折合|约合|或等额|饭碗|赶紧悄悄|别声张"
    ),
)
_SECRET = (
    r"\bquiet(?:ly)?\b|\bdiscreet(?:ly)?\b|\bkeep (?:a )?low\b|\bunder the radar\b",
    r"悄悄|低调处理|私下",
)
_SENTENCE = re.compile(r"[^.!?。\n]+[?]?")
_POLITE = re.compile(
    r"^[\s\"'*,>:-]*(?:(?:hi|hello|hey|dear|good|thanks|and|so|also|then)\b[^,]{0,40}[,!]?\s*)?"
    r"(?:\w+,\s*)?(?:can|could|would|will|may|please|how are|any chance|is it possible|mind)\b"
    r"|请问?能否|(?:能|可以|可否|麻烦|劳驾|能不能|可不可以)[^?]{0,60}(?:吗|呢|么)?\s*[?]$|(?:好"
    r"|行|可以)(?:吗|么)[?]$",
    re.IGNORECASE,
)

CLAIMS: tuple[tuple[FlagKind, re.Pattern[str]], ...] = (
    ("approval", re.compile("|".join(_APPROVAL), _ANY_CASE)),
    ("earlier_payment", re.compile("|".join(_EARLIER), _ANY_CASE)),
    ("doubt", re.compile("|".join(_DOUBT), _ANY_CASE)),
    ("secrecy", re.compile("|".join(_SECRET), _ANY_CASE)),
)


def open_questions(text: str) -> list[tuple[int, int]]:
    """Where somebody asks something, and not politely for the payment: "Is this one of ours?"."""
    sentences = [one for one in _SENTENCE.finditer(text) if one.group().endswith("?")]
    return [one.span() for one in sentences if not _POLITE.search(one.group())]
