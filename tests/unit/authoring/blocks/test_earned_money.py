"""What was earned, said or owed stays so: no later word, date or lapse takes it from anybody."""

import pytest

from assay.authoring.blocks.clauses.prices import put_in
from assay.authoring.checking.answers import answer
from assay.authoring.describing.describing import describe
from assay.authoring.model import Specification
from assay.authoring.program.model import Function
from assay.authoring.understanding import understand
from assay.authoring.use_cases.foreseeing import with_refusals
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

SHOP = (
    "The Client deposits 40,000 USDC into escrow. When the Client approves the design, 15,000 USDC "
    "is released to the Builder. When the Client approves the shop, 25,000 USDC is released to the "
    "Builder. If the shop is not finished by 30 June 2027, the remaining deposit is returned to "
    "the Client."
)
BOOK = (
    "Anna deposits 6,000 USDC with the contract. The contract pays Ben 2,000 USDC once Anna "
    "accepts the draft and 4,000 USDC once Anna accepts the book. If Ben does not deliver the "
    "book by 1 September 2027, whatever is left goes back to Anna."
)
SITE = (
    "甲方向合约存入30000 USDC。甲方确认设计后,合约向乙方支付10000 USDC;甲方确认网站后,合约向乙方"
    "支付20000 USDC。乙方未在2027年6月30日前交付网站的,合约将剩余款项退还甲方。"
)
GOODS = (
    "The Buyer deposits 5,000 USDC into escrow. If the Buyer accepts the goods, the contract pays "
    "the Seller 5,000 USDC. If the Buyer rejects the goods, the contract returns 5,000 USDC to the "
    "Buyer. After 1 June 2027 the deposit is refunded to the Buyer."
)
NEITHER = (
    "The Buyer deposits 5,000 USDC into escrow. If the Buyer accepts the goods, the contract pays "
    "the Seller 5,000 USDC. If the Buyer rejects the goods, the contract returns 5,000 USDC to the "
    "Buyer. If the Buyer does neither by 1 May 2027, the contract pays the Seller 5,000 USDC."
)
SILENT = (
    "The Client deposits 4,000 USDC into escrow. The Writer delivers the report by 1 May 2027. "
    "Once the Client accepts the report, the deposit is released to the Writer. If the Client "
    "does not object within 7 days, the report is deemed approved. If the Client objects, the "
    "deposit is returned to the Client. After 1 July 2027 what is left goes back to the Client."
)
PROOF = (
    "甲方存入4000 USDC。乙方应于2027年5月1日前向甲方交付设计稿。甲方验收合格后,合约向乙方支付"
    "4000 USDC。甲方在收到设计稿后7日内未提出异议的,视为验收合格。甲方拒收的,合约将"
    "4000 USDC退还甲方。乙方逾期未交付的,合约将4000 USDC退还甲方。"
)
BOAT = (
    "The Seller sells a boat to the Buyer at a price of 9,500 USDC. The Buyer deposits the 9,500 "
    "USDC into escrow by 1 March 2027. When the Buyer confirms receipt of the boat, the deposit is "
    "released to the Seller. If the Buyer does not confirm receipt by 1 June 2027, the deposit is "
    "returned to the Buyer."
)
RENT = (
    "The Tenant pays the Landlord a rent of 1,000 USDC on the first day of each month for 12 "
    "months. If the rent is late, the Tenant pays a late fee of 20 USDC."
)
HALL = (
    "客户存入3000 USDC。客户于2027年5月1日前取消预订的,3日内退还3000 USDC。2027年6月1日后,合约将"
    "剩余款项支付给场地方。"
)
TICKET = (
    "Kim deposits 300 USDC. If Kim cancels before 1 May 2027, the contract refunds 300 USDC to "
    "Kim. If Kim cancels on or after 1 May 2027, the contract pays Lee 300 USDC. After 1 July "
    "2027 the contract pays Lee what is left."
)
RULED = (
    "Kim deposits 300 USDC. If Cora rules in favour of Lee, the money is released to Lee. If Cora "
    "rules in favour of Kim, the money is refunded to Kim. After 1 June 2027 the money is refunded "
    "to Kim."
)
KITCHEN = (
    "The Owner shall deposit 30,000 USDC in escrow by 1 February 2027. When the Inspector confirms "
    "that the demolition is complete, the contract pays 9,000 USDC to the Builder. When the "
    "Inspector confirms that the kitchen is complete, the contract pays 18,000 USDC to the "
    "Builder. A retention of 3,000 USDC is released to the Builder on 1 March 2028. If the "
    "kitchen is not complete by 31 August 2027, the Builder pays the Owner 100 USDC for each "
    "day of delay. After 1 June 2028 what is left goes back to the Owner."
)
MACHINE = (
    "甲方应在2027年2月1日前将20000 USDC存入合约。乙方应在2027年3月1日前向甲方交付设备。验收合格的，"
    "合约向乙方支付18000 USDC；甲方拒收的，合约将全部款项退还甲方。质保金2000 USDC在验收合格满"
    "一年后支付给乙方。乙方未在2027年3月1日前交付设备的，合约将全部款项退还甲方。"
)
PARTY = (
    "Ana deposits 6,000 USDC into escrow. If Ana cancels before 1 June 2027, the whole deposit is "
    "refunded to Ana. If the Caterer cancels, the deposit is refunded to Ana. On 15 September 2027 "
    "the deposit is released to the Caterer."
)


