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
        duty(
            "founder", "may", "withdraw", asset="fund",
            conditions=(when(**GOAL, comparator=">="),),
        ),
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
        "投资人可在2027年12月31日前出资ETH,每人最多15 ETH。"
        "达到20 ETH的目标后,合约将资金支付给发起人;否则退款。",
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
        "竞买人可在2027年3月1日前出价ETH,每次加价不低于0.5 ETH。"
        "未中标者可取回出价。成交价款支付给卖方。",
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


def royalties() -> Specification:
    shares = {"author": "60", "publisher": "29.5", "platform": "10.5"}
    return written(
        "Revenue is split 60 % to the Author, 29.5 % to the Publisher and 10.5 % to the Platform. "
        "Each party may withdraw its share at any time.",
        *(
            duty(
                "contract", "must", "distribute", amount=amount, asset="%", share_of="revenue",
                recipient=party,
            )
            for party, amount in shares.items()
        ),
        duty("parties", "may", "withdraw", asset="share"),
        tokens="revenue:6",
    )  # fmt: skip


def chinese_royalties() -> Specification:
    return written(
        "收入的70%归作者,30%归平台。",
        duty("contract", "must", "pay", amount="70", asset="%", share_of="ETH", recipient="作者"),
        duty("contract", "must", "pay", amount="30", asset="%", share_of="ETH", recipient="平台"),
        tokens="ETH:18", language="zh",
    )  # fmt: skip


def subscription() -> Specification:
    return written(
        "A user may subscribe for 10 USDC per month, payable to the Provider, and may cancel the "
        "subscription at any time.",
        duty(
            "user", "may", "subscribe", amount="10", asset="USDC", recipient="provider",
            recurrence="P1M",
        ),
        duty("user", "may", "cancel", asset="subscription"),
        tokens="USDC:6",
    )  # fmt: skip


def chinese_subscription() -> Specification:
    return written(
        "订阅者每月预付0.01 ETH给服务商。订阅者可随时取消订阅。",
        duty(
            "订阅者", "must", "pay", amount="0.01", asset="ETH", recipient="服务商",
            recurrence="P1M",
        ),
        duty("订阅者", "may", "cancel", asset="订阅"),
        tokens="ETH:18", language="zh",
    )  # fmt: skip


def listed_sale() -> Specification:
    window = (
        when("time", comparator=">=", value="2027-06-01"),
        when("time", comparator="<=", value="2027-06-30"),
        when("state", subject="address", value="allow list"),
    )
    return written(
        "Only addresses on the allow list may buy tokens at a price of 0.5 USDC per token from 1 "
        "June 2027 until 30 June 2027, payable to the Issuer. Each buyer may buy at most 1,000 "
        "tokens. The contract issues at most 1,500 tokens.",
        duty("address", "may", "buy", asset="token", conditions=window),
        duty(
            "address", "must", "pay", amount="0.5", asset="USDC", share_of="token",
            recipient="issuer", conditions=window,
        ),
        duty("buyer", "may", "buy", amount="1000", asset="token", limit="most"),
        duty("contract", "may", "issue", amount="1500", asset="token", limit="most"),
        tokens="USDC:6",
    )  # fmt: skip


def chinese_sale() -> Specification:
    return written(
        "任何人可以按每个代币0.001 ETH的价格向项目方购买新发行的代币。",
        duty("任何人", "may", "buy", asset="代币"),
        duty(
            "任何人", "must", "pay", amount="0.001", asset="ETH", share_of="代币",
            recipient="项目方",
        ),
        duty("contract", "must", "issue", asset="代币"),
        tokens="ETH:18", language="zh",
    )  # fmt: skip


def stake() -> Specification:
    return written(
        "A user may stake USDC for one year. If the user withdraws the stake earlier, a penalty of "
        "10 % of the stake is paid to the Treasury.",
        duty("user", "may", "deposit", asset="USDC", deadline="P1Y"),
        duty(
            "user", "must", "pay", amount="10", asset="%", share_of="stake", recipient="treasury",
            conditions=(
                when(
                    "event", actor="user", action="withdraw", asset="stake",
                    text="If the user withdraws the stake earlier",
                ),
            ),
        ),
        tokens="USDC:6",
    )  # fmt: skip


def chinese_stake() -> Specification:
    return written(
        "质押人质押10 ETH,锁定180天。提前取回的,金库扣除质押款的2.5%。",
        duty("质押人", "must", "deposit", amount="10", asset="ETH"),
        duty("质押人", "must", "lock", amount="10", asset="ETH", deadline="P180D"),
        duty(
            "金库", "may", "keep", amount="2.5", asset="%", share_of="质押款",
            conditions=(when("event", action="withdraw", text="提前取回的"),),
        ),
        tokens="ETH:18", language="zh",
    )  # fmt: skip


def vote() -> Specification:
    return written(
        "Each of the five members may vote until 31 March 2027. If at least 3 of 5 members "
        "approve, 5,000 USDC are paid to the Contractor; otherwise the money is returned to the "
        "Treasury.",
        duty("member", "may", "vote", deadline="2027-03-31"),
        duty(
            "contract", "must", "pay", amount="5000", asset="USDC", recipient="contractor",
            conditions=(
                when("approval", subject="member", comparator=">=", value="3", total=5),
            ),
            otherwise=duty("contract", "must", "return", asset="money", recipient="treasury"),
        ),
        tokens="USDC:6",
    )  # fmt: skip


def chinese_vote() -> Specification:
    return written(
        "国库存入3 ETH。成员可在2027年3月31日前投票。至少2票且赞成票超过半数的,向承包商支付3 ETH;"
        "未获赞成的,款项退还国库。",
        duty("国库", "must", "deposit", amount="3", asset="ETH"),
        duty("成员", "may", "vote", deadline="2027-03-31"),
        duty(
            "contract", "must", "pay", amount="3", asset="ETH", recipient="承包商",
            conditions=(
                when("approval", subject="赞成票", comparator=">", value="50%"),
                when("comparison", subject="quorum", comparator=">=", value="2"),
            ),
        ),
        duty(
            "contract", "must", "return", asset="款项", recipient="国库",
            conditions=(when("approval", negated=True, subject="赞成票"),),
        ),
        tokens="ETH:18", language="zh",
    )  # fmt: skip


OPEN_AGREEMENTS = {
    "Campaign": campaign,
    "ChineseCampaign": chinese_campaign,
    "LinearVesting": linear_vesting,
    "SteppedVesting": stepped_vesting,
    "TokenAuction": auction_of_tokens,
    "PaintingAuction": auction_of_a_painting,
    "Royalties": royalties,
    "ChineseRoyalties": chinese_royalties,
    "Subscription": subscription,
    "ChineseSubscription": chinese_subscription,
    "ListedSale": listed_sale,
    "ChineseSale": chinese_sale,
    "Stake": stake,
    "ChineseStake": chinese_stake,
    "Vote": vote,
    "ChineseVote": chinese_vote,
}
