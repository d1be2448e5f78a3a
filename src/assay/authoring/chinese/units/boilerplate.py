"""Sentences of every contract that ask nobody to do anything on the chain."""

from __future__ import annotations

import re

from assay.authoring.chinese.lexicon.roles import ROLES

_PATTERNS = (
    r"^鉴于",
    r"争议.*(?:管辖|提交.*仲裁|诉讼|法院|协商解决)",
    r"(?:管辖|提交).*(?:法院|仲裁委员会)",
    r"适用.*法律",
    r"受.*法律.*(?:管辖|约束)",
    r"^[^,应须]{0,10}(?:合同|协议|约定|协议书|合同书|文本)[^,应须]{0,4}一式[一二两三四五六七八九十\d]+份",
    r"各执[一二两\d]+份",
    r"具有同等(?:法律)?效力",
    r"^(?:本合同|本协议|本条款).*具有(?:法律)?约束力$",
    r"^(?:本合同|本协议).*(?:签字|盖章|签署|签订)?.*(?:之日起|后)生效$",
    r"^附件[^,应须请]*$",
    r"^(?:合同|协议|订单|文件)?编号[::]?",
    r"^[A-Z]{1,6}[-\d]{3,}$",
    r"未尽事宜",
    r"^[^,。]{0,12}\(?(?:签字|盖章|签章)\)?[::_]*$",
    r"^(?:签订|签署)?(?:日期|地点)[::]",
    r"^(?:双方|各方|甲乙双方).*(?:自愿|平等|协商).*(?:订立|签订|达成).*(?:合同|协议|如下)",
    r"(?:达成|订立)如下(?:协议|条款)",
    r"^(?:第[一二三四五六七八九十]+[章节])?(?:总则|定义|释义|其他|其它|附则)$",
    r"构成.*(?:不可分割|组成部分)",
    r"标题.*(?:方便|便于|影响)",
    r"(?:取代|替代).*(?:此前|之前|先前).*(?:协议|约定|沟通)",
    r"^(?:根据|依据|依照)(?:《[^》]*》|[^,]*(?:法律|法规|条例|民法典|[司同券险]法))[^,]*",
    r"^[^,应]{0,16}(?:之间|项下|有关|任何|所有|各项|^)的?[^,应]{0,6}(?:通知|通讯|函件)[^,]{0,4}[应须均].?书面",
    r"(?:合同|协议|条款)的?[^,]{0,6}(?:修改|变更|补充|修订)[^,]{0,8}(?:书面|签署|补充协议)",
    r"不(?:构成|视为|得视为|应视为|应被视为)[^,]*(?:放弃|弃权)",
    r"无效.*不影响",
    r"^特此(?:说明|声明|证明|约定|确认|通知|承诺|公告|协议|备忘)$",
    r"(?:友好|平等|自行)?协商解决.*(?:争议|纠纷|分歧)",
    r"^(?:由)?(?:双方|各方|甲乙双方)?(?:应|应当)?(?:友好|另行)?协商(?:解决|确定|处理)?$",
    r"^协商不成的?$",
    r"(?:双方|各方|甲乙双方)(?:均|均已|已|已经|确认已|确认均已)[^,应须]{0,6}(?:知悉|阅读|理解|知晓|了解)",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)
_TITLE = re.compile(r"^[^,。;::]{0,20}(?:合同|协议|协议书|合同书|条款|章程|约定|规则|须知)$")
_ABOUT = (
    "租金|价款|货款|价格|费用|服务费|报酬|佣金|工资|押金|定金|保证金|质保金|预付款|款项|收益|利润|版税|版权|税费|付款|支付|"
    "结算|交付|交货|发货|验收|检验|质量|质保|保修|售后|退款|退货|退还|保密|违约|保险|理赔|维修|维护|担保|抵押|质押|"
    "借款|还款|利息|投资|出资|分红|分配|分成|归属|授予|锁定|转让|投票|表决|募集|众筹|认购|拍卖|出价|成交|"
    "租赁|服务|合作|项目|工程|标的|产品|设备|房屋|货物|作品|代币|期限|租期|工期|生效|变更|解除|终止|续租|续约|通知|"
    "不可抗力|知识产权|争议|定义|附则|总则|其他|其它|离职|退出|风险|运输|包装|数量|资金|账户|托管|奖励|离婚|赠与"
)
_HEADS = (
    "方式|责任|义务|权利|权利义务|条款|期限|时间|标准|内容|范围|安排|办法|条件|归属|解决|处理|约定|事项|概况|标的|"
    "物|规则|流程|程序|机制|金额|总额|管理|使用|用途|说明|分配|比例"
)
_LONGEST_HEADING = 16
_HEADING = re.compile(
    rf"(?:(?:甲乙)?双方的?|[甲乙丙]方的?)?(?:{_ABOUT})(?:的|及|与|和|、|或|以及|{_ABOUT}|{_HEADS})*|"
    rf"(?:(?:甲乙)?双方的?|[甲乙丙]方的?)(?:{_HEADS}|的|及|与|和|、)+"
)
_DUTY = re.compile(
    r"(?<![供响])应|须|不(?!可抗力|动产|正当)|有权|可以|解除|终止|支付|转让|履行|签订|遵守|修改|违反"
    r"|签署|提交|起草|拟定|拟订|审核|审查|续签|续订|出具|取消|退回|归还|返还|交付(?!协议|合同)"
    r"|禁止|严禁|无权|能(?!源)|要(?!约|求)|将|向|把|同意|承诺"
)
_PART = re.compile(r"[^,:]+")
_GIVES = re.compile(
    r"支付|付给|付清|付款|打给|退还|退回|退给|返还|归还|存入|托管|释放|转让|转给|交付|交货|发货|赔偿"
    r"|\d(?:USDC|USDT|DAI|ETH|元|美元|%)|\d [A-Z]{2,}"
)


def asks_of(sentence: str) -> list[tuple[int, int]]:
    """The stretches of a sentence that may ask for something: all of it, a part, or none.

    Recitals, law, copies and signatures ask for nothing, but what is to be paid or handed over may
    stand beside them: 双方达成如下协议:甲方支付500 USDC.
    """
    if _TITLE.match(sentence) and not _DUTY.search(sentence):
        return []
    idle = [found.span() for one in _COMPILED if (found := one.search(sentence)) is not None]
    if not idle:
        return [(0, len(sentence))]
    runs: list[tuple[int, int]] = []
    for part in _PART.finditer(sentence):
        start, end = part.span()
        if any(start < stop and begin < end for begin, stop in idle):
            continue
        if runs and runs[-1][1] == start - 1:
            start = runs.pop()[0]
        runs.append((start, end))
    return [run for run in runs if _GIVES.search(sentence[slice(*run)])]


def is_title(line: str) -> bool:
    """Whether the line that a text begins with names what it is about: 二手电脑买卖."""
    role = any(line.startswith(one) for one in ROLES if len(one) > 1 and one != "合作社")
    plain = re.fullmatch(r"[^\s,。;:!?、()\d]{2,16}", line) is not None
    return plain and not role and not _DUTY.search(line)


def is_heading(line: str) -> bool:
    """Whether a line without a mark behind it only names what the lines below are about."""
    return len(line) <= _LONGEST_HEADING and _HEADING.fullmatch(line) is not None
