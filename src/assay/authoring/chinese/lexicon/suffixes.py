"""How words end that a verb or noun before makes somebody, or a thing: 开发商, 服务费."""

from __future__ import annotations

THINGS = frozenset("费款率额量数权期日物价税险地书单表证卡券函书稿网链")
AGENTS = frozenset("商者人方员师户家店队厂社馆局院校站团组坊")
GROUPS = frozenset({"团队", "机构", "单位", "小组", "公司", "企业", "部门", "平台"})
CLASSES = frozenset({
    "农户", "用户", "会员", "员工", "学员", "学生", "股东", "成员", "客户", "乘客",
    "消费者", "企业",
    "投资人", "投资者", "旅客", "商户", "住户", "家庭",
})  # fmt: skip
ONE_OF = frozenset(
    {"每位", "每名", "每一位", "每一名", "这位", "那位", "该名", "该位", "一位", "一名"}
)
"""What stands before somebody, and before no thing."""
BEFORE_NAMES = ONE_OF | {"但", "但是"}
"""Behind which somebody may be named whom no lexicon has: 但法院要求的除外."""
DEALS_WITH = frozenset({"deliver", "propose", "accept", "inspect", "approve", "reject"})
"""What is done with an application."""
NOT_AGENTS = frozenset("案式法向面针")
SUMS = frozenset({"金额", "数额", "总额", "款额"})
REQUESTS = frozenset({"申请", "通知", "请求"})
PAPERS = frozenset({"报告", "通知", "公告", "申请", "声明", "证明"})
BEHIND_BODIES = frozenset({"comma", "of", "de", "must", "must_not", "may", "at", "by"})
"""Kinds of word that may follow 会 where it ends the name of a body."""
