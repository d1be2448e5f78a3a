"""Work that comes late takes no refund away: only whoever ordered it may still accept it."""

from __future__ import annotations

import pytest

from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

LOGO = (
    "The Client deposits 2,000 USDC into escrow. The Designer delivers the logo by 1 May 2027. "
    "Once the Client approves the logo, the contract pays the Designer 2,000 USDC. If the Client "
    "does not reject the logo within 5 days of delivery, it is deemed approved. If the Designer "
    "does not deliver the logo by 1 May 2027, the Client gets the 2,000 USDC back. After 1 "
    "September 2027 whatever is left is returned to the Client."
)
EXTENSION = (
    "The Owner deposits 10,000 USDC into escrow. The Builder shall complete the extension by 1 "
    "June 2027. The contract pays the Builder 10,000 USDC once the Owner accepts the extension. "
    "If the Owner does not object within 14 days after completion, the extension is deemed "
    "accepted. If the Owner rejects the extension, the deposit is refunded to the Owner. If the "
    "extension is not completed by 1 June 2027, the deposit is refunded to the Owner."
)
FLAT = (
    "甲方向合约存入10000 USDC。乙方应于2027年6月1日前完成装修。甲方验收合格后，合约向乙方支付"
    "10000 USDC。甲方在完工后7日内未提出异议的，视为验收合格。甲方拒收的，合约将10000 USDC退还甲方"
    "。乙方未在2027年6月1日前完成装修的，合约将10000 USDC退还甲方。"
)


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            "Logo": lambda: as_suggested(LOGO, who_confirms="designer"),
            "Extension": lambda: as_suggested(EXTENSION, who_confirms="builder"),
            "Flat": lambda: as_suggested(FLAT, who_confirms="乙方"),
        }
    )


@pytest.mark.parametrize("name", ["Logo", "Extension", "Flat"])
def test_every_clause_is_kept_on_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


CALLS = {
    "Logo": (
        *("client", "designer", "clientDeposit", "designerDeliverLogo"),
        *("deemClientApproveLogo", "returnToClient", "clientApproveLogo", "payToDesigner"),
    ),
    "Extension": (
        *("owner2", "builder", "ownerDeposit", "builderPerformExtension"),
        *("deemOwnerAcceptExtension", "refundToOwner2", "ownerAcceptExtension", "payToBuilder"),
    ),
    "Flat": (
        *("partyA", "partyB", "partyADeposit", "partyBPerform"),
        *("deemPartyAAccept", "refundToPartyA2", "partyAAccept", "payToPartyB"),
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_neither_late_work_nor_silence_about_it_takes_the_refund(
    name: str, written: dict[str, Written]
) -> None:
    payer, doer, deposit, deliver, deem, back, _, pay = CALLS[name]
    ended, gained = play(
        written[name],
        (
            ("2027-01-05", payer, deposit),
            ("2027-06-03", doer, deliver),
            ("2027-06-30", doer, deem),
            ("2027-06-30", doer, pay),
            ("2027-07-01", payer, back),
        ),
    )

    assert ended == ["", "", "DoneTooLate", "NotDone", ""]
    assert gained == {payer: 0, doer: 0}


@pytest.mark.parametrize("name", CALLS)
def test_silence_about_work_in_time_still_counts(name: str, written: dict[str, Written]) -> None:
    payer, doer, deposit, deliver, deem, back, _, pay = CALLS[name]
    ended, gained = play(
        written[name],
        (
            ("2027-01-05", payer, deposit),
            ("2027-04-30", doer, deliver),
            ("2027-06-03", payer, back),
            ("2027-06-03", doer, deem),
            ("2027-06-04", doer, pay),
        ),
    )

    assert ended == ["", "", "DoneInTime", "", ""]
    assert gained[doer] > 0


@pytest.mark.parametrize("name", ["Extension", "Flat"])
def test_who_ordered_it_may_take_it_late(name: str, written: dict[str, Written]) -> None:
    payer, doer, deposit, deliver, _, back, accept, pay = CALLS[name]
    ended, gained = play(
        written[name],
        (
            ("2027-01-05", payer, deposit),
            ("2027-06-03", doer, deliver),
            ("2027-06-04", payer, accept),
            ("2027-06-05", payer, back),
            ("2027-06-06", doer, pay),
        ),
    )

    assert ended == ["", "", "", "OtherDue", ""]
    assert gained[doer] > 0
