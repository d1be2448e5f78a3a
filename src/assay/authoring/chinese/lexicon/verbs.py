"""Verbs, the published action of each, and how they arrange who and what.

Frames: `give` hands a thing to somebody (向乙方支付, 支付给乙方), `inform` has the receiver as
its object (通知乙方), `do` has a thing only, `receive` turns a giver's act round, `self` is what a
thing does of itself, `own` tells what became of its subject. A verb with its object in it (付款)
names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from assay.authoring.chinese.lexicon.actions import ACTIONS
from assay.authoring.chinese.lexicon.outcomes import OUTCOMES
from assay.authoring.chinese.lexicon.works import WORKS

Frame = Literal["give", "inform", "do", "receive", "self", "own"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's word, action (None where only its object tells), frame, and own object."""

    word: str
    action: str | None
    frame: Frame
    thing: str | None = None


_WITH_THINGS: tuple[tuple[str, Frame, str], ...] = (
    ("transfer", "give", "转账:款项 转款:款项"),
    (
        "pay",
        "give",
        (
            "打款:款项 付款:款项 汇款:款项 缴费:费用 付费:费用 交租:租金 付租:租金 交款:款项 "
            "返利:返利 返佣:返佣 返点:返点 补款:款项 结款:款项 垫款:款项 "
            "付租金:租金 交租金:租金 缴租金:租金 "
            "结账:账款 拨款:款项 打钱:款项 转钱:款项 发工资:工资 赔钱:款项 赔款:赔款 "
            "交房租:房租 付房租:房租 缴房租:房租 交首付:首付款 交定金:定金 付定金:定金 付息:利息 "
            "缴款:款项 付钱:款项 给钱:款项 理赔:保险金 结算货款:货款 缴租:租金 付首付:首付款"
        ),
    ),
    (
        "deliver",
        "give",
        (
            "货到:货物 到货:货物 见提单:提单 见票:票 见货:货物 "
            "出报告:报告 出样:样品 出图:图纸 出片:成片 交货:货物 补货:货物 送货:货物 交房:房屋 "
            "交稿:稿件 发货:货物"
        ),
    ),
    ("supply", "give", "供货:货物"),
    (
        "return",
        "give",
        (
            "退货:货物 收房:房屋 还车:车 退房:房屋 还钱:款项 还清:借款 还款:借款 还本付息:本息 "
            "还本:本金"
        ),
    ),
    ("refund", "give", "退款:款项 退钱:款项"),
    ("release", "give", "放款:款项 放币:币 解押:质押"),
    ("withdraw", "do", "提现:款项 提款:款项 提货:货物 提钱:款项 取钱:款项 提币:代币"),
    ("contribute", "give", "捐款:捐款"),
    ("distribute", "give", "分红:红利 派息:股息 派红利:红利"),
    ("inspect", "do", "验货:货物 验完货:货物"),
    ("sell", "give", "卖房:房屋 卖车:车辆 卖币:代币"),
    ("buy", "do", "买房:房屋 买车:车辆 买币:代币"),
    ("repair", "do", "换货:货物"),
    ("deposit", "give", "交押金:押金 交保证金:保证金 缴纳保证金:保证金 缴纳押金:押金"),
    ("issue", "give", "开票:发票 开发票:发票"),
    ("keep", "do", "扣款:款项 扣钱:款项 扣押金:押金"),
    ("claim", "do", "收租:租金 收租金:租金 收房租:房租"),
)
_RECEIVE = (
    "征得 占 各占 占有 拿回 分到 分走 签收 拿 拿到 "
    "拿走 竞得 拍得 赢得 得到 分得 领到 收货 收款 收齐 收到 获得 取得 "
    "收讫 接到 收妥 收悉 获取 收稿 收件 收样"
)
VERBS: dict[str, Verb] = {
    word: Verb(word, action, cast("Frame", frame))
    for action, frame, words in ACTIONS
    for word in words.split()
}
VERBS |= {word: Verb(word, "perform", "do") for word in WORKS}
VERBS |= {word: Verb(word, None, "receive") for word in _RECEIVE.split()}
VERBS |= {word: Verb(word, None, "own") for word in OUTCOMES.split()}
VERBS |= {
    word: Verb(word, action, frame, thing)
    for action, frame, pairs in _WITH_THINGS
    for word, thing in (pair.split(":") for pair in pairs.split())
}
"""Each verb by its word."""
