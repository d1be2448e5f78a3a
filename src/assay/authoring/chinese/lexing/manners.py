"""Patterns of several words: references, ordinals, where, how it is paid, 应付, cases."""

from __future__ import annotations

import re

from assay.authoring.chinese.lexing.numerals import NUMERAL

REFERENCE = re.compile(
    rf"(?:本合同|本协议|本条款?|合同|协议)?第\(?(?:{NUMERAL}|\d+(?:\.\d+)*)\)?"
    rf"[条款项章节](?:第\(?(?:{NUMERAL}|\d+(?:\.\d+)*)\)?[条款项])*|本条|本款|附件[一二三四五六七八九十\d]*"
)
ORDINAL = re.compile(
    rf"第(?:{NUMERAL})(?:个)?(?:期|次|笔|轮|批|阶段|名|位|里程碑|年度?|月|季度|周|日|天|步|部分|种)"
)
INSTALMENTS = re.compile(
    rf"(?:分成|分为|分|共计|总共|一共|合计|共)(?P<count>{NUMERAL})(?:期|次|笔|批|个?阶段)(?![间限])"
)
FOREMOST = re.compile(
    rf"排名前(?:{NUMERAL}|\d+)[名位]?的?|(?<![^给向由把将与,;、。:励从])前(?:{NUMERAL}|\d+)[名位]的?"
)
"""排名前三的选手, 前十名买家: those who stand first, and no time before."""
HIGHEST = re.compile(
    r"(?:出价|报价|竞价|投标价|得票|票数|得分|投票|贡献|持币量?|持股|持仓)(?:数|数量)?"
    r"(?:最高|最低|最多|最少)的(?:那[个位名])?"
    r"(?:竞买人|出价人|竞拍者|竞拍人|投标人|投标方|买家|买方|卖家|供应商|承包商|用户|成员|候选人|项目|作品|方案|"
    r"选手|参与者|公司|人)"
)
"""出价最高的人, 报价最低的供应商: one of many."""
WEEKDAY = re.compile(
    r"(?:[上下本这](?:个)?)?(?:周|星期|礼拜)[一二三四五六日天末](?![期年个])(?:之?前|内)?"
)
PLACED = re.compile(
    r"经(?:检验|验收|检测|检查|测试|审核|核实|查验|鉴定)(?=完好|无损|无误|达标)|"
    r"经(?:依法)?(?:审计|公证|认证|核准|备案|双方签字|双方盖章|双方确认|签字|盖章)的|"
    r"在?本?(?:合同|协议)项下的|(?:位于|坐落于|座落于|坐落在)[^,。;的]{1,40}的|本着[^,。;]{2,16}(?:精神|原则)|单[笔次](?=支付|转账|提取|提款|提现|取款|付款|支出|消费|充值|投资|购买|交易|转出|划转)"
)
MANNER = re.compile(
    r"(?:通过|以|采用|采取|用|按)(?:(?:智能)?合约|链上|线上|线下|银行|网银|电子|现金|支票|微信|支付宝|邮件|"
    r"书面|快递|邮寄|传真|短信|口头|汇款|转账|电汇|跨行|手机|第三方支付|同城|当面|直接|双方认可|约定|其他|或者|"
    r"[或和与及、/的])+(?:方式|形式|渠道|途径|手段)|"
    r"(?:通过|以|用)(?:银行转账|银行汇款|网银|链上转账|线上|微信|支付宝|电汇|现金|微信转账|支付宝转账|银行)"
    r"(?=支付|付|转|归还|返还|退|汇|缴|打|交|结|偿|赔|向)"
)
_DUE = re.compile(r"应付(?!未|的|而|账|金额|款项|款的|得)(?P<pays>清|给|人民币|\d|款人民币|款\d)?")
CASES = re.compile(
    r"(?:同时)?(?:存在|出现|发生|具有|具备|符合|满足|属于|有|在|于)?(?:下列|以下|如下|下述)"
    r"(?:任[何意]?一|任何|任意|各|全部|所有|违约)*(?:种|项)?(?:情形|情况|条件|事由|事件|行为)"
    r"(?:之一|中?的?任[何意]?一[种项]|下)?"
)
OUTSIDERS = re.compile(
    r"(?:股东|合伙人|双方|甲乙双方|各方|当事人|本协议|本合同|公司|本公司|继承人|成员)[之以]外的任?何?"
    r"(?:第三人|第三方|第三者|人|他人|主体|个人|单位)"
)
"""股东以外的人: somebody by whom they are not."""
_LOST = "(?:毁损|损毁|灭失|损坏|丢失)"
AT_RISK = re.compile(
    r"(?:不可|非|可|应)归责于[^,。;的]{1,10}的(?:事由|原因)"
    rf"|{_LOST}(?:(?:[、或和及与]|或者|以及){_LOST})*的?风险"
)
"""不可归责于承租人的事由, 毁损、灭失风险: by whose fault, and at whose risk."""
POORLY = re.compile(r"(?<=因)[^,。;的致造导引使]{2,6}(?:不善|不当|不实|不力|不慎|失误|疏忽|过失)")
"""保管不善 behind 因: what was done badly is a cause."""
_ANY_CAUSE = (
    r"(?:无论|不论|不管)(?:是)?(?:因为|因|由于|出于)?(?:何种|什么|任何|何|哪种)"
    r"(?:原因|理由|情况|情形|事由)(?:下)?(?:导致|造成|引起)?的?"
)
WHATEVER = re.compile(rf"{_ANY_CAUSE}(?=[,，]|$)|无论如何|在?任何(?:情况|情形)下")
"""无论何种原因: no condition."""
WHENEVER = re.compile(rf"{_ANY_CAUSE}(?![,，]|$)")
"""无论因何种原因终止合作: it does not matter why, but the act is a condition."""
OVER = re.compile(r"超(?=[\d一二三四五六七八九十百千万半两])")
TITLED = re.compile(r"《[^》]{1,24}》(?<!合同》)(?<!协议》)(?<!条例》)(?<!法》)(?<!书》)")
"""歌曲《归途》: what a work is called is no clause."""
LIMITS = re.compile(
    r"限(?=[一两二三四五六七八九十百\d]|铸|兑|抢|申|认|提|取|转|用|借|订|报|发|换|买|投|质押)"
)
"""限 in 每个地址限铸2枚."""


def must_pay(text: str, place: int, *, named: bool) -> bool:
    """甲方应付100元, 应付清尾款: a duty, not what is due as in 应付未付金额."""
    match = _DUE.match(text, place)
    return match is not None and (match["pays"] is not None or named)


def how_many(words: str) -> str:
    """Whether all of the cases below have to hold, or any of them."""
    if any(word in words for word in ("之一", "任")):
        return "any"
    every = any(word in words for word in ("全部", "所有", "各", "同时", "条件"))
    return "all" if every else "any"
