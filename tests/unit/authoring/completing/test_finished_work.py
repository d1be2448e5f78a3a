"""Finished work is one act, and its doer records it where silence counts from it."""

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement

SITE = (
    "The Client deposits 5,000 USDC in the contract on signing. The Developer shall complete the "
    "website by 30 June 2027. If the Client says nothing within 10 days after completion, the "
    "Client is deemed to have accepted the website. Once the website is accepted, the 5,000 USDC "
    "are released to the Developer. If the website is not completed by 31 July 2027, the 5,000 "
    "USDC are refunded to the Client."
)
WORKS = (
    "委托人应在签订时存入5000 USDC。承包人应于2027年6月30日前完成装修工程。委托人在装修工程完工后"
    "10日内未提出异议的,视为验收合格。验收合格后,5000 USDC支付给承包人。承包人未于2027年7月31日前"
    "完成装修工程的,5000 USDC退还委托人。"
)


@pytest.mark.parametrize(
    ("text", "doer", "records"),
    [(SITE, "developer", "developerPerformWebsite"), (WORKS, "承包人", "perform")],
)
def test_silence_counts_from_what_the_doer_records(text: str, doer: str, records: str) -> None:
    read = read_agreement(text)
    asked = {one.id.split(".")[0]: one for one in read.questions}
    assert asked["who_confirms"].suggestions[0] == doer
    assert "never run" in asked["who_confirms"].text or "异议期" in asked["who_confirms"].text

    answers = {one.id: one.suggestions[0] for one in read.questions}
    program = compose(read_agreement(text, answers=answers), BLOCKS, name="Work").program

    names = {one.name for one in program.functions}
    assert records in names
    assert any(name.startswith("deem") for name in names)


def test_an_end_that_no_deposit_would_know_of_is_asked() -> None:
    read = read_agreement(
        "The Tenant shall pay the Landlord 900 USDC every month from 1 March 2027 for 24 months. "
        "The Tenant deposits 1,800 USDC. The Landlord may deduct unpaid rent from the deposit. "
        "Either side may end the lease if the roof leaks. After 28 February 2029 the deposit is "
        "returned to the Tenant."
    )

    told = " ".join(one.text for one in read.questions)
    assert "would still be taken out of the deposit" in told
