"""Agreements with open membership and over time, by the name that their contract gets."""

from __future__ import annotations

from assay.authoring.model import Specification
from tests.unit.authoring.blocks.written import duty, when, written

GOAL = {"kind": "comparison", "subject": "goal", "value": "100000", "asset": "USDC"}


def campaign() -> Specification:
    return written(
        "Contributors may contribute at least 10 USDC until 31 December 2027. If the goal of "
        "100,000 USDC is reached, the Founder may withdraw the funds. If it is not reached, each "
        "contributor may claim a refund. The Founder shall not withdraw the funds before.",
        duty(
            "contributor", "may", "contribute", amount="10", asset="USDC", limit="least",
            deadline="2027-12-31",
        ),
        duty("founder", "may", "withdraw", asset="fund", conditions=(when(**GOAL, comparator=">="),)),
        duty(
            "contributor", "may", "claim", asset="refund",
            conditions=(when(**GOAL, comparator="<"),),
        ),
        duty(
            "founder", "must_not", "withdraw", asset="fund",
            conditions=(when(**GOAL, comparator=">=", negated=True),),
        ),
        tokens="USDC:6",
    )  # fmt: skip


def chinese_campaign() -> Specification:
    return written(
        "投资人可在2027年12月31日前出资ETH,每人最多15 ETH。达到20 ETH的目标后,合约将资金支付给发起人;否则退款。",
        duty("投资人", "may", "contribute", asset="ETH", amount="15", limit="most"),
        duty("contract", "must", "terminate", asset="众筹", deadline="2027-12-31"),
        duty(
            "contract", "must", "pay", asset="资金", recipient="发起人",
            conditions=(
                when("comparison", subject="目标", comparator=">=", value="20", asset="ETH"),
            ),
            otherwise=duty("contract", "must", "refund", recipient="投资人"),
        ),
        tokens="ETH:18", language="zh",
    )  # fmt: skip


def linear_vesting() -> Specification:
    return written(
        "The Company grants the Employee 12,000 XYZ. The tokens vest linearly over four years "
        "with a cliff of one year. The Employee may claim vested tokens at any time.",
        duty("company", "must", "pay", amount="12000", asset="XYZ", recipient="employee"),
        duty(
            "contract", "must", "vest", asset="token", deadline="P4Y", spread=True,
            conditions=(when("time", subject="cliff", comparator=">=", value="P1Y"),),
        ),
        duty("employee", "may", "claim", asset="token"),
        tokens="XYZ:18",
    )  # fmt: skip


def stepped_vesting() -> Specification:
    return written(
        "公司向合约存入48000 USDC。自2027年6月1日起,存款分48个月按月等额归属于员工,悬崖期为一年。"
        "公司终止授予的,未归属部分退还公司。",
        duty("公司", "must", "deposit", amount="48000", asset="USDC", recipient="contract"),
        duty(
            "contract", "must", "vest", asset="存款", recipient="员工", recurrence="P1M",
            occurrences=48, spread=True, deadline_from="2027-06-01",
            conditions=(when("time", subject="悬崖期", comparator=">=", value="P1Y"),),
        ),
        duty(
            "contract", "must", "return", asset="归属部分", recipient="公司",
            conditions=(when("event", actor="公司", action="terminate", asset="授予"),),
        ),
        tokens="USDC:6", language="zh",
    )  # fmt: skip


def auction_of_tokens() -> Specification:
    return written(
        "The Seller shall deposit 500 GLD. Bidders may bid at least 100 USDC until 1 March 2027. "
        "Each bid must exceed the last by 5%. A bid within the final ten minutes extends the "
        "auction by fifteen minutes. Outbid bidders may withdraw their bids immediately; the "
        "highest bidder shall not withdraw its bid. After the auction has ended, 500 GLD are "
        "transferred to the highest bidder and the highest bid is paid to the Seller.",
        duty("seller", "must", "deposit", amount="500", asset="GLD"),
        duty(
            "bidder", "may", "bid", amount="100", asset="USDC", limit="least",
            deadline="2027-03-01",
        ),
        duty(
            None, "must", "bid",
            conditions=(
                when("comparison", subject="increment", comparator=">=", value="5", asset="%"),
            ),
        ),
        duty(
            "contract", "must", "extend", asset="auction", deadline="PT15M",
            conditions=(
                when("event", action="bid", subject="end", comparator="<=", value="PT10M"),
            ),
        ),
        duty("outbid bidder", "may", "withdraw", asset="bid", deadline="P0D"),
        duty("highest bidder", "must_not", "withdraw", asset="bid"),
        duty(
            "contract", "must", "transfer", amount="500", asset="GLD", recipient="highest bidder",
            conditions=(when("state", subject="auction", value="ended"),),
        ),
        duty(
            "contract", "must", "pay", asset="highest bid", recipient="seller",
            conditions=(when("state", subject="auction", value="ended"),),
        ),
        tokens="GLD:18 USDC:6",
    )  # fmt: skip


def auction_of_a_painting() -> Specification:
    return written(
        "竞买人可在2027年3月1日前出价ETH,每次加价不低于0.5 ETH。未中标者可取回出价。成交价款支付给卖方。",
        duty("竞买人", "may", "bid", asset="ETH", deadline="2027-03-01"),
        duty(
            None, "must", "bid",
            conditions=(
                when("comparison", subject="加价", comparator=">=", value="0.5", asset="ETH"),
            ),
        ),
        duty("未中标者", "may", "withdraw", asset="出价"),
        duty("contract", "must", "pay", asset="成交价款", recipient="卖方"),
        tokens="ETH:18", language="zh",
    )  # fmt: skip