UNSAID = (
    "Kite deposits 3,000 USDC in escrow by 10 December 2026. When Dora delivers the design and "
    "Kite approves the design, 1,000 USDC is released to Dora. When Dora delivers the shop and "
    "Kite approves the shop, 2,000 USDC is released to Dora. If Kite does not reject the design"
    " within 7 days after delivery, the design is deemed approved. If Dora does not deliver the"
    " shop by 31 March 2027, the remaining balance is refunded to Kite."
)


def _agreed(text: str, language: str = "en", **answers: str) -> Specification:
    given = {name.replace("__", "."): value for name, value in answers.items()}
    return answer(understand(text, language), given)


AGREEMENTS = {
    "Shop": lambda: _agreed(SHOP, who_states__4__1="client", no_way_out__1="2027-09-28"),
    "Book": lambda: _agreed(BOOK, no_way_out__1="2027-11-30", who_confirms__4__deliver="anna"),
    "Site": lambda: _agreed(
        SITE, "zh", no_way_out__1="2027-09-28", who_confirms__4__deliver="甲方"
    ),
    "Goods": lambda: _agreed(GOODS),
    "Neither": lambda: _agreed(NEITHER),
    "Silent": lambda: _agreed(SILENT, who_confirms__4__deliver="client"),
    "Proof": lambda: _agreed(
        PROOF, "zh", no_way_out__1="2027-08-06", who_confirms__6__deliver="甲方"
    ),
    "Unsaid": lambda: _agreed(
        UNSAID,
        no_way_out__1="2027-07-06",
        who_confirms__2__deliver="dora",
        who_confirms__3__deliver="dora",
    ),
    "Boat": lambda: _agreed(BOAT),
    "Rent": lambda: _agreed(RENT),
    "Hall": lambda: _agreed(HALL, "zh"),
    "Ticket": lambda: _agreed(TICKET),
    "Kitchen": lambda: _agreed(KITCHEN, who_states__5__1="inspector"),
    "Machine": lambda: _agreed(
        MACHINE, "zh", no_way_out__1="2028-08-27", who_confirms__6__deliver="甲方"
    ),
    "Party": lambda: _agreed(PARTY),
    "Ruled": lambda: _agreed(RULED, who_states__2__1="cora", who_states__3__1="cora"),
}


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(AGREEMENTS)


BY_PEOPLE = {"Boat": frozenset({0}), "Silent": frozenset({1})}
"""What no code does: to sell a boat, and to write a report."""


@pytest.mark.parametrize("name", AGREEMENTS)
def test_every_clause_is_kept_in_both_languages(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name], BY_PEOPLE.get(name, frozenset()))


def test_what_was_approved_in_time_stays_due_when_the_rest_goes_back(
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written["Shop"],
        (
            ("2027-01-05", "client", "clientDeposit"),
            ("2027-06-20", "client", "clientApproveReleaseToBuilder"),
            ("2027-07-01", "client", "returnToClient"),
            ("2027-07-02", "builder", "releaseToBuilder"),
            ("2027-07-03", "client", "returnToClient"),
            ("2027-07-04", "builder", "releaseToBuilder2"),
        ),
    )

    assert ended == ["", "", "OtherDue", "", "", "NothingHeld"]
    assert gained == {"client": -15_000, "builder": 15_000}


@pytest.mark.parametrize(
    ("name", "payer", "calls", "left"),
    [
        ("Book", "anna", ("annaDeposit", "annaAcceptDraft", "returnToAnna", "payToBen"), 2_000),
        (
            "Site",
            "partyA",
            ("partyADeposit", "partyAConfirmDesign", "refundToPartyA", "payToPartyB"),
            10_000,
        ),
    ],
)
def test_who_missed_the_date_keeps_what_was_accepted_before(
    name: str, payer: str, calls: tuple[str, ...], left: int, written: dict[str, Written]
) -> None:
    put, say, back, pay = calls
    ended, gained = play(
        written[name],
        (
            ("2027-01-05", payer, put),
            ("2027-06-20", payer, say),
            ("2027-09-10", payer, back),
            ("2027-09-11", payer, pay),
            ("2027-09-12", payer, back),
        ),
    )

    assert ended == ["", "", "OtherDue", "", ""]
    assert gained[payer] == -left


