"""Verbs that play another part beside a second verb."""

from __future__ import annotations

LATE = frozenset({"延期", "延迟", "拖延", "延误", "推迟", "迟延", "延后"})
"""Verbs that say of the one after them that it is late."""

_NOMINAL = (
    "出资 交付 交割 交货 付款 众筹 借款 公告 出价 分红 安装 建议 归属 托管 投票 投资 报价 报告 "
    "拍卖 捐款 捐赠 提案 服务 比赛 演出 申请 租赁 竞买 竞拍 表决 订阅 认购 调试 质押 贷款 "
    "还款 退款 通知 验收 报名 抽奖 考试 审计 评审 空投 铸造 销售 配送 运输 维修 培训 竞标 招标 "
    "估值 赔付 理赔 下载 播放 消费 投标 提货 装修 施工 试用 预约 预订 直播"
)
NOMINAL = frozenset(_NOMINAL.split())
"""Verbs that are things where another verb follows."""

JOINS_VERBS = frozenset({"并", "并且", "且"})
"""Words for and that no two things are joined by."""

ALONE = frozenset({"renew", "bid"})
"""Acts that another verb is never the object of: 续费享受八折优惠."""

EVERY = frozenset({"任何", "任意", "所有", "全体", "凡", "每个", "每位", "每名"})
"""Words that point at anybody, before a clause that says who."""
EVERY_TIME = frozenset({"每", "每次", "每笔", "每当", "每一笔", "每一次", "每单"})
"""Words before an act that is done again and again: 每笔提现平台收0.3%."""
BELONGS = frozenset({"归", "归于", "收归", "归入", "划归"})
"""Verbs that say whose something is from then on."""
SETTLES = frozenset({"付清", "结清", "付完", "交清", "缴清", "付齐"})
"""Verbs of paying what is still owed."""
HOLDS = frozenset({"持有", "质押", "拥有", "锁定"})
"""Verbs of having so much of a token."""
HOLDERS = frozenset({"地址", "钱包", "钱包地址", "账户"})
"""What stands for somebody who has tokens."""
CLAIMS = frozenset({"要求", "请求", "主张", "申请", "同意", "保证", "承诺"})
"""Verbs of saying: what they are about is no clause of a thing."""
BECAUSE = frozenset({"因", "因为", "由于", "基于"})
"""Words before a cause."""
NOT_BECAUSE = frozenset(
    {"不是因为", "并非因为", "不是由于", "非因", "非由于", "并非因", "并非由于"}
)
"""Words before what is not the cause."""

BEGINS = frozenset({"完成", "开始", "继续", "负责"})
"""Verbs that only say of the one after them how far it is, or whose it is."""
DOES_UNDER_MODAL = frozenset({
    "完工", "完结", "离职", "辞职", "入职", "开业", "开机", "开播", "开赛", "达标", "迟到", "晚到",
    "停工", "停产", "停业", "退市", "下架", "上架", "进入", "造成", "导致", "引起", "引发", "影响",
})  # fmt: skip
"""Verbs that tell what became of something, and what somebody does where a modal stands before."""

GRANTS = frozenset({"授予", "许可", "授权", "允许", "准许"})
"""Verbs of letting somebody do something."""
RIGHTS = ("许可", "权利", "权", "授权", "权限")
"""How the right ends that such a verb grants."""
