"""Who tells facts from outside, how they tell them, and what such facts are about."""

from __future__ import annotations

_TELLS_WORDS = (
    "公布 发布 认定 鉴定 判决 裁定 裁决 认证 核定 评定 宣布 证实 通报 公告 监测 检测 测得 "
    "测量 判定 检验 评估 确认 宣告 核实 公示 判 测定 播报"
)
TELLS = frozenset(_TELLS_WORDS.split())
"""Verbs of telling, behind 经 or 由."""

_ALONE_WORDS = "判决 裁定 裁决 认定 宣布 证实 判定 宣告 公布 发布 判 通报"
ALONE = frozenset(_ALONE_WORDS.split())
"""Verbs that make a statement also without 经."""

_SOURCE_ENDS_WORDS = (
    "法院 仲裁庭 仲裁委 仲裁委员会 机构 局 部门 中心 气象台 气象站 台网 监测站 观测站 水位站 "
    "研究所 交易所 检验所 鉴定所 事务所 机关 交警 海关 政府 央行 预言机 官方 官网 组委会 "
    "裁判 数据源 数据商 数据服务商 统计局 足协 篮协 选举委员会 选委会 证监会 医院 气象厅 "
    "地震台"
)
SOURCE_ENDS = tuple(_SOURCE_ENDS_WORDS.split())
"""How words for who tells a fact end."""

_OFFICIAL_WORDS = (
    "法院 仲裁庭 仲裁委员会 局 气象台 气象站 台网 交易所 海关 政府 央行 组委会 足协 篮协 "
    "选举委员会 选委会 证监会 预言机 官方 地震台"
)
OFFICIAL = tuple(_OFFICIAL_WORDS.split())
"""Who never is a party to what depends on their word."""

_OUTSIDE_SUBJECTS_WORDS = (
    "航班 班机 飞机 列车 火车 高铁 动车 航次 比赛 赛事 球赛 决赛 半决赛 联赛 球队 大选 选举 "
    "公投 台风 地震 天气 彩票 车次 飓风 寒潮"
)
OUTSIDE_SUBJECTS = tuple(_OUTSIDE_SUBJECTS_WORDS.split())
"""What only somebody outside can tell the fate of."""

_CONTESTS_WORDS = (
    "赢 输 赢得 夺得 夺冠 战胜 击败 晋级 当选 落选 出线 胜选 取胜 获胜 进球 输给 打败 连任 卫冕"
)
CONTESTS = frozenset(_CONTESTS_WORDS.split())
"""How contests and elections end."""
