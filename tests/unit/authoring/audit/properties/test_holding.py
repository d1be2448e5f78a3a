"""Prose held against contracts written by hand: right ones hold, tampered ones are caught."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.authoring.audit.errors import PartyUnknown
from assay.authoring.audit.model import Property
from assay.authoring.audit.properties.arguments import is_guess, terms_of, value_for
from assay.authoring.audit.properties.verdicts import LEAST_CALLS
from assay.authoring.audit.sources.solidity import SolidityParser
from assay.authoring.audit.sources.vyper import VyperParser
from assay.authoring.audit.use_cases.holding import Held, Options, cut_short, hold
from assay.authoring.compiling.model import Compiled
from assay.authoring.compiling.solc import SolidityCompiler
from assay.authoring.trials import token
from assay.authoring.trials.cast import START_S
from assay.authoring.use_cases.reading import read_agreement

FOLDER = Path(__file__).parent / "contracts"
EXAMPLES = Path(__file__).parents[5] / "examples" / "audit"
Hold = Callable[..., Held]

ESCROW = (
    "The Buyer shall deposit 10 ETH into escrow within 7 days. When the Buyer confirms delivery, "
    "the deposit shall be released to the Seller. If the Buyer does not confirm delivery within "
    "30 days, the deposit shall be refunded to the Buyer. The Seller must not withdraw the deposit "
    "before the Buyer confirms delivery."
)
HANDOVER = (
    "1. The buyer shall deposit 2 ETH into the escrow within 7 days.\n\n"
    "2. When the buyer confirms receipt of the goods, the escrow shall pay 2 ETH to the seller.\n\n"
    "3. If the buyer has not confirmed receipt within 30 days after the deposit, the buyer may "
    "withdraw the 2 ETH.\n"
)
ESCROW_CHINESE = (
    "买方应在7日内向合约存入10 ETH。买方确认收货后,合约应将该款项释放给卖方。"
    "如果买方在30日内未确认收货,则应将该款项退还给买方。"
)
CROWDFUNDING = (
    "Contributors may contribute ETH within 60 days. If the goal of 100 ETH is reached, the "
    "creator may withdraw the funds after 60 days. If the goal of 100 ETH is not reached within "
    "60 days, each contributor may claim a refund."
)
VESTING = (
    "12,000 TKN vest to the employee linearly over 4 years, with a cliff of one year. "
    "Only the employee may claim the vested tokens."
)
SPLIT = "Every payment received in ETH is split 70% to the artist and 30% to the gallery."
WORKS = (
    "The client shall deposit 3 ETH. When the client approves the work, the contract pays the "
    "contractor 3 ETH. If the client does not approve the work within 90 days, the 3 ETH are "
    "refunded to the client."
)
RIGHT = [
    ("Escrow.sol", ESCROW_CHINESE, 2),
    ("Crowdfunding.sol", CROWDFUNDING, 1),
    ("Vesting.sol", VESTING, 1),
    ("Split.sol", SPLIT, 1),
    ("works.vy", WORKS, 1),
]
TAMPERED = {
    "wrong payee": ("Escrow.sol", ESCROW, "seller.call{value", "payable(buyer).call{value", 1),
    "early way out": ("Escrow.sol", ESCROW, "> started + 30 days", "> started + 3 days", 2),
    "anybody approves": ("works.vy", WORKS,
                         'def approve():\n    assert msg.sender == self.client, "client"',
                         "def approve():", 1),
    "a fee nobody agreed": ("Escrow.sol", ESCROW, "seller.call{value: PRICE}",
                            "seller.call{value: PRICE - 1 ether}", 1),
    "never a refund": ("Escrow.sol", ESCROW_CHINESE, "> started + 30 days",
                       "> started + 30000 days", 2),
    "a refund that comes late": ("Escrow.sol", ESCROW, "> started + 30 days",
                                 "> started + 300 days", 2),
    "paid back twice": ("Escrow.sol", ESCROW,
                        "closed = true;\n        (bool ok, ) = payable(buyer)",
                        "(bool ok, ) = payable(buyer)", 2),
    "a back door": ("Escrow.sol", ESCROW_CHINESE, "    function refund()",
            (
            "    function rescue() external { payable(msg.sender).transfer(1 ether); }\n"
            "    function refund()"
        ), None),
    "goal ignored": ("Crowdfunding.sol", CROWDFUNDING, "raised >= goal && !taken", "!taken", 1),
    "no cliff": ("Vesting.sol", VESTING, "if (elapsed < CLIFF) return 0;", "", 0),
    "other shares": ("Split.sol", SPLIT, "* 70 / 100", "* 60 / 100", 0),
}  # fmt: skip


@pytest.fixture(scope="module")
def coin() -> Compiled:
    return SolidityCompiler().compile(token.SOURCE, token.NAME)


@pytest.fixture
def held(coin: Compiled, parser: SolidityParser) -> Hold:
    def run(
        file: str,
        prose: str,
        source: str,
        *,
        parties: dict[str, str] | None = None,
        timeout_s: float = 60.0,
        histories: int = 8,
        seed: int = 2,
    ) -> Held:
        compiler = parser if file.endswith(".sol") else VyperParser()
        binaries = compiler.build(Path(file), source)
        given = Options(parties or {}, {}, seed, timeout_s, histories)
        return hold(read_agreement(prose), binaries, source, coin, options=given)

    return run


def read(file: str) -> str:
    folder = FOLDER if (FOLDER / file).is_file() else EXAMPLES
    return (folder / file).read_text(encoding="utf-8")


def of(found: Held, verdict: str) -> list[Property]:
    return [one for one in found.properties if one.verdict == verdict]


@pytest.mark.parametrize(("file", "prose", "seed"), RIGHT)
def test_a_contract_that_does_what_was_agreed_holds(
    held: Hold, file: str, prose: str, seed: int
) -> None:
    found = held(file, prose, read(file), seed=seed, histories=12)

    assert of(found, "violated") == []
    assert of(found, "not_checked") == []
    assert all(one.tried for one in of(found, "holds"))


@pytest.mark.parametrize("case", TAMPERED)
def test_a_tampered_contract_is_shown_with_the_calls_that_break_the_clause(
    held: Hold, case: str
) -> None:
    file, prose, right, wrong, obligation = TAMPERED[case]
    source = read(file)
    assert source.count(right) == 1

    tampered = source.replace(right, wrong)
    broken = of(held(file, prose, tampered), "violated")

    mine = [one for one in broken if one.obligation == obligation]
    assert mine
    assert all(one.reason for one in broken)
    assert all(0 < len(one.counterexample) <= 5 for one in mine)


def test_a_counterexample_says_who_calls_what_with_how_much_and_what_moved(held: Hold) -> None:
    source = read("Escrow.sol").replace("seller.call{value", "payable(buyer).call{value")

    (broken,) = of(held("Escrow.sol", ESCROW, source), "violated")

    assert broken.counterexample == (
        "day 0: buyer calls deposit() with 10 ETH -> the contract +10 ETH; buyer -10 ETH",
        "day 0: buyer calls confirmDelivery() -> the contract -10 ETH; buyer +10 ETH",
    )
    assert broken.reason == "buyer gets 10 ETH, which is due to seller"
    assert broken.span is not None
    assert ESCROW[slice(*broken.span)] == "the deposit shall be released to the Seller"


def test_trials_that_were_cut_say_so_and_let_nothing_hold_that_was_hardly_tried(
    held: Hold,
) -> None:
    found = held("Escrow.sol", ESCROW, read("Escrow.sol"), timeout_s=0.001)

    (gap,) = cut_short(found, "Escrow.sol", 0.001)
    assert "--trials" in gap.reason
    assert found.prose.is_cut
    assert of(found, "violated") == []
    assert all(one.tried >= LEAST_CALLS or one.name == "possible" for one in of(found, "holds"))


def test_words_that_were_not_understood_accuse_nobody(held: Hold) -> None:
    prose = ESCROW.replace("to the Seller", "to the Seller whensoever a moon turns blue")
    source = read("Escrow.sol").replace("PRICE}", "PRICE - 1 ether}", 1)

    found = held("Escrow.sol", prose, source, histories=4)

    assert [one for one in of(found, "violated") if one.obligation == 1] == []
    assert any("was not understood" in one.reason for one in of(found, "not_checked"))


def test_the_same_seed_gives_the_same_verdicts(held: Hold) -> None:
    source = read("Split.sol")

    once, again = (held("Split.sol", SPLIT, source, histories=4) for _ in range(2))

    assert once == again


def test_money_forced_upon_a_contract_breaks_no_clause_about_what_is_paid_in(held: Hold) -> None:
    found = held("Handover.sol", HANDOVER, read("Handover.sol"))

    assert of(found, "violated") == []
    assert len(of(found, "holds")) >= 6


def test_money_that_goes_to_the_wrong_party_is_not_said_to_go_only_where_it_is_due(
    held: Hold,
) -> None:
    source = read("Handover.sol")
    tampered = source.replace("seller.call", "buyer.call")

    right, wrong = (
        held("Handover.sol", HANDOVER, each, histories=24) for each in (source, tampered)
    )

    assert tampered != source
    assert "only_as_agreed" in [one.name for one in of(right, "holds")]
    assert "only_as_agreed" not in [one.name for one in of(wrong, "holds")]


def test_what_cannot_be_mapped_is_not_checked_and_says_how_to_name_it(held: Hold) -> None:
    prose = "甲方应向合约存入10 ETH。甲方确认收货后,合约应将该款项释放给乙方。"
    source = read("Escrow.sol")

    alone = held("Escrow.sol", prose, source, histories=2)
    who = {"甲方": "buyer", "乙方": "seller"}
    named = held("Escrow.sol", prose, source, parties=who, histories=24)

    reasons = [one.reason for one in of(alone, "not_checked")]
    assert any("--party" in one for one in reasons)
    # The code has a refund of which this prose says nothing.
    assert [one.name for one in of(named, "violated")] == ["only_as_agreed"]
    assert len(of(named, "holds")) >= 6


def test_a_party_whom_the_code_does_not_have_is_refused(held: Hold) -> None:
    with pytest.raises(PartyUnknown, match="nobody called 'arbiter'"):
        held("Escrow.sol", ESCROW, read("Escrow.sol"), parties={"buyer": "arbiter"})


def test_words_that_calls_do_not_show_are_never_said_to_hold(held: Hold) -> None:
    prose = (
        "The buyer shall deposit 10 ETH. If the goods are defective, the deposit shall be "
        "refunded to the buyer. The seller must not disclose the price."
    )

    found = held("Escrow.sol", prose, read("Escrow.sol"))

    about = {one.obligation: one for one in of(found, "not_checked")}
    assert 2 in about
    assert not any(one.obligation == 1 and one.name == "only_when" for one in of(found, "holds"))


def test_a_treasury_is_whom_the_code_calls_so_and_else_the_contract_itself(held: Hold) -> None:
    fee = "Every payment received in ETH is split 2% to the treasury and 98% to the artist."
    named = held("Fee.sol", fee, read("Fee.sol"), seed=1)
    unnamed = held("works.vy", WORKS.replace("the contract", "the treasury"), read("works.vy"))

    assert of(named, "violated") == of(named, "not_checked") == []
    assert of(unnamed, "violated") == []
    assert of(unnamed, "holds")


def test_what_the_next_sentence_may_allow_is_no_breach_of_the_first(held: Hold) -> None:
    prose = (
        "The Tenant pays a deposit of 2 ETH into the contract. The deposit is returned to the "
        "Tenant when the Landlord confirms that the flat is in good order; if he does not confirm "
        "within 60 days after the end of the lease, the bicycle is returned to the Tenant anyway."
    )
    source = read("Deposit.sol")
    tampered = source.replace("msg.sender == landlord && ", "")

    right, wrong = (held("Deposit.sol", prose, each, histories=8) for each in (source, tampered))

    assert tampered != source
    assert of(right, "violated") == []
    assert any("was not mapped" in one.reason for one in of(right, "not_checked"))
    assert [one.name for one in of(wrong, "violated")]


@pytest.mark.parametrize(
    ("prose", "value", "guessed"),
    [
        ("The 2 ETH go back to the Tenant by 31 December 2027.", 1_830_250_799, False),
        ("The 2 ETH go back to the Tenant within 90 days.", START_S + 90 * 86_400, False),
        ("The 2 ETH go back to the Tenant within 60 days.", START_S + 30 * 86_400, True),
    ],
)
def test_a_moment_is_a_date_of_the_prose_and_no_length_that_the_code_adds_to_it(
    prose: str, value: int, guessed: bool
) -> None:
    agreement = "The Tenant pays a deposit of 2 ETH into the contract. " + prose
    terms = terms_of(read_agreement(agreement), {"ETH": 18})
    argument = {"name": "leaseEnd_", "type": "uint256"}
    source = read("Deposit.sol")

    assert value_for(argument, terms, source, None) == value
    assert is_guess(argument, terms, source) is guessed
