"""Other Chinese words in the same place: modal verbs, conditions, verbs, adverbs, times."""

from __future__ import annotations

from .rewording import Rewording, of_words

_MUST = (
    r"(?<![相供对反响适答一并均还])(?:应当|应该|必须|应|须|需)"
    r"(?![求方收付急用要予按对当])"
)
_MAY = (
    r"(?<![方即便均许不])(?:可以|有权)(?!利)"
    r"|(?<![许方即便均不认])可(?=[在于随提要解按自单向拒转使暂])"
)
_BAN = r"不得(?!低于|少于|超过|高于|多于|不)"
_IF = r"(?:^|(?<=[，。；,;]))(?:如果|若是|倘若|若|如)(?!下|期|实|有|何|约|数|需|因)"
_PAY_BACK = r"(?<![一未分予])(?=(?:支付|归还|返还|退还|偿还)(?!期|的|给|义务))"
_LENGTH_IN = r"(?<=[日天月年时])内"
_DAY_BEFORE = r"(?<=[日号])前(?!\d)"
_AFTER = r"(?<![之以此最延今落])后(?=，)"
_PAY = r"支付(?!宝|期|义务|的)"


def _each(name: str, pattern: str, words: str) -> tuple[Rewording, ...]:
    """One rewording for each of the words that may stand in the same place."""
    return tuple(of_words(f"{name}: {word}", pattern, word) for word in words.split())


WORDS = (
    *_each("must", _MUST, "应 须 必须 应当 需 需要 有义务 应该 务必 要 同意 承诺 保证 有责任"),
    *_each("may", _MAY, "可 可以 有权 得 能 能够 有权利"),
    *_each("must not", _BAN, "不可 不能 不应 禁止 无权 不可以 不准 严禁 一律不得 不允许"),
    *_each("if", _IF, "若 如 如果 倘若 假如 一旦 要是 假设 万一 凡"),
    *_each("within", _LENGTH_IN, "以内 之内"),
    *_each("before a day", _DAY_BEFORE, "之前 以前"),
    *_each("after", _AFTER, "之后 以后"),
    of_words("from: 从", r"自(?=[^，。]*起)", "从"),
    *_each(
        "adverb", _PAY_BACK, "一次性 足额 主动 自行 另行 无条件 如数 全额 以银行转账方式 以现金形式"
    ),
    *_each("manner", _PAY_BACK, "通过链上转账方式 通过银行转账的方式 以电汇形式"),
    *_each("pay", _PAY, "付 缴付 给付 缴纳 付清 汇付 结清 打款 转账 付款 交付 汇款"),
    of_words("return: 还", "归还", "还"),
    of_words("return: 归还", "偿还|返还", "归还"),
    of_words("deliver: 移交", "交付(?!款|首期保)", "移交"),
    of_words("deliver: 交给", "交付给", "交给"),
    of_words("hand in: 递交", "提交", "递交"),
    of_words("notify: 告知", "通知(?!之日)", "告知"),
    of_words("terminate: 终止", "解除", "终止"),
    of_words("buy: 买入", "购买", "买入"),
    of_words("sell: 卖出", "出售", "卖出"),
    of_words("withdraw: 取出", "提取", "取出"),
    of_words("deduct: 扣减", "扣除", "扣减"),
    of_words("each month: 每个月", r"每月(?=\d)", "每个月"),
    of_words("each month: 按月", "每月(?=支付|向|解锁|归属)", "按月"),
    of_words("each: 每个", r"每(?=[月季周])(?!周[一二三四五六日]|季度末)", "每个"),
    of_words("if so: 则", "(?<=的)，(?=[甲乙买卖][方家]|公司|平台|出)", "，则"),
    of_words("share without 的", r"(?<=[一-鿿])的(?=\d+%|百分之)", ""),
    *_each(
        "late",
        r"逾期(?=付款|交货|支付|还款|归还)",
        "未按期 未按时 迟延 未如期 未按约定 未能按时 没有按时",
    ),
    *_each("not done", r"(?<=[方人家商客])未(?!经|来|获|通|归|列|按)", "没有 未能 未曾"),
    *_each("above", r"超过(?=\d)", "高于 大于 多于"),
    *_each("below", r"(?:低于|少于)(?=\d)", "小于 不足 不到"),
    *_each("reach", r"(?<!未)达到(?=\d)", "不低于 达 不少于"),
    *_each("done", r"完成后", "完毕后 完成之后 完成以后"),
    *_each("received", r"收到货物", "收货 签收货物"),
    *_each("refund", r"退还(?=[押保定])", "返还 退回"),
    *_each("each year", r"每年(?!\d|的|\w月)", "每一年 按年 每个自然年"),
    *_each("month", r"每月(?!\d|底|月|销|直|末|结|最|营|\w日)", "每个月 每一个月 按月 每个自然月"),
    of_words("week: 7天", r"(?<!第|每|两)(?:一周|1周)内", "7天内"),
    of_words("all of it", r"(?<=[支退返归偿][付还])(?=[押定货][金款])", "全部"),
    of_words("on its own", r"不得(?=转让|披露|使用|转租|出售|提取)", "不得擅自"),
)
