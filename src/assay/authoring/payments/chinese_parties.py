"""Whether the words of a request in Chinese leave no doubt who is to be paid.

A name on file in a text is not yet who is paid: 他哥哥, 其子公司 or a person who collects it (代收)
may be, or it may be who pays.
"""

from __future__ import annotations

import re

from assay.authoring.chinese.lexing.numerals import NUMERAL
from assay.authoring.payments import chinese_words as wording
from assay.authoring.payments.lookalikes import bare

_PERSON = (
    r"(?:哥哥?|弟弟?|姐姐?|妹妹?|妻子|丈夫|太太|夫人|爱人|老婆|老公|配偶|女友|男友|对象|父亲|母亲|父母"
    r"|爸爸?|妈妈?|儿子|女儿|孩子|子女|家属|家人|家里|亲属|亲戚|叔叔?|舅舅?|姑姑|阿姨|表[哥弟姐妹]|堂[哥弟姐妹]"
    r"|朋友|室友|邻居|老乡|同事|老板|领导|上级|经理|助理|秘书|会计|出纳|财务|律师|代理人?|代表|法人|法定代表人"
    r"|负责人|股东|合伙人|员工|下属|司机|经纪人?|房东|房客|债权人|担保人|继承人|受益人|供应商|分包商"
    r"|子公司|母公司|分公司|总公司|关联公司|兄弟公司|关联方|控股|集团|分店|办事处|律所|基金会"
    r"|一家|全家|朋友的|介绍人|经办人|联系人|中间人)"
)
_OTHER = r"(?:别人|他人|旁人|另一(?:个|位|人|家)|其他(?:人|公司|供应商)|第三(?:方|人)|某人|谁)"
_PROXY = re.compile(
    rf"(?:他|她|它|他们|其|该(?:公司|人|员工)|对方|此人|该司)的?{_PERSON}"
    rf"|改(?:付|打|汇|转|给|向)|换(?:付|打|汇|给)|转交|转付|转让给|让与|移交"
    r"|代(?:收|领|付|缴|为|转|取|持|支)|代[^\s,。;\d理表码号]{1,20}(?:收|付|领|支付|转|缴)"
    r"|委托|受托|托付|授权[^,。;\n]{0,10}(?:收|领)"
    r"|由[^,。;\n\d]{1,16}(?:收(?!货|费标准)|领|接收|收取|转)|替[^,。;\n\d]{1,16}(?:付|转|打|汇|收|领|支)"
    r"|以[^,。;\n]{1,16}名义|名下"
    r"|(?:实际|真正|最终|真实)的?(?:收款|受益)|而(?:不|非)是?(?:付|给|向|打|转)"
    rf"|{_OTHER}|收款人(?:写|填|用|是|为|应)|来(?:拿|取|领|收)|领走|取走|介绍的|推荐的|指定的?(?:人|公司|账户|收款)|的人\b"
)
"""Somebody else comes into play as soon as one of these is said."""
_PURPOSE = re.compile(r"(?:用于|作为|用途|事由|摘要|备注|说明|原因)[^,。;\n]*|购买[^,。;\n]*")
_LEAD = r"(?:我们的?|我司的?|公司的?|本公司的?|供应商|承包商|同事|员工|客户|收款人|@|[ \t])*"
_AT = (
    r"(?:付给|付至|付到|支付给|支付到|支付至|转给|转到|转至|转入|转账给|转账到|打给|打到|打至|打入|打款给"
    r"|打款到|汇给|汇到|汇至|汇入|汇款给|汇款到|发给|发放给|划给|划到|划至|划拨给|结给|结算给|还给|报销给"
    r"|交给|递给|送给|归还给)"
)
_PAID = r"(?:支付|付|转|打|汇|结清|结算|划拨|拨付|发放|报销|发|退)"
_STOP = r"\s,。;:、!?()「」《》<>\"'\d"
_OURS = re.compile(
    r"(?:他|她|它|他们|她们|它们|对方|其|该公司|该司|我|我们|我司|我方|本公司|我公司|您|你|以下|下列|上述"
    r"|指定|原|老|常用|登记|备案|同一)?(?:的)?(?:收款|银行|钱包|公司|登记|备案)?"
    r"(?:账户|账号|帐户|帐号|地址|钱包|卡|卡号|卡里|账上|那里|本人|自己)?$"
)
_THING = (
    r"(?:费用?|款项?|工资|薪水|薪酬|租金|房租|佣金|奖金|押金|报酬|发票|账单|欠款|钱|订单|单据|合同|余额|尾款"
    r"|货款|定金|版税|保费|金额|支出|垫款|借款|报销单?|津贴|补贴|利息|本金|开销|赔偿|稿酬|服务|租赁|票据?|账款?"
    r"|采购单|采购|单号|编号)"
)
_FOLLOW = (
    rf"(?=\s*(?:$|[,。;:、!?(\n]|的?[^\n,。;]{{0,24}}?{_THING}|(?:的\s*)?(?:人民币|¥|\$|USD|一笔|共|总共|合计)?"
    rf"\s*{NUMERAL}|[^\n,。;]{{0,10}}?{_PAID}|人民币|一笔|即可|就行|吧|谢谢))"
)


