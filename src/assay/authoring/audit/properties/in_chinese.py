"""What is said of a clause that was tried on code, in Chinese: statements, reasons and calls."""

from __future__ import annotations

import re

from assay.authoring.actions import CHINESE


def in_chinese(text: str) -> str:
    """A statement, a reason or a call in Chinese; names of the code and of people stay.

    >>> in_chinese("it is possible that 乙方 deposits 100 USDC")
    '可以实现：乙方存入100 USDC'
    >>> in_chinese("day 3: 甲方 calls pay() with 5 ETH -> it is refused")
    '第3天：甲方调用pay()，附带5 ETH -> 被拒绝'
    """
    if found := _POSSIBLE.fullmatch(text):
        functions = f"（{found['functions']}）" if found["functions"] else ""
        return f"可以实现：{_act(found['act'])}{functions}"
    if found := _NEVER.fullmatch(text):
        case = f"（{found['case']}）" if found["case"] else ""
        return f"绝不会发生：{_act(found['act'])}{case}"
    for pattern, chinese in _PHRASES:
        text = pattern.sub(chinese, text)
    return text


_POSSIBLE = re.compile(
    r"it is possible that (?P<act>.+?)(?: \((?P<functions>[\w, ]+)\))?", re.DOTALL
)
_NEVER = re.compile(r"it never happens that (?P<act>[^“]+?)(?: (?P<case>“.+))?", re.DOTALL)
_ACT = re.compile(
    r"(?P<actor>the contract|\S+) (?:can )?(?P<verb>[a-z]+)(?: (?P<what>.+?))?(?: to (?P<to>\S+))?",
    re.DOTALL,
)
_VERBS = {
    third: chinese for verb, chinese in CHINESE.items() for third in (verb, f"{verb}s", f"{verb}es")
}


def _act(text: str) -> str:
    """“乙方 deposits 100 USDC to 甲方”: 乙方存入100 USDC给甲方."""
    found = _ACT.fullmatch(text)
    if found is None:
        return text
    actor = _NAMES.get(found["actor"], found["actor"])
    what = found["what"] or ""
    for pattern, chinese in _PHRASES:
        what = pattern.sub(chinese, what)
    to = f"给{found['to']}" if found["to"] else ""
    return f"{actor}{_VERBS.get(found['verb'], found['verb'])}{what}{to}"


