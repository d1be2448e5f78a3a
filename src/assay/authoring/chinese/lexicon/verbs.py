"""Verbs, the published action of each, and how they arrange who and what.

Frames: `give` hands a thing to somebody (向乙方支付, 支付给乙方), `inform` has the receiver as
its object (通知乙方), `do` has a thing only, `receive` turns a giver's act round, `self` is what a
thing does of itself, `own` tells what became of its subject. A verb with its object in it (付款)
names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Frame = Literal["give", "inform", "do", "receive", "self", "own"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's word, action (None where only its object tells), frame, and own object."""

    word: str
    action: str | None
    frame: Frame
    thing: str | None = None


_TABLE: tuple[tuple[str, Frame, str], ...] = (
    (
        "pay",
        "give",
        (
            "赔 支付 给付 付给 付清 缴纳 缴付 交纳 缴清 缴交 汇付 汇入 打入 汇至 偿付 预付 "
            "补足 补缴 补交 垫付 赔偿 赔付 补偿 拨付 付出 交付租金 支出 交清 结清 清偿 "
            "先行支付 支付至 打给 汇给 付 奖励 缴 付至 划付 欠 打 投给 借 借给 转账支付 花 "
            "出借 贷给 发放贷款 贷出 资助 兑付 交齐 另行支付"
        ),
    ),
    (
        "issue",
        "give",
        (
            "发放 发行 铸 铸给 发 铸造 增发 签发 颁发 空投 授予 配发 开具 出具发票 派发 "
            "增铸 铸币 发给 开立 奖给 增资发行 mint"
        ),
    ),
    (
        "transfer",
        "give",
        (
            "转让 转 归 归于 转赠 过户 转移 划转 划拨 转给 转入 转至 移转 转交 让渡 赠与 "
            "赠送 过户登记 转出 转账给 变更登记"
        ),
    ),
    (
        "deliver",
        "give",
        (
            "交付 移交 提交 递交 送达 交给 交出 寄送 寄出 邮寄 呈交 报送 运送 发送 上交 "
            "出具 提供发票 发运 交运 交验 装运 运抵 运至 运到 送到 送至 寄到 寄至 交到 "
            "交至 上传 邮寄至 发到 交房给 寄给 送给 交"
        ),
    ),
    (
        "supply",
        "give",
        "供应 供给",
    ),
    (
        "provide",
        "give",
        "提供 给予 开放 授权",
    ),
    (
        "return",
        "give",
        "还 还给 归还 返还 交还 退回 偿还 腾退 腾空并交还 搬离 腾空 迁出 搬出",
    ),
    (
        "refund",
        "give",
        "退还 退付 退给 全额退款 报销 退",
    ),
    (
        "release",
        "give",
        "释放 放给 放款给 放 解锁 解除锁定 解冻 解押 解除质押 解除托管",
    ),
    (
        "deposit",
        "give",
        (
            "存入 托管 质押 抵押 存放 提存 押入 交存 寄存 缴存 锁入 存到 存 质押到 "
            "转入托管 充值 提供担保 预存 投保"
        ),
    ),
    (
        "withdraw",
        "do",
        "提取 提 取 取回 取出 支取 撤回 赎回",
    ),
    (
        "claim",
        "do",
        (
            "领取 领 申请 索赔 主张 要求 申领 追索 请求 认领 追偿 申请赔付 申请理赔 收取 "
            "索要 报案 索取 请求支付"
        ),
    ),
    (
        "vest",
        "self",
        "归属于 归属 成熟",
    ),
    (
        "lock",
        "do",
        "锁定 冻结 锁仓",
    ),
    (
        "bid",
        "do",
        "出价 竞价 报价 竞拍 加价 应价 提交报价 提交投标 投标",
    ),
    (
        "buy",
        "do",
        ("购买 买 买下 购入 收购 回购 买入 受让 采购 认购 申购 订购 购得 买受 购回 选购 优先购买"),
    ),
    (
        "sell",
        "give",
        "出售 卖 卖掉 转售 销售 卖出 卖给 售出 变卖 拍卖 出让",
    ),
    (
        "subscribe",
        "do",
        "订阅",
    ),
    (
        "contribute",
        "give",
        "捐 出资 投资 捐赠 认缴 众筹 缴纳出资 投入 实缴 捐献 参与众筹",
    ),
    (
        "vote",
        "do",
        "投 投票 表决 投出 投赞成票 投反对票",
    ),
    (
        "distribute",
        "give",
        "分配 分派 分发 均分 平分 分享 分给 分成 分摊 瓜分",
    ),
    (
        "burn",
        "do",
        "销毁 燃烧 烧毁",
    ),
    (
        "confirm",
        "give",
        (
            "确认 核实 核验 证明 书面确认 确认收货 签署验收单 出具验收单 对账 核对 "
            "确认收到 确认完成 公证 点击确认"
        ),
    ),
    (
        "inspect",
        "do",
        ("检验 查验 检查 查阅 审查 清点 开箱检验 审计 抽检 验收 复检 检测 审核 查看 质检 评估"),
    ),
    (
        "accept",
        "do",
        "接受 验收合格 验收通过 检验合格 检验通过 通过验收 承兑 受领 受理 接收",
    ),
    (
        "reject",
        "do",
        (
            "拒绝 验收不合格 检验不合格 验收未通过 验收不通过 未通过验收 书面拒收 拒收 "
            "拒付 驳回 否决 退件 拒绝接受 拒绝验收"
        ),
    ),
    (
        "approve",
        "do",
        "批准 同意 审批 许可 核准 书面同意 授权同意 准许 审批通过 追认 认可 书面批准",
    ),
    (
        "propose",
        "do",
        "提议 提案 建议 提出 提名 提请",
    ),
    (
        "notify",
        "inform",
        (
            "通知 告知 书面通知 函告 通报 提示 提醒 知会 发出通知 发出书面通知 通知到 "
            "发通知 催告 提前通知 书面告知"
        ),
    ),
    (
        "report",
        "give",
        "报告 公布 公告 披露信息 发布 公示 汇报 上报 报备 申报 备案 公开",
    ),
    (
        "cancel",
        "do",
        "取消 撤销 撤单 退订 退租 退出",
    ),
    (
        "terminate",
        "do",
        "解除 终止 解约 中止 提前终止 提前解除 单方解除 解除合同 终止合同",
    ),
    (
        "renew",
        "do",
        "续租 续订 续签 续约 续期 续费 续保",
    ),
    (
        "extend",
        "do",
        "延长 顺延 延期 宽限 展期 延展 推迟 延后",
    ),
    (
        "keep",
        "do",
        (
            "收回 没收 保留 扣除 扣留 扣收 扣减 不予退还 不退还 抵扣 留存 扣缴 扣划 冲抵 "
            "罚没 不退 留置 占有 持有 保存 扣押 代扣"
        ),
    ),
    (
        "disclose",
        "give",
        "披露 泄露 透露 公开披露 外泄 泄漏 对外披露",
    ),
    (
        "maintain",
        "do",
        "保密 维护 保管 维持 保养 保持 养护 看管",
    ),
    (
        "use",
        "do",
        "使用 动用 利用 复制 改编 挪用 传播 引用",
    ),
    (
        "occupy",
        "do",
        "承租 租用 租赁 居住 入住 占用 租住",
    ),
    (
        "repair",
        "do",
        "维修 修理 修复 更换 修缮 补救 整改 返修 恢复原状 纠正 改正 修补 补正 重做",
    ),
    (
        "assign",
        "give",
        "转租 转包 分包 转让合同 概括转让 转授权 分租 转委托 再许可 转借 转质",
    ),
    (
        "perform",
        "do",
        (
            "监测 测得 记录 显示 测量 打碎 处置 改变 核定 结息 变更用途 宣传 推销 履行 "
            "完成 执行 实施 安装 调试 开展 制作 办理 施工 开发 设计 承担 协助 配合 参加 "
            "出席 召开 举行 组织 负责 从事 经营 编制 翻译 撰写 建设 生产 加工 改造 装修 "
            "培训 演出 拍摄 交割 承运 运输 签署 签订 遵守 竣工 上线 测试 部署 行使 结算 "
            "清理 处理 投放 推广 采取 选择 决定 变更 修改 参与 指定 委托 聘请 享有 免除 "
            "兼职 任职 竞争 招揽 雇佣 自理 介绍 推荐 邀请 保证供应 开通 开立账户 更新 维权 "
            "清算 裁决 出版 发表 调用 处分 演示 播放 上涨 清洁 打扫 清洗 拆除 销毁资料 "
            "启动 暂停 停止 发起 关闭 创建 担任 承包 研发 承建 投递 上调 下调 调整 设立 "
            "设定 调高 调低 增加 减少 接管 登记 注册 攻击 反向工程 干扰"
        ),
    ),
)
_WITH_THINGS: tuple[tuple[str, Frame, str], ...] = (
    ("transfer", "give", "转账:款项 转款:款项"),
    (
        "pay",
        "give",
        (
            "打款:款项 付款:款项 汇款:款项 缴费:费用 付费:费用 交租:租金 付租:租金 交款:款项 "
            "付息:利息 缴款:款项 付钱:款项 给钱:款项 理赔:保险金 结算货款:货款 缴租:租金 "
            "付首付:首付款"
        ),
    ),
    ("deliver", "give", "交货:货物 送货:货物 交房:房屋 交稿:稿件 发货:货物"),
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
    ("release", "give", "放款:款项"),
    ("withdraw", "do", "提现:款项 提款:款项"),
    ("contribute", "give", "捐款:捐款"),
    ("distribute", "give", "分红:红利 派息:股息"),
    ("inspect", "do", "验货:货物 验完货:货物"),
    ("repair", "do", "换货:货物"),
    ("deposit", "give", "交押金:押金 交保证金:保证金 缴纳保证金:保证金 缴纳押金:押金"),
    ("issue", "give", "开票:发票"),
)
_RECEIVE = "签收 拿 拿到 拿走 得到 分得 领到 收货 收款 收齐 收到 获得 取得 收讫 接到 收妥 收悉 获取"
_OWN = (
    "竞得 未竞得 审议通过 表决通过 到账 到达 结束 届满 期满 到期 生效 成立 失败 成功 发生 "
    "出现 遇到 遇 入职 中标 未达成 达成 实现 未实现 开始 合格 失效 违约 破产 延误 达标 "
    "通过 不合格 未通过 安装完毕 死亡 离职 截止 失败的 存续 有效 启用 丢失 损坏 毁损 灭失 "
    "上市 满 满足 成就 触发 超时 解散 关闭期 流拍 成交 辞职 身故 停运 取消航班 迟到 出险 "
    "无法履行 退市 停牌 完工 符合约定 不符合约定 符合要求 不符合要求 符合标准 不符合标准 "
    "正常 起飞 着陆 降落 落地 完好 无损 空置 无异议 有异议 提出异议 存在缺陷 存在瑕疵 "
    "存在质量问题 出现质量问题 获胜 胜出"
)

VERBS: dict[str, Verb] = {
    word: Verb(word, action, frame) for action, frame, words in _TABLE for word in words.split()
}
VERBS |= {word: Verb(word, None, "receive") for word in _RECEIVE.split()}
VERBS |= {word: Verb(word, None, "own") for word in _OWN.split()}
VERBS |= {
    word: Verb(word, action, frame, thing)
    for action, frame, pairs in _WITH_THINGS
    for word, thing in (pair.split(":") for pair in pairs.split())
}
"""Each verb by its word."""

LATE = frozenset({"延期", "延迟", "拖延", "延误", "推迟", "迟延", "延后"})
"""Verbs that say of the one after them that it is late."""

_NOMINAL = (
    "交付 交割 交货 付款 众筹 借款 公告 出价 分红 安装 建议 归属 托管 投票 投资 报价 报告 "
    "拍卖 捐款 捐赠 提案 服务 比赛 演出 申请 租赁 竞买 竞拍 表决 订阅 认购 调试 质押 贷款 "
    "还款 退款 通知 验收"
)
NOMINAL = frozenset(_NOMINAL.split())
"""Verbs that are things where another verb follows."""
