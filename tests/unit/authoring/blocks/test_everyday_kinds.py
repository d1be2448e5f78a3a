"""Agreements of every day, in the words of those who make them, keep every clause."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.trials.cast import cast_of
from assay.authoring.trials.clauses import clause_trials
from assay.authoring.trials.reckoning import reckoned_trials
from assay.authoring.trials.walks import explore
from assay.authoring.trials.whole import whole_trials
from assay.authoring.use_cases.reading import read_agreement

GRANTED = (
    'The Company grants Maria Lopez (the "Employee") 48,000 ACME tokens. ACME has 18 decimals. '
    "The tokens vest in equal monthly parts over four years beginning on 1 January 2027. "
    "Nothing vests before 1 January 2028. The Company deposits the tokens in the contract. "
    "If the Employee leaves the Company, unvested tokens are returned to the Company."
)
AGREED = {
    "a grant until somebody says that the employee has left": (
        GRANTED,
        {"who_states.5.1": "company"},
        {"vesting"},
    ),
    "an auction in plain words": (
        (
            "Bidding starts at 10 USDC and ends on 12 April 2027. Each bid must be at least 5 % "
            "higher than the one before. The highest bidder gets the NFT. Whoever is outbid gets "
            "their money back at once. The highest bid is paid to the gallery."
        ),
        {},
        {"auction"},
    ),
    "a stake of at least so much": (
        (
            "Stakers lock at least 100 NODE for 90 days. Anyone who withdraws earlier loses 10 % "
            "of their stake to the treasury. NODE has 18 decimals."
        ),
        {},
        {"stake"},
    ),
    "a subscription that the provider can end after a notice": (
        (
            "The subscriber pays the provider 12 USDC every month. The subscriber may cancel at "
            "any time. The provider may terminate the subscription with 30 days' notice."
        ),
        {},
        {"subscription"},
    ),
    "members of whom the club ends who does not pay": (
        (
            "Members pay the club 25 USDC every month. The club may end a membership if the "
            "member has not paid for 14 days."
        ),
        {},
        {"subscription"},
    ),
    "two grounds of which one is enough": (
        (
            "The Buyer pays 4,000 USDC into escrow by 1 September 2027. The Seller shall deliver "
            "the olives by 15 October 2027. If the Buyer accepts the olives, the 4,000 USDC are "
            "released to the Seller. If the Buyer rejects the olives, or the Seller has not "
            "delivered by 15 October 2027, the 4,000 USDC are refunded to the Buyer."
        ),
        {
            "either_condition": "one is enough",
            "no_way_out.1": "2028-06-30",
            "who_confirms": "buyer",
        },
        {"escrow", "records"},
    ),
    "a fee for each day of delay out of what is held": (
        (
            "The Customer deposits 5,000 USDC into the contract. The Supplier shall deliver the "
            "machine by 1 June 2027. For each day of delay, the contract pays the Customer 50 USDC "
            "out of the deposit. On delivery of the machine the rest of the deposit is released to "
            "the Supplier. If the Supplier has not delivered the machine by 1 September 2027, the "
            "deposit is refunded to the Customer."
        ),
        {"who_confirms": "customer"},
        {"escrow", "records"},
    ),
    "a share that is kept for each day, up to a bound": (
        (
            "The Tenant deposits 900 USDC into the contract. The Tenant shall return the keys by "
            "1 June 2027. For each day of delay the Landlord keeps 2 % of the deposit, but no more "
            "than 40 %. Once the Tenant has returned the keys the deposit is refunded to the "
            "Tenant. If the keys have not been returned by 1 August 2027, the deposit is paid to "
            "the Landlord."
        ),
        {"who_confirms": "landlord"},
        {"escrow", "records"},
    ),
    "a debt that is paid back in instalments from a date on": (
        (
            "The Borrower owes the Lender 6,000 USDC. The Borrower shall repay the Lender "
            "6,000 USDC in 12 equal monthly instalments starting on 1 March 2027. If an instalment "
            "is more than 10 days late, the Borrower shall pay the Lender a late fee of 50 USDC."
        ),
        {},
        {"payment"},
    ),
    "what was put in is locked until a date": (
        (
            "Sam deposits 2 ETH into the contract. The 2 ETH are locked until 1 January 2030. "
            "After that Sam can withdraw them."
        ),
        {},
        {"escrow", "bounds"},
    ),
    "a split for people by name": (
        (
            "The contract splits all USDC it receives: 55 % for Nina, 25 % for Omar and 20 % for "
            "the studio. Each of them can withdraw their part at any time."
        ),
        {},
        {"split"},
    ),
    "tokens for a price while the sale is open": (
        (
            "When a user pays 100 USDC to the issuer, issue 10 GEM to the user. The sale opens on "
            "1 February 2027 and closes on 28 February 2027."
        ),
        {},
        {"exchange"},
    ),
    "what is left after a date": (
        (
            "The Client deposits 9,000 USDC into escrow. Upon acceptance of the design by the "
            "Client, 3,000 USDC are released to the Designer. Upon acceptance of the website by "
            "the Client, the remaining balance is released to the Designer. Any money not released "
            "by 30 November 2027 shall be returned to the Client."
        ),
        {},
        {"escrow"},
    ),
    "time that runs from a failure": (
        (
            "The Client pays the Coder 900 USDC by 1 May 2027. If the Coder has not delivered "
            "the app by 1 November 2027, it must return 900 USDC to the Client within 30 days."
        ),
        {"who_confirms.2.deliver": "client"},
        {"payment"},
    ),
}


@pytest.mark.parametrize(("text", "answers", "blocks"), AGREED.values(), ids=AGREED)
def test_every_clause_is_kept(text: str, answers: dict[str, str], blocks: set[str]) -> None:
    asked = [one.id for one in read_agreement(text).questions]
    given = {
        next((id_ for id_ in asked if id_.startswith(f"{begins}.")), begins): answer
        for begins, answer in answers.items()
    }
    specification = read_agreement(text, answers=given)

    composition = compose(specification, BLOCKS, name="Plain")
    cast = cast_of(composition.program)
    walks = explore(composition.program, cast)
    trials = [
        *reckoned_trials(specification, composition, cast, walks),
        *clause_trials(specification, composition, cast, walks),
        *whole_trials(composition.program, cast, walks),
    ]

    assert {claim.block for claim in composition.claims} == blocks
    assert [trial for trial in trials if not trial.passed] == []
