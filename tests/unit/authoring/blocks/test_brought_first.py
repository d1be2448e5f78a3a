"""Nobody rejects what was not delivered, or confirms the completion of what was not recorded."""

from __future__ import annotations

import pytest

from assay.authoring.checking.answers import answer
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

LOGO = (
    "The Client deposits 2,000 USDC into escrow. The Designer delivers the logo by 1 May 2027. "
    "Once the Client accepts the logo, the deposit is released to the Designer. If the Client "
    "rejects the logo, the deposit is returned to the Client. After 1 September 2027 the deposit "
    "is returned to the Client."
)
MACHINE = (
    "甲方向合约存入20000 USDC。乙方应在2027年3月1日前向甲方交付设备。甲方验收合格的，"
    "合约向乙方支付20000 USDC；甲方拒收的，合约将全部款项退还甲方。"
    "2027年9月1日后，合约将剩余款项退还甲方。"
)
WAREHOUSE = (
    "The Employer deposits 30,000 USDC into the contract. The Contractor shall complete the "
    "warehouse by 31 August 2027. When the Employer confirms completion of the warehouse, the "
    "contract pays the Contractor 30,000 USDC. If the warehouse is not completed by 31 August "
    "2027, the deposit is refunded to the Employer. For each day of delay the contract pays the "
    "Employer 100 USDC out of the deposit."
)


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            "Logo": lambda: read_agreement(LOGO),
            "Machine": lambda: read_agreement(MACHINE),
            "Warehouse": lambda: answer(
                read_agreement(WAREHOUSE),
                {"no_way_out.1": "2027-11-29", "who_confirms.4.perform": "contractor"},
            ),
        }
    )


@pytest.mark.parametrize("name", ["Logo", "Machine", "Warehouse"])
def test_every_clause_is_kept_on_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize(
    ("name", "payer", "doer", "put", "deliver", "reject", "back"),
    [
        (
            *("Logo", "client", "designer"),
            *("clientDeposit", "designerDeliverLogo", "clientRejectLogo", "returnToClient"),
        ),
        (
            *("Machine", "partyA", "partyB"),
            *("partyADeposit", "partyBDeliverEquipment", "partyAReject", "refundToPartyA"),
        ),
    ],
)
def test_a_rejection_waits_for_the_delivery(
    name: str,
    payer: str,
    doer: str,
    put: str,
    deliver: str,
    reject: str,
    back: str,
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written[name],
        (
            ("2027-01-05", payer, put),
            ("2027-01-06", payer, reject),
            ("2027-01-06", payer, back),
            ("2027-02-01", payer, deliver),
            ("2027-02-01", doer, deliver),
            ("2027-02-02", payer, reject),
            ("2027-02-03", payer, back),
        ),
    )

    assert ended == ["", "NotDone", "NotDone", "NotAllowed", "", "", ""]
    assert gained == {payer: 0, doer: 0}


def test_completion_is_confirmed_once_it_is_recorded_and_its_delay_is_paid(
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written["Warehouse"],
        (
            ("2027-01-05", "employer", "employerDeposit"),
            ("2027-09-05", "employer", "employerConfirmCompletion"),
            ("2027-09-10", "contractor", "contractorPerformWarehouse"),
            ("2027-09-11", "employer", "employerConfirmCompletion"),
            ("2027-09-12", "contractor", "payToContractor"),
            ("2027-09-12", "employer", "payToEmployer"),
        ),
    )

    assert ended[:5] == ["", "NotDone", "", "", "FeeUnpaid"]
    assert gained["employer"] > -30_000


def test_a_rejection_without_a_delivery_that_is_told_needs_none() -> None:
    read = read_agreement(LOGO.replace("The Designer delivers the logo by 1 May 2027. ", ""))
    built = write_all({"Bare": lambda: read})["Bare"]

    ended, _ = play(
        built,
        (("2027-01-05", "client", "clientDeposit"), ("2027-01-06", "client", "clientRejectLogo")),
    )

    assert ended == ["", ""]
