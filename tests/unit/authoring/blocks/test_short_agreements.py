"""Short agreements, as founders, traders and landlords write them, are built at first sight."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.moments import YEAR_S, seconds
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.program.solidity import write_solidity
from assay.authoring.trials.report import try_contract
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, write_all

ESCROW = (
    "Escrow for a used camera\n\nBuyer: Nadia Rahman. Seller: Tom Becker. Arbiter: Ilse Vogt.\n\n"
    "The buyer pays 1,200 USDC into escrow within 3 days of signing. The seller ships the camera "
    "within 7 days after the payment is made. Once the buyer confirms that the camera has arrived, "
    "the 1,200 USDC is released to the seller. The arbiter decides a dispute within 10 days and "
    "the money goes to whoever the arbiter names. If the seller does not ship in time, the buyer "
    "gets the full 1,200 USDC back.\n"
)
ESCROW_CHINESE = (
    "二手电脑买卖\n\n买方：王磊。卖方：陈静。仲裁人：赵敏。\n\n"
    "一、买方应在签约后3日内将5000 USDC存入合约。\n二、卖方应在收到付款通知后5日内发货。\n"
    "三、买方确认收货后，合约将5000 USDC支付给卖方。\n"
    "四、卖方逾期未发货的，买方可以取回全部款项。\n"
    "五、双方发生争议的，由仲裁人在10日内裁决，款项按裁决支付。\n"
)
GRANT = (
    "The Company grants Priya 480,000 NOVA tokens. The tokens vest in equal monthly instalments "
    "over 48 months, with a cliff of 12 months. Nothing may be claimed before the cliff. After the "
    "cliff Priya may claim the tokens that have vested at any time. If Priya leaves the Company, "
    "the Company may take back all tokens that have not vested. The Company must deposit all "
    "480,000 NOVA before the vesting begins.\n"
)
GRANT_CHINESE = (
    "公司：星河科技。员工：林涛。\n\n公司授予员工240000枚STAR代币。"
    "代币自2027年1月1日起分48个月等额归属，锁定期为12个月。锁定期届满前，员工不得领取任何代币。"
    "员工离职的，未归属部分退还公司。已归属的代币归员工所有，员工可随时领取。\n"
)
CAMPAIGN = (
    "Organiser: Lena Fischer.\nBackers may contribute USDC until 30 June 2027.\n"
    "The goal is 40,000 USDC.\nA backer must give at least 20 USDC and may give at most 5,000 USDC."
    "\nIf the goal is reached by the deadline, Lena may withdraw the money.\n"
    "If the goal is missed, every backer may take back what they gave.\n"
)
SUPPLY = (
    "The Supplier shall deliver 2,000 kg of coffee to the Buyer by 15 April 2027 at a price of "
    "9,000 USDC. The Buyer pays 30% in advance and the rest within 10 days of acceptance. For each "
    "day of delay the Supplier pays the Buyer a penalty of 1% of the price, up to 10% of the price."
)
RENT = (
    "租期自2027年3月1日起至2028年2月29日止。承租人每月5日前向出租人支付租金3000 USDC。"
    "承租人应在签约时交付押金6000 USDC。租期届满后7日内，出租人应将押金退还承租人。"
)
MILESTONES = (
    "Lumen Ltd pays Kite Studio 12,000 USDC for a website: 3,000 USDC when the design is approved, "
    "4,000 USDC when the beta is delivered and 5,000 USDC when the site is live. Lumen deposits "
    "the full amount at the start. Lumen approves each step. Whatever has not been released by 30 "
    "September 2027 goes back to Lumen."
)
GARDEN = (
    "We raise money for a community garden. The goal is 30,000 USDC by 30 June 2027. If the goal "
    "is reached, the association may withdraw the money. Otherwise every backer can claim a refund."
)
PAINTING = (
    "A painting is auctioned. Bidding starts at 2 ETH and ends on 15 May 2027 at 18:00 UTC. Each "
    "bid must be at least 5% higher than the one before. The highest bidder wins and outbid "
    "bidders get their money back. The proceeds go to the gallery."
)
TWO_THIRDS = (
    "The residents may vote until 1 May 2027. If two thirds of the votes are in favour, the "
    "association pays 5,000 USDC to Ben; otherwise the money is returned to the association."
)
ALLOW_LIST = (
    "Only wallets on the allow list can buy GAME tokens. The price is 0.05 ETH per token, payable "
    "to the studio. Each wallet may buy at most 10 tokens, and at most 1,000 tokens are sold. The "
    "sale runs from 1 to 14 April 2027."
)
GUITAR = (
    "Mia buys a vintage guitar from Leo for 900 USDC. Mia puts the 900 USDC into the "
    "contract first. When Mia confirms she got the guitar, Leo gets the money. If she "
    "doesn't confirm within 14 days of paying, Mia gets her money back."
)
SKATE_PARK = (
    "We're raising 75,000 USDC to build a skate park. You can chip in until 31 August 2027, "
    "with at least 10 USDC. If we hit the goal, the money goes to Ramp Club. If we don't, "
    "everyone gets their money back."
)
TIME_LOCK = (
    "Grandma puts 10 ETH into the contract for Zoe. Zoe can take it out after 1 May 2030. "
    "Nobody can touch it before that. Grandma can take it back before then if she changes "
    "her mind."
)
DOMAIN = (
    "The Seller offers the Domain Name at auction. The reserve price is 5,000 USDC and each "
    "subsequent bid shall exceed the preceding bid by not less than 5%. Bids shall be "
    "accepted until 12:00 UTC on 1 October 2027. Upon the close of the auction, the highest "
    "bid shall be paid to the Seller, and the amounts of all other bids shall be returned to "
    "the respective bidders. The Seller shall transfer the Domain Name to the highest bidder "
    "within seven days of the close of the auction."
)
TRUSTEES = (
    "The Foundation shall deposit 80,000 USDC into the contract. The Foundation's contract "
    "shall pay the Grantee 80,000 USDC upon the approval of at least three of the five "
    "trustees. If such approval has not been given by 31 December 2027, the 80,000 USDC "
    "shall be returned to the Foundation."
)
AGREEMENTS = {
    "Escrow": (ESCROW, {"escrow"}),
    "EscrowChinese": (ESCROW_CHINESE, {"escrow"}),
    "Grant": (GRANT, {"vesting"}),
    "GrantChinese": (GRANT_CHINESE, {"vesting"}),
    "Campaign": (CAMPAIGN, {"crowdfunding"}),
    "Supply": (SUPPLY, {"payment"}),
    "Rent": (RENT, {"payment"}),
    "Milestones": (MILESTONES, {"escrow"}),
    "Garden": (GARDEN, {"crowdfunding"}),
    "Painting": (PAINTING, {"auction"}),
    "TwoThirds": (TWO_THIRDS, {"vote"}),
    "AllowList": (ALLOW_LIST, {"sale"}),
    "Guitar": (GUITAR, {"escrow"}),
    "SkatePark": (SKATE_PARK, {"crowdfunding"}),
    "TimeLock": (TIME_LOCK, {"escrow"}),
    "Domain": (DOMAIN, {"auction"}),
    "Trustees": (TRUSTEES, {"escrow"}),
}


@pytest.mark.parametrize("name", AGREEMENTS)
def test_it_is_read_whole_and_composed(name: str) -> None:
    text, blocks = AGREEMENTS[name]

    read = as_suggested(text)

    assert not read.not_understood
    assert not read.questions
    assert blocks <= {claim.block for claim in compose(read, BLOCKS, name=name).claims}


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all({name: lambda name=name: as_suggested(AGREEMENTS[name][0]) for name in TRIED})


TRIED = ("EscrowChinese", "Grant", "Supply", "Milestones", "TwoThirds")


@pytest.mark.parametrize("name", TRIED)
def test_its_clauses_are_kept_by_both_targets(name: str, written: dict[str, Written]) -> None:
    one = written[name]

    report = try_contract(one.specification, one.composition, one.compiled, one.coin)

    assert [trial for trial in report.trials if not trial.passed] == []
    assert [each.disagreements for each in report.agreements] == [[], []]


def test_two_thirds_of_the_votes_are_no_two_votes() -> None:
    composed = compose(as_suggested(TWO_THIRDS), BLOCKS, name="TwoThirds")

    assert "votesInFavour * 3 < (votesInFavour + votesAgainst) * NEEDED_SHARE" in write_solidity(
        composed.program
    )


def test_a_share_of_members_asks_how_many_they_are() -> None:
    text = (
        "Anna deposits 5,000 USDC. If two thirds of the members approve, the money is released to "
        "Ben. On 1 May 2028 the rest goes back to Anna."
    )

    asked = {one.kind: one for one in read_agreement(text).questions}
    told = read_agreement(text, answers={asked["member_count"].id: "10"})

    approval = next(one for duty in told.obligations for one in duty.conditions if one.total)
    assert (approval.value, approval.total) == ("7", 10)
    assert "member_count" not in {one.kind for one in told.questions}


def test_only_who_is_on_the_list_can_buy() -> None:
    program = compose(as_suggested(ALLOW_LIST), BLOCKS, name="AllowList").program

    assert "if (!allowedBuyers[msg.sender]) revert" in write_solidity(program)


@pytest.mark.parametrize("written", ["GAME tokens", "game tokens", "tokens"])
def test_a_token_has_one_name_however_it_is_written(written: str) -> None:
    read = read_agreement(ALLOW_LIST.replace("GAME tokens", written))

    sold = [one.asset for one in read.obligations if one.action in ("buy", "sell")]
    tokens = {asset for asset in sold if asset is not None}
    assert len(tokens) == 1


WORKS = (
    "甲方在签约时将10000 USDC存入合约。乙方开始制作时，合约向乙方支付6000 USDC。"
    "乙方完成安装时，合约向乙方支付4000 USDC。2027年6月1日后，合约将余款退还甲方。"
)
THINGS = (
    "甲方在签约时将10000 USDC存入合约。乙方交付柜子，甲方验收合格后，合约向乙方支付6000 USDC；"
    "乙方交付床，甲方验收合格后，合约向乙方支付4000 USDC。2027年6月1日后，合约将余款退还甲方。"
)


@pytest.mark.parametrize(
    "text",
    [
        WORKS,
        WORKS.replace("乙方", "张师傅"),
        WORKS.replace("开始制作", "开始安装"),
    ],
)
def test_a_work_is_not_another_work(text: str) -> None:
    refused = [one.text for one in read_agreement(text).questions]

    assert any("无法与另一项工作区分" in text for text in refused)


def test_works_are_told_apart_by_their_names() -> None:
    text = WORKS.replace("开始制作", "完成制作")

    assert not any("另一项工作" in one.text for one in read_agreement(text).questions)


def test_the_same_work_may_be_told_twice() -> None:
    text = WORKS.replace("开始制作", "安装完毕")

    assert not any("另一项工作" in one.text for one in read_agreement(text).questions)


@pytest.mark.parametrize(
    ("who", "back", "text"),
    [
        (
            "guest",
            "returnToGuest",
            (
                "The guest deposits 400 USDC. The guest may cancel before 1 May 2027 and gets the "
                "deposit back. After 1 June 2027 the deposit is paid to the hotel."
            ),
        ),
        (
            "kite",
            "refundToKite",
            (
                "Kite deposits 5,000 USDC. When Kite confirms that the shop is live, the 5,000 "
                "USDC is released to Dora. If Dora does not deliver the shop by 31 March 2027, "
                "Kite may cancel and the 5,000 USDC is refunded to Kite."
            ),
        ),
    ],
)
def test_money_goes_back_once_the_right_to_cancel_is_used(who: str, back: str, text: str) -> None:
    program = compose(as_suggested(text), BLOCKS, name="Booking").program

    cancelled = [one for one in program.functions if "Cancel" in one.name]
    assert [one.callers for one in cancelled] == [(who,)]
    assert f"{who}CancelAt" in str(program.function(back).body)


def test_each_thing_is_accepted_by_itself() -> None:
    program = compose(as_suggested(THINGS), BLOCKS, name="Things").program

    accepted = [one.name for one in program.functions if one.callers == ("partyA",)]
    assert len([name for name in accepted if "Accept" in name]) == 2


def test_what_is_paid_in_whole_pays_its_parts() -> None:
    read = as_suggested(MILESTONES)

    deposit = next(one for one in read.obligations if one.action == "deposit")
    parts = [one for one in read.obligations if one.action == "pay"]
    assert (deposit.amount, deposit.asset) == ("12000", "USDC")
    assert {one.actor for one in parts} == {"contract"}


def test_an_arbiter_may_hand_the_money_to_either_party() -> None:
    composition = compose(as_suggested(ESCROW), BLOCKS, name="Escrow")

    awards = [one for one in composition.program.functions if one.callers == ("arbiter",)]
    released = {one.name for one in awards if "Release" in one.name or "release" in one.name}

    assert len(released) == 2


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (SUPPLY, ["9000", "2700", "6300"]),
        (
            (
                "The price is 9,000 USDC. The Buyer pays the Seller 30% on signing and the balance "
                "within 10 days after delivery."
            ),
            ["2700", "6300"],
        ),
        (
            "总价8000 USDC。乙方应在签约后5日内向甲方支付货款的30%，验收后7日内向甲方支付余款。",
            ["2400", "5600"],
        ),
        ("The Buyer pays the Seller 30% on signing and the balance on 1 May 2027.", ["30", None]),
    ],
)
def test_the_rest_of_a_price_is_what_its_parts_leave(text: str, sums: list[str | None]) -> None:
    read = read_agreement(text)

    paid = [one for one in read.obligations if one.action == "pay" and one.recurrence is None]
    assert [one.amount for one in paid if one.limit == "exact"] == sums


def test_a_price_that_is_paid_in_parts_is_not_due_beside_them() -> None:
    text = (
        "The Seller sells the car to the Buyer at a price of 10,000 USDC. The Buyer shall pay the "
        "Seller 30% of the price by 1 May 2027 and 70% of the price by 1 June 2027."
    )

    composition = compose(read_agreement(text), BLOCKS, name="Car")

    assert len(composition.program.functions) == 2


def test_months_make_up_years() -> None:
    assert seconds("P12M") == seconds("P1Y") == YEAR_S
    assert 48 * seconds("P1M") == seconds("P4Y")
