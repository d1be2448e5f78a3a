"""Nouns of lawyers' prose: periods, perils, rates and other matters; and how places end."""

from __future__ import annotations

_MATTERS = (
    "网站 网页 小程序 应用程序 源程序 软件系统 管理系统 操作系统 子系统 数据集 零件 零部件 "
    "等待期 冷静期 公示期 观察期 单笔支出 单笔交易 单笔金额 单次支出 单笔投资 单笔赔付 日常维修 "
    "约定标准 质量标准 验收标准 合同要求 技术要求 运输途中 书面异议 "
    "最高气温 最低气温 平均气温 最高温度 最低温度 最大风速 最高水位 平均风速 日均气温 "
    "保险期间 租赁期间 服务期间 合同期间 投票期间 锁定期间 履行期间 质保期间 募集期间 "
    "试用期间 代销期间 合作期间 使用期间 被保险货物 被保险财产 被保险车辆 保险标的 保险财产 "
    "火灾 台风 暴雨 洪水 地震 干旱 冰雹 盗窃 疫情 自然灾害 意外事故 交通事故 系统故障 "
    "设备故障 可用率 可用性 在线率 准确率 合格率 完成率 故障率 不良率 退货率 违约率 逾期率 "
    "响应时间 评审会 验收会 发布会 评审 占用费 终期报告 中期报告 易燃物品 危险品 违禁品 风险 "
    "人数 参与人数 报名人数 投票人数 用户数 会员数 出席人数 "
    "现场 中奖金额 中标金额 中奖号码 "
    "收盘 开盘 收盘点位 "
    "精修照片 精修图 精修片 "
    "季后赛 半决赛 中标通知书 录用通知书 "
    "施工许可证 许可证 营业执照 执照 资质 牌照 选举结果 比赛结果 投票结果 开奖结果 评选结果 "
    "货物风险 日租金 月租金 年租金"
)
_PERILS = (
    "火灾 台风 暴雨 洪水 地震 干旱 冰雹 盗窃 疫情 自然灾害 意外事故 交通事故 系统故障 设备故障 "
    "战争 罢工"
)
PERILS = frozenset(_PERILS.split())
"""What befalls somebody or something."""

MATTERS = frozenset(_MATTERS.split()) | PERILS
"""What contracts speak of beside what is paid and delivered."""

_PLACES = (
    "房屋 住房 屋 室 宿舍 区域 地区 仓库 场地 场所 现场 工地 境内 境 店 店铺 店内 商铺 商场 "
    "园区 楼 平台 网站 房间 车 车内 院 库 土地 地块 省 市 国 社区 小区 群 钱包 账户 池 办公室 "
    "公寓 厂房 领土 范围"
)
PLACES = tuple(_PLACES.split())
"""How words for places end: 在房屋内 says where, not when."""