_NAMES = {"the contract": "合约", "somebody": "某人"}
_WHO, _SUM = r"([^\s:;,，。]+)", r"([\d.]+ [\w%]+)"
_UNITS = (("day", "天"), ("week", "周"), ("month", "个月"), ("year", "年"), ("hour", "小时"))
_PHRASES = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        # Calls: when, who, what, and what moved.
        (r"day (\d+), hour (\d+)", r"第\1天\2时"),
        (r"day (\d+), second (\d+)", r"第\1天\2秒"),
        (r"day (\d+)", r"第\1天"),
        (
            rf"(?<=[天时秒]): {_WHO} calls (\w+\(.*?\))(?: with {_SUM})? ->",
            r"：\1调用\2，附带\3 ->",
        ),
        (r"，附带 ->", " ->"),
        (rf"(?<=[天时秒]): {_WHO} forces {_SUM} upon the contract", r"：\1强行转入\2"),
        (rf"(?<=[天时秒]): {_WHO} (?:transfers|sends) {_SUM} to the contract", r"：\1向合约转入\2"),
        (r"-> it is refused", "-> 被拒绝"),
        (r"-> no money moves", "-> 无资金变动"),
        (r"-> (\w+), after", r"-> \1"),
        # Statements.
        (r"less than (.+) is not taken for it", r"不接受少于\1的付款"),
        (r"more than (.+) is refused", r"超过\1的付款被拒绝"),
        (r"less than (.+) is refused", r"少于\1的付款被拒绝"),
        (r"not unless (.+)", r"不满足\1时不会发生"),
        (r"it is refused unless (.+)", r"不满足\1时被拒绝"),
        (r"nobody else makes it be paid more often", "他人不能使其更频繁地付款"),
        (r"nobody but (.*?) can do it", r"只有\1能够做到"),
        (r"nobody but (.*?) can call (.+)", r"只有\1可以调用\2"),
        (r"nobody else can bring it about", "他人不能促成"),
        (
            r"(.+) gets (.+), neither more nor less, and nobody else does",
            r"\1恰好得到\2，别人得不到",
        ),
        (r"(.+) gets (.+) when it is paid", r"付款时\1得到\2"),
        (r"it can be had as soon as it is due", "到期即可取得"),
        (
            r"money leaves the contract only to whom the clauses name",
            "资金只付给条款写明的人",
        ),
        (
            r"(\w+) does what the clauses say, in every history of calls",
            r"在每一组调用中，\1都与条款一致",
        ),
        # Reasons.
        (
            r"(\d+) payments of just that amount were refused, and none was taken",
            r"\1次该数额的付款都被拒绝",
        ),
        (r"no call takes such a payment", "没有接受这种付款的调用"),
        (r"calls and money do not show it: ", "从调用和资金中看不出："),
        (
            r"(\d+) calls of (.+) went through, and nothing to be seen changed",
            r"\2的\1次调用成功，但没有可见的变化",
        ),
        (
            r"(\d+) calls of (.+) were made, and none by whom the clause names went through",
            r"调用\2共\1次，条款所指的人无一成功",
        ),
        (r"no call was found that could do it", "没有找到能够做到的调用"),
        (r"it never came to that in the trials", "试验中从未出现这种情形"),
        (r"it was never carried out in the trials", "试验中从未执行"),
        (r"nothing was refused", "没有调用被拒绝"),
        (r"no call against it could be made", "无法作出违反它的调用"),
        (
            r"only one call was put to the test, and (\d+) are the least",
            r"只试验了1次调用，至少需要\1次",
        ),
        (
            r"only (\d+) calls were put to the test, and (\d+) are the least",
            r"只试验了\1次调用，至少需要\2次",
        ),
        (
            r"at (\S+) (.+) is to get (.+), and nothing that .+ does it \((\d+) calls were tried\)",
            r"\1时\2应得到\3，但任何人的任何调用都做不到（试验了\4次调用）",
        ),
        (
            r"(.+) is due at (\S+), and the call that pays it at (\S+) is refused then",
            r"\1于\2到期，而在\3能够付款的调用此时被拒绝",
        ),
        (r"(.+) is nothing that the contract can move", r"合约无法转移\1"),
        (
            r"the code shows nothing of it: no function is called like '(.+)'",
            r"代码中没有与此相应的功能（没有名称近似“\1”的函数）",
        ),
        (
            r"which token stands for (.+) is open; answer it with --answers",
            r"尚未确定由哪种代币代表\1，请用--answers回答",
        ),
        (r"'(.+)' was not understood", r"“\1”未读懂"),
        (r"it is open: ", "尚待回答："),
        (
            r"'(.+)' is nobody in the code; say who it is: (--party \S+)\s*\(names there: (.*)\)",
            r"代码中找不到“\1”，请写明是谁：\2（代码中的名称：\3）",
        ),
        (r"'(.+)' was guessed to be (.+); name it: ", r"“\1”被推测为\2，请写明："),
        (
            r"the prose gives nothing for '(.+)' of the constructor, .+ to be (.*); give it: ",
            r"约定中没有写明构造函数的“\1”，推测为\2，请写明：",
        ),
        (r"“(.+)” may allow it, and was not mapped: ", r"“\1”可能允许如此，但未能对应到代码："),
        (r"; but ", "；但"),
        (rf"{_WHO} pays {_SUM} of what is taken", r"\1支付\2并被接受"),
        (rf"{_WHO} pays {_SUM}", r"\1支付\2"),
        (rf"{_WHO} gets {_SUM}", r"\1得到\2"),
        (r" and is not refused, though it is not “(.+)”", r"未被拒绝，虽然不满足“\1”"),
        (r", though this does not hold: “(.+)”", r"，虽然不满足“\1”"),
        (rf"{_WHO} can, though this does not hold: ", r"\1能够做到，虽然不满足："),
        (rf"{_WHO} calls (\w+)", r"\1调用\2"),
        (rf"{_WHO} makes it happen", r"\1使其发生"),
        (r", and only (.+) may", r"，而只有\1可以"),
        (r", which is due to (.+)", r"，而这应归\1"),
        (r", and no clause pays (\S+)", r"，而没有条款向\1付款"),
        (r", more than ", "，超过"),
        (r", less than ", "，少于"),
        (r" instead of ", "，而不是"),
        (r", and the rest is refused", "，其余被拒绝"),
        (r", though all that was paid in has left", "，虽然存入的款项已全部付出"),
        (r" (\d+) times", r"，共\1次"),
        (r" before the cliff", "，而悬崖期未满"),
        (r" when all of it has vested", "，虽然已全部归属"),
        (rf" of {_SUM} so late", r"（应为\1中到此时归属的部分，过少）"),
        (rf" of {_SUM} so early", r"（应为\1中到此时归属的部分，过多）"),
        # What stands in both.
        (r"what has vested of (.+)", r"\1中已归属的部分"),
        (r"all that is theirs", "其应得的全部"),
        (r"all of it", "全部"),
        (r"at most (?=[\d.])", "最多"),
        (r"at least (?=[\d.])", "至少"),
        (r"of its own token", "枚自有代币"),
        (r"(?<=“)within ([^”]+)", r"在\1之内"),
        (r"(?<=“)by ([^”]+)", r"不晚于\1"),
        (r"(?<=“)at ([^”]+)", r"在\1"),
        *((rf"(\d+) {unit}s?(?![a-z])", rf"\1{chinese}") for unit, chinese in _UNITS),
        (r"” and “", "”且“"),
        (r"“not: ", "“未满足："),
        (r"\bthe contract\b", "合约"),
        (r"\bsomebody\b", "某人"),
        # What our own functions are held to.
        (r"by the clauses: (.*); the code: ", r"按条款：\1；代码："),
        (r"it goes through", "成功"),
        (
            r"the trials ended at what differs, shown above; mend it and audit again",
            "试验到上述不一致之处为止，请改正后重新审计",
        ),
        (
            r"call by call the code does what the rules of the clause say, shown above",
            "逐次调用，代码都与上述条款一致",
        ),
        (r"no call went through", "没有调用成功"),
        (r"^happens\b", "能够发生"),
        (r"^only by those named", "只有写明的人可以"),
        (r"^moves what was agreed", "转移约定的数额"),
        (r"^only once", "只能一次"),
        (r"^only as the clause lets it", "只按条款允许的方式"),
        (r"^moves what is owed to whom it is owed", "把应付的款项付给应得的人"),
        (r"^moves what is due, when it is", "到期时转移应付的款项"),
        (r"^is not refused when it is due", "到期时不被拒绝"),
        (r"^is said once, by who may", "由有权的人确认一次"),
        (r"^money is neither made nor lost", "资金不会凭空产生或消失"),
        (r"^no money is stuck", "资金不会滞留"),
        (r"^holders move tokens from then on, and not before", "持有人自此可以转让代币，此前不能"),
        (r"^invariant: ", "恒成立："),
        (r"^only (?=\S)", "仅当"),
        (r"\bafter each of (\d+) calls?", r"在\1次调用中的每一次之后"),
        (r"\bafter (\d+) calls?", r"经过\1次调用"),
        (r"\bin (\d+) calls?", r"共\1次调用"),
        (r"\bin (\d+) histories", r"共\1组调用"),
        (r"1 other is refused", "另1人被拒绝"),
        (r"(\d+) others are refused", r"另\1人被拒绝"),
        (r"^by (.+) alone", r"仅由\1"),
        (r"it can leave after each of (\d+) histories", r"在\1组调用之后都能取出"),
        (r"(\d+) attempts before (.+) were refused", r"\2之前的\1次尝试都被拒绝"),
        (r"at most (\d+) times in a history", r"每组调用中最多\1次"),
    )
)