def doubt(text: str, payee: str) -> bool:
    """Whether somebody else than `payee` may be meant to get the money, or the payee to give it.

    `text` is cleaned, and without addresses.
    """
    name = _pattern(payee)
    said = _PURPOSE.sub(lambda match: " " * len(match.group()), text)
    if any(not re.search(name, match.group()) for match in _PROXY.finditer(said)):
        return True
    if re.search(rf"(?:代|替|帮|托|由){_LEAD}{name}[^,。;\n]{{0,8}}{_PAID}", said):
        return True
    return _pays(said, name) or _belongs(said, name) or _others(said, name)


def is_recipient(sentence: str, payee: str) -> bool:
    """Whether a sentence has the payee where the one stands who gets the money."""
    name = _pattern(payee)
    found = re.compile(
        rf"(?:向|给|至|欠|付|支付|付清|付一下|结清|结算|结一下|转|打|汇|退|报销|发放|{_AT}){_LEAD}{name}{_FOLLOW}"
        rf"|{name}的?[^\n,。;]{{0,16}}?{_THING}|{name}(?:申请|报销|垫付|开具|开来|寄来|发来)"
    )
    return found.search(sentence) is not None


def _pattern(payee: str) -> str:
    words = r"\s*".join(re.escape(one) for one in bare(payee).split())
    form = r"(?:股份|有限|责任|集团)*(?:公司)?(?:\s+(?:Ltd|Inc|LLC|GmbH|Co|Corp|Limited)\.?)*"
    whole = r"(?<![A-Za-z])" if payee.isascii() else ""
    return rf"{whole}(?i:{words}){form}(?:先生|女士|小姐|老师|同学)?"


def _pays(text: str, name: str) -> bool:
    """Whether the payee is who has to pay."""
    must = r"(?:应|须|需|需要|必须|得|应该|应当|要|该|尽快|马上|立即|今天|今日|本月|来|自己|负责)"
    giving = (
        rf"(?:向|给)?(?:我|我们|我司|我方)?(?:方|司)?(?:支付|付|转|打|汇|还)(?!过|了|的|给{name})"
    )
    found = re.compile(
        rf"(?:请|让|叫|要求|催|催促|通知|提醒|由){name}{must}*(?:(?:把|将)[^,。;\n]{{0,24}})?{giving}"
        rf"|从{name}[^,。;\n]{{0,8}}{_PAID}"
        rf"|{name}{must}{{1,3}}{giving}|{name}(?:还|仍|尚|共|一共)?欠(?:了|着)?(?:我|咱|本)|(?:向|找|从|跟|问){_LEAD}{name}[^,。;\n]{{0,6}}(?:收取|收|催|讨|追|要回|索|扣)"
        rf"|(?:付款人|付款方|买方|购买方|甲方|客户)[ \t]*:[ \t]*{name}"
    )
    return found.search(text) is not None


def _belongs(text: str, name: str) -> bool:
    """Whether somebody who is only told by the payee's name is paid: 李雷的律师."""
    if re.search(rf"{name}的?(?:那个|那位|另一?个?)?{_PERSON}", text):
        return True
    of_it = re.compile(
        rf"(?:向|给|{_AT}){_LEAD}{name}的(?P<words>[^\n,。;]*?)(?={_PAID}|{NUMERAL}|[,。;\n]|$)"
    )
    for match in of_it.finditer(text):
        words = match["words"].strip()
        if words and not re.search(rf"{_THING}$", words) and not _OURS.fullmatch(words):
            return True
    named = rf"(?:支付|付|给|向){_LEAD}{name}(?:介绍|推荐|指定|安排|委派|雇|请|派|认识|带)"
    return re.search(named, text) is not None


def _others(text: str, name: str) -> bool:
    """Whether others stand where the one stands who gets the money."""
    if re.search(rf"{name}\s*\([^)\n]*(?:账户|账号|帐户|帐号|卡|收|代|转)[^)\n]*\)", text):
        return True
    if re.search(rf"{NUMERAL}\s*[A-Za-z]*\s*给{name}(?:转|再)[^\d,。]", text):
        return True
    other = rf"(?:或者?|和|与|及|以及|、|/|还是){_LEAD}[^{_STOP}]{{2,}}"
    if re.search(rf"{name}{other}(?={_PAID}|{NUMERAL}|各|分别)", text):
        return True
    own = re.compile(rf"{_LEAD}{name}")
    places = [
        *re.finditer(rf"{_AT}[ ]?(?P<who>[^{_STOP}]+)", text),
        *re.finditer(
            rf"(?<![发付转打汇交还递])(?:向|给)[ ]?(?P<who>[^{_STOP}]{{1,24}}?)(?={_PAID})", text
        ),
    ]
    for match in places:
        who = re.split(rf"{NUMERAL}|人民币|即可|就行|就好|吧|谢谢|用于", match["who"])[0]
        if not who or own.match(text, match.start("who")) or _OURS.fullmatch(who):
            continue
        if wording.PURPOSES.search(who) and not re.search(_PERSON, who):
            continue
        return True
    return False