@pytest.mark.parametrize(
    ("first", "second", "paid"),
    [
        ("buyerAcceptGoods", "buyerRejectGoods", "payToSeller"),
        ("buyerRejectGoods", "buyerAcceptGoods", "returnToBuyer"),
    ],
)
def test_the_first_word_stands(
    first: str, second: str, paid: str, written: dict[str, Written]
) -> None:
    ended, _ = play(
        written["Goods"],
        (
            ("2027-01-05", "buyer", "buyerDeposit"),
            ("2027-01-06", "buyer", first),
            ("2027-01-07", "buyer", second),
            ("2027-01-08", "seller", paid),
        ),
    )

    assert ended == ["", "", "DecidedAlready", ""]


def test_who_says_neither_by_the_date_has_said_nothing(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Neither"],
        (
            ("2027-01-05", "buyer", "buyerDeposit"),
            ("2027-05-01", "seller", "payToSeller2"),
            ("2027-05-02", "buyer", "buyerRejectGoods"),
            ("2027-05-02", "buyer", "returnToBuyer"),
            ("2027-05-02", "seller", "payToSeller2"),
        ),
    )

    assert ended == ["", "TooEarly", "", "DoneTooLate", ""]
    assert gained["seller"] == 5_000


def test_a_judge_rules_once(written: dict[str, Written]) -> None:
    names = [one.name for one in _words(written["Ruled"])]

    ended, gained = play(
        written["Ruled"],
        (
            ("2027-01-05", "kim", "kimDeposit"),
            ("2027-01-06", "cora", names[0]),
            ("2027-01-07", "cora", names[1]),
            ("2027-06-08", "kim", "refundToKim2"),
            ("2027-06-08", "lee", "releaseToLee"),
        ),
    )

    assert ended == ["", "", "DecidedAlready", "OtherDue", ""]
    assert gained["lee"] == 300


@pytest.mark.parametrize(
    ("name", "who", "said", "deemed", "paid"),
    [
        (
            "Silent",
            "client",
            ("clientDeposit", "writerDeliverReport", "clientRejectReport"),
            "deemClientAcceptReport",
            "releaseToWriter",
        ),
        (
            "Proof",
            "partyA",
            ("partyADeposit", "partyBDeliver", "partyAReject"),
            "deemPartyAAccept",
            "payToPartyB",
        ),
    ],
)
def test_silence_counts_from_the_delivery_and_no_objection_comes_after_it(
    name: str,
    who: str,
    said: tuple[str, str, str],
    deemed: str,
    paid: str,
    written: dict[str, Written],
) -> None:
    deposit, deliver, reject = said
    ended, _ = play(
        written[name],
        (
            ("2027-01-05", who, deposit),
            ("2027-02-01", who, deemed),
            ("2027-02-01", who, deliver),
            ("2027-02-08", who, deemed),
            ("2027-02-09", who, reject),
            ("2027-02-09", who, deemed),
            ("2027-02-09", who, paid),
        ),
    )

    assert ended == ["", "NotDone", "", "TooEarly", "DecidedAlready", "", ""]


def test_no_date_takes_what_silence_has_earned(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["Unsaid"],
        (
            ("2026-12-05", "kite", "kiteDeposit"),
            ("2027-01-10", "dora", "doraDeliverDesign"),
            ("2027-04-01", "kite", "refundToKite"),
            ("2027-04-01", "kite", "deemKiteApproveDesign"),
            ("2027-04-01", "dora", "releaseToDora"),
            ("2027-04-01", "kite", "refundToKite"),
        ),
    )

    assert ended == ["", "", "OtherDue", "", "", ""]


def test_a_price_that_is_put_in_whole_is_owed_once(written: dict[str, Written]) -> None:
    functions = [one.name for one in written["Boat"].composition.program.functions]

    assert functions == ["buyerDeposit", "buyerConfirmReceipt", "releaseToSeller", "returnToBuyer"]


def test_a_security_of_the_same_sum_is_no_price() -> None:
    told = understand(BOAT.replace("the 9,500 USDC into", "a security deposit of 9,500 USDC into"))

    assert put_in(told) == ()


def test_each_late_payment_brings_its_fee(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Rent"],
        (
            ("2025-01-01", "tenant", "tenantPayToLandlord"),
            ("2025-02-20", "tenant", "tenantPayToLandlord"),
            ("2025-03-20", "tenant", "tenantPayToLandlord"),
            ("2025-04-01", "tenant", "tenantPayToLandlord"),
        ),
    )

    assert ended == [""] * 4
    assert gained["landlord"] == 4 * 1_000 + 2 * 20


