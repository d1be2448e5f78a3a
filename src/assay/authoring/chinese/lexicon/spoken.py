"""Verbs of one character that only what stands behind them shows to be one: 先结一半, 主队赢了."""

from __future__ import annotations

import re

from assay.authoring.chinese.lexicon.verbs import Verb

_NUMBER = r"\d一二两三四五六七八九十百千万半"
_END = r"[,。;、!]|$"
SPOKEN: dict[str, tuple[re.Pattern[str], Verb]] = {
    "结": (
        re.compile(rf"结(?=[{_NUMBER}]|余款|尾款|剩|款|账|钱|{_END})"),
        Verb("结", "pay", "give"),
    ),
    "出": (re.compile(rf"出(?=[{_NUMBER}]|钱|{_END})"), Verb("出", "pay", "give")),
    "补": (
        re.compile(rf"补(?=[{_NUMBER}你我他您]|差价|差额|运费|房租|租金|钱|余款|尾款)"),
        Verb("补", "pay", "give"),
    ),
    "返": (re.compile(rf"(?<![我你他她])返(?=[{_NUMBER}你我他她您])"), Verb("返", "pay", "give")),
    "坏": (re.compile(rf"坏(?=了|的|掉|{_END})"), Verb("坏", None, "own")),
    "罚": (
        re.compile(rf"(?<![交付缴纳])罚款?(?=[{_NUMBER}你我他她您]|人民币)"),
        Verb("罚", "pay", "give"),
    ),
    "动": (
        re.compile(r"动(?=用?(?:金库|国库|资金|本金|押金|里|合约|这|钱|池|储备|库))用?"),
        Verb("动用", "use", "do"),
    ),
    "登": (re.compile(r"登陆(?![时后前,。的])"), Verb("登陆", None, "own")),
    "续": (re.compile(rf"(?<!不)续(?={_END})"), Verb("续", "renew", "do")),
    "加": (
        re.compile(rf"(?:(?<=每次)|(?<=至少)|(?<=最少))加(?=[{_NUMBER}])"),
        Verb("加价", "bid", "do"),
    ),
    "进": (
        re.compile(r"进(?=国库|金库|奖池|奖金池|基金|账|合约|资金池)"),
        Verb("进", "pay", "give"),
    ),
    "奖": (re.compile(rf"奖(?=[{_NUMBER}你我他她您])"), Verb("奖", "pay", "give")),
    "丢": (re.compile(rf"丢(?=了|的|{_END})"), Verb("丢", None, "own")),
    "赢": (re.compile(rf"赢(?=了|的|就|球|{_END})球?"), Verb("赢", None, "own")),
    "输": (re.compile(rf"输(?=了|的|就|球|{_END})球?"), Verb("输", None, "own")),
}
SPOKEN |= {
    verb: (
        re.compile(
            rf"{verb}(?:(?:完|好)(?![成毕整评坏])|个(?![月人体])|(?<=[帮替][你我他她您].)|(?<=每.)(?=[{_NUMBER}]))"
        ),
        Verb(f"{verb}完", "perform", "do"),
    )
    for verb in "做干搞弄办写画跑拍剪唱演拆搬洗刷装拉带接译推邀讲录种"
}
"""Each character with where it is a verb, and the verb."""

COUNTS_AS = re.compile(
    r"(?:算作|算是|就当|算|当作)(?=验收|确认|同意|接受|放弃|违约|通过|合格|收货|签收|默认|取消|退出|拒绝)"
)
"""算验收通过: 视为."""

_ADDRESSED = (
    "老板 你好 您好 大家好 各位 各位好 亲 亲们 兄弟 兄弟们 朋友们 哥 姐 师傅 老师 大佬 群主 "
    "同学们 好的 嗯 哈喽 在吗 对了 这样吧 说好了 说定了 讲好了 谢谢 辛苦了 各位伙伴 各位成员 "
    "各位老板 尊敬的客户 尊敬的用户 亲爱的用户 尊敬的会员"
)
OUTBIDS = re.compile(
    rf"(?:至少|最少)?(?:比[^,。;]{{1,10}}?(?:至少|最少)?(?:高出|多出|高|多)"
    rf"|高出?于?(?:前一次|上一次|上一个出价|当前最高价|当前最高出价|前一出价|上次|前次)(?:出价)?)"
    rf"(?:至少|最少)?(?=[{_NUMBER}])"
)
"""比当前最高价至少高: how far above the bid before it."""

ADDRESSED = frozenset(_ADDRESSED.split())
"""Who is spoken to, and words of courtesy, that stand alone between commas."""
