"""Names of people in running text: 小王, 阿杰, 张三, 王小明, and 甲 and 乙 alone."""

from __future__ import annotations

import re

from assay.authoring.chinese.lexicon.roles import ROLES
from assay.authoring.chinese.lexicon.suffixes import NOT_AGENTS

_WHO_PAYS = ("款人", "款方", "款者", "费用户", "费会员", "费方", "费者")
_KEPT_IN = ("合约", "托管", "平台", "账户", "钱包", "银行", "这里", "里面", "池", "你")

_DONE = {
    "已付": {"清", "完", "齐", "款"}, "已缴": {"纳", "清", "齐"}, "已交": {"付", "清", "纳", "齐"},
    "已收": {"到", "讫", "妥", "款", "货"}, "已存": {"入"}, "已投": {"入", "保"},
    "没收": {"到", "齐", "讫"},
}  # fmt: skip
"""已付清 is 已 and 付清, while 已付 alone says no more than which sum is meant; 没收到 is not to
have received, while 没收 is to forfeit."""
_SINCE = re.compile(r"[^,。;]{0,16}?之日起")
_SURNAMES = (
    "张王李赵刘陈杨黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢"
    "傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤雨明红强"
    "芳兰刚军敏静丽勇艳杰娟涛华燕玲丹萍鹏飞波斌宇浩凯秀英梅建文辉力慧婷雪琳玉兵磊洋峰超"
)
SHORT_NAME = re.compile(
    rf"(?!小于(?:等于|或|[\dA-Z一二三四五六七八九十百千万]))[小老阿][{_SURNAMES}]"
    r"(?![额组区类型号程题])|"
    r"[小阿](?![时组区程微额麦说计数于规型工写学雨店姨农孩伙票件号类幅])[\u4e00-\u9fff](?=[应须将把给向可必需不未付还从在于每和与得分]|$|[,。;、])"
)
FULL_NAME = re.compile(
    r"(?:(?!周[三四五六])[张李王赵孙刘陈周吴钱郑][三四五六七八九]|"
    r"[张李王赵孙刘陈周吴钱郑杨黄徐胡朱林郭何罗梁谢宋唐许邓韩冯曹彭"
    r"曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈姚卢傅钟姜崔谭廖范汪陆石贾韦夏邱侯邹熊孟秦阎薛尹段雷黎史龙陶贺顾毛郝龚邵严]"
    r"[小大晓文志建国海永春秋玉雪美子思雨佳欣一]?[明伟芳娜敏静丽强磊军洋勇艳杰娟涛"
    r"超霞平刚兰英华梅红林辉鹏飞波宇浩然怡琪婷晨阳峰龙慧玲])"
    r"(?=$|[给向将把应须在从与和、,。:的需可支付收转欠借每于不未没分"
    r"按若如同承有因以先再也都是就负拖逾迟享持拿得交退还赔购买卖投认质确解取领必要愿]"
    r"|\d|[一二两三五六七八九十百半壹贰叁伍]+[个枚元块万千百 A-Z])"
)
LETTER = re.compile(
    r"[甲乙丙丁](?=$|[\d,。;、给向应须将把可需在于每]|支付|[一二三四五六七八九十]+[天日周个])"
)


_BARE = re.compile(
    r"[张李王赵孙刘陈周吴钱郑杨黄徐胡朱林郭何罗梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁"
    r"沈姚卢傅钟姜崔谭廖范汪陆石贾韦夏邱侯邹熊孟秦阎薛尹段雷黎史龙陶贺顾毛郝龚邵严马高][\u4e00-\u9fff]{1,2}|"
    r"[小老阿][\u4e00-\u9fff]"
)


def is_name(text: str) -> bool:
    """Whether words that stand where somebody is named look like a person's name."""
    return _BARE.fullmatch(text) is not None


def cuts_a_name(text: str, place: int, length: int) -> bool:
    """给出租人, 付款人民币: the last character belongs to the word behind."""
    stop = place + length
    last, behind = text[stop - 1], text[stop : stop + 1]
    if (last == "人" and text.startswith("民币", stop)) or (length > 1 and last + behind == "租金"):
        return length < 4 and text[place] in "付交缴收人付款"
    if length != 2 or text[stop - 1] not in "出受":
        return length > 1 and last + behind in {"至少", "至多"}
    return any(text[stop - 1 : stop + size] in ROLES for size in (2, 3))


def begins_other(word: str, text: str, place: int, end: int) -> bool:
    """对方案 has 方案, 抽成交额 has 成交额: the end of a word belongs to the one behind it."""
    behind = text[place + len(word) : end]
    return (
        (word == "对方" and behind[:1] in NOT_AGENTS)
        or (word in {"方可", "方能"} and behind[:1] in {"以", "够"})
        or (word in _DONE and behind[:1] in _DONE[word])
        or (word == "不退" and behind[:1] in {"货", "房", "租"})
        or (word[0] == "自" and len(word) > 1 and _SINCE.match(behind) is not None)
        or (word == "抽成" and behind[:1] == "交")
        or (word.endswith("分配") and len(word) > 2 and behind[:1] == "给")
        or (word == "扣押" and behind[:1] == "金")
        or (word == "扣押金" and behind[:1] == "的")
        or (word == "存在" and behind.startswith(_KEPT_IN))
        or (word == "给付" and behind.startswith(_WHO_PAYS))
        or (word == "前提" and text[place + 1 : place + 3] in {"提交", "提供", "提出"})
    )