@pytest.mark.parametrize(
    ("name", "said"),
    [("Hall", ("client", "clientDeposit", "clientCancel", "refundToClient")),
     ("Ticket", ("kim", "kimDeposit", "kimCancel", "refundToKim"))],
)  # fmt: skip
def test_who_cancelled_in_time_is_paid_back_whenever_it_is_fetched(
    name: str, said: tuple[str, str, str, str], written: dict[str, Written]
) -> None:
    who, deposit, cancel, back = said
    ended, gained = play(
        written[name],
        (
            ("2027-01-05", who, deposit),
            ("2027-04-30", who, cancel),
            ("2027-07-05", who, "payToParty" if name == "Hall" else "payToLee2"),
            ("2027-07-06", who, back),
        ),
    )

    assert ended == ["", "", "OtherDue", ""]
    assert gained[who] == 0


def test_who_cancelled_too_late_pays_for_it(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Ticket"],
        (
            ("2027-01-05", "kim", "kimDeposit"),
            ("2027-05-01", "kim", "kimCancel"),
            ("2027-05-02", "kim", "refundToKim"),
            ("2027-05-02", "lee", "payToLee"),
        ),
    )

    assert ended == ["", "", "DoneTooLate", ""]
    assert gained["lee"] == 300


def test_each_fact_that_is_confirmed_opens_its_own_part(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Kitchen"],
        (
            ("2027-01-05", "owner2", "ownerDeposit"),
            ("2027-03-01", "inspector", "inspectorConfirmDemolitionComplete"),
            ("2027-03-02", "builder", "payToBuilder2"),
            ("2027-03-02", "builder", "payToBuilder"),
            ("2027-09-02", "inspector", "inspectorConfirmKitchenComplete"),
            ("2027-09-03", "builder", "payToBuilder2"),
            ("2027-09-03", "builder", "builderPayToOwner"),
        ),
    )

    assert ended == ["", "", "NotDone", "", "", "", ""]
    assert gained["builder"] == 27_000 - 2 * 100


def test_a_part_kept_back_after_acceptance_is_earned(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Machine"],
        (
            ("2027-01-05", "partyA", "partyADeposit"),
            ("2027-02-05", "partyA", "partyAAccept"),
            ("2027-02-06", "partyB", "payToPartyB"),
            ("2027-03-05", "partyA", "refundToPartyA2"),
            ("2028-02-06", "partyB", "payToPartyB2"),
        ),
    )

    assert ended == ["", "", "", "OtherDue", ""]
    assert gained["partyB"] == 20_000


def test_a_date_takes_nothing_from_who_cancelled_in_time(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Party"],
        (
            ("2027-01-05", "ana", "anaDeposit"),
            ("2027-05-05", "ana", "anaCancel"),
            ("2027-09-16", "caterer", "releaseToCaterer"),
            ("2027-09-17", "ana", "refundToAna"),
        ),
    )

    assert ended == ["", "", "OtherDue", ""]
    assert gained["ana"] == 0


def test_money_stuck_by_an_act_that_came_too_late_is_asked_about() -> None:
    told = understand(
        "Kim deposits 300 USDC. If Kim cancels before 1 May 2027, the contract refunds 300 USDC to "
        "Kim. If Kim has not cancelled, the contract pays Lee 300 USDC after 1 June 2027."
    )

    (asked,) = told.questions
    assert asked.kind == "no_way_out"
    assert "kim cancel: late" in asked.text


def test_a_time_to_object_that_counts_from_nothing_is_asked_about() -> None:
    asked = with_refusals(
        understand(SILENT.replace("The Writer delivers the report by 1 May 2027. ", ""))
    )

    assert any("from when on it counts as done" in one.text for one in asked.questions)


def test_a_time_to_object_does_not_count_from_the_delivery_of_another_thing() -> None:
    told = understand(
        "Kite deposits 5,000 USDC. When Kite approves the design, 1,000 USDC is released to Dora. "
        "When Kite approves the launch, 4,000 USDC is released to Dora. If Kite does not reject "
        "the design within 7 days after delivery, the design is deemed approved. If Dora does not "
        "deliver the launch by 31 March 2027, the remaining balance is refunded to Kite."
    )
    read = answer(told, {one.id: one.suggestions[0] for one in told.questions})

    asked = with_refusals(read).questions
    assert any("from when on it counts as done" in one.text for one in asked)


def test_a_fee_for_what_never_comes_is_told(written: dict[str, Written]) -> None:
    told = describe(written["Rent"].specification, written["Rent"].composition)

    assert "comes to nothing while what is late is not done at all" in told


def _words(one: Written) -> list[Function]:
    program = one.composition.program
    return [each for each in program.functions if each.callers == ("cora",)]
