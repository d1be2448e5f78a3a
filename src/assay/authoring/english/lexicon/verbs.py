"""Verbs, their published action, and how they arrange who and what.

A frame says what stands where: `give` has a thing and a receiver ("pay the Seller 100", "pay 100 to
the Seller"), `inform` takes the receiver as its object ("notify the Buyer of"), `take` has a thing
and a source ("buy from"), `do` has a thing only, `receive` turns a giver's act round,
`self` is what
a thing does of itself ("the tokens vest").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assay.authoring.model import Comparator

Frame = Literal["give", "inform", "take", "do", "receive", "self"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's dictionary form, its action (None: no published one fits) and its frame."""

    lemma: str
    action: str | None
    frame: Frame


_TABLE: tuple[tuple[str, Frame, str], ...] = (
    ("pay", "give", "pay remit disburse wire credit settle advance prepay tip fund bear "
     "cover discharge donate lend loan refinance subsidise subsidize prefund defray payout "
     "spend"),
    ("pay", "inform", "reimburse compensate indemnify remunerate"),
    ("issue", "give", "issue mint allot emit airdrop create"),
    ("pay", "give", "grant award"),
    ("transfer", "give", "transfer convey cede move pass swap forward bequeath"),
    ("transfer", "give", "send give go"),
    ("deliver", "give", "deliver bring ship dispatch submit furnish present upload hand mail "
     "courier "
     "email transmit consign"),
    ("supply", "give", "supply procure"),
    ("provide", "give", "provide render offer"),
    ("return", "give", "return revert redeliver surrender repay"),
    ("refund", "give", "refund rebate"),
    ("release", "give", "release unlock free"),
    ("deposit", "give", "deposit stake escrow pledge lodge place post put"),
    ("withdraw", "take", "withdraw unstake draw"),
    ("claim", "take", "claim levy impose ask demand request collect redeem recover charge bill "
     "reclaim"),
    ("vest", "self", "vest"),
    ("lock", "do", "lock freeze"),
    ("bid", "do", "bid outbid overbid"),
    ("buy", "take", "buy purchase acquire order repurchase"),
    ("sell", "give", "resell sell liquidate auction"),
    ("subscribe", "do", "subscribe"),
    ("contribute", "give", "contribute invest chip crowdfund"),
    ("distribute", "give", "distribute share split allocate divide apportion carve divvy"),
    ("burn", "do", "burn destroy"),
    ("confirm", "give", "confirm acknowledge certify verify attest"),
    ("inspect", "do", "inspect examine test check audit review appraise"),
    ("accept", "do", "accept"),
    ("reject", "do", "reject refuse decline veto"),
    ("approve", "do", "approve authorise authorize consent agree ratify endorse greenlight "
     "countersign"),
    ("vote", "do", "vote"),
    ("propose", "give", "propose nominate table"),
    ("notify", "inform", "notify inform tell advise warn alert remind invoice"),
    ("report", "give", "report publish announce post-report"),
    ("cancel", "do", "cancel revoke abort quit void annul scrap"),
    ("terminate", "do", "terminate end discontinue dissolve rescind"),
    ("renew", "do", "renew"),
    ("extend", "do", "extend postpone prolong defer"),
    ("keep", "do", "keep retain withhold hold deduct pocket"),
    ("disclose", "give", "disclose reveal divulge leak show"),
    ("use", "do", "use exploit reproduce copy"),
    ("occupy", "do", "occupy rent lease inhabit reside"),
    ("maintain", "do", "maintain insure preserve store"),
    ("repair", "do", "repair replace fix mend restore remedy cure rectify"),
    ("assign", "give", "assign novate delegate sublet sub-let underlet sublicense sub-license"),
    ("perform", "do", "perform complete execute carry build construct install develop design "
     "install prepare write organise organize translate train host clean paint assemble "
     "manufacture produce operate manage conduct fulfil fulfill undertake implement finish"),
)  # fmt: skip

CARRIERS = frozenset({"make", "effect", "give", "provide", "serve", "grant", "send", "carry out",
                      "conduct", "submit", "place"})  # fmt: skip
"""Verbs that carry a noun of an act in the passive: "payment shall be made"."""

VERBS: dict[str, Verb] = {
    lemma: Verb(lemma, action, frame)
    for action, frame, lemmas in _TABLE
    for lemma in lemmas.split()
}
VERBS["receive"] = Verb("receive", None, "receive")
VERBS["get"] = Verb("get", None, "receive")
VERBS["obtain"] = Verb("obtain", None, "receive")
VERBS["take"] = Verb("take", None, "receive")
VERBS["borrow"] = Verb("borrow", None, "receive")
VERBS["earn"] = Verb("earn", None, "receive")
VERBS["forfeit"] = Verb("forfeit", "keep", "give")
VERBS |= {
    lemma: Verb(lemma, "perform", "do")
    for lemma in (
        "incur suffer sustain repossess "
        "resolve solve enforce arrange dismantle evaluate assess investigate illustrate compose "
        "optimise optimize moderate escort babysit sew knit weld plaster insulate refurbish "
        "restock "
        "refill refuel recharge sweep vacuum polish sharpen engrave carve sculpt rehearse narrate "
        "subtitle transcribe brew bake roast cater induce persuade disparage defame infringe "
        "endanger misuse safeguard accompany analyse analyze digitise digitize summarise summarize "
        "vaccinate irrigate cultivate catalogue simulate verify-in-person unload-from beat warrant "
        "lose measure record quote register display certify waive decide instruct direct "
        "cause "
        "commission "
        "object protest complain appear smoke work attend comply "
        "cooperate collaborate enter re-enter repossess visit park drive walk play "
        "sign register advertise promote compete solicit hire employ recruit modify change alter "
        "amend update improve adapt tamper interfere remove uninstall connect disconnect activate "
        "deactivate pause resume block ban freeze-out exercise execute ensure procure-that protect "
        "defend secure support assist help monitor supervise answer respond reply label "
        "package pack load unload wash cook serve deploy migrate configure integrate photograph "
        "film record edit proofread plant harvest water feed transport drill dig excavate demolish "
        "renovate decorate print scan encrypt delete erase back-up backup post-process decompile "
        "reverse-engineer disassemble export import appoint remove dismiss engage "
        "stop convert exchange rebalance upgrade patch mow wear shave sing dance perform "
        "present-at teach coach treat examine-medically enable disable list delist slash raise "
        "reduce increase decrease lower adjust set calculate compute determine settle-dispute "
        "cut pick select find spot guess refer introduce invite recommend pool add apply "
        "strike participate join alter obtain-from follow obey observe avoid build draft shoot "
        "prune tune wire-up calibrate relocate rebrand mirror fork scrape resume wait stand "
        "contact approach poach entice circumvent copyright sub-contract subcontract outsource "
        "discriminate lobby rename relabel deface obstruct block hinder obscure dilute encumber "
        "mortgage charge-over collateralise collateralize hedge leverage "
        "validate attest-to sequence relay bridge wrap unwrap slash"
    ).split()
    if lemma not in VERBS
}
VERBS["revert"] = Verb("revert", "return", "self")
VERBS["vacate"] = Verb("vacate", "return", "do")
VERBS["revert"] = Verb("go back", "return", "give")
VERBS["flow"] = Verb("go", "transfer", "give")
VERBS["come"] = Verb("come", "perform", "do")
VERBS["add"] = Verb("add", "claim", "do")
VERBS["apply"] = Verb("apply", "pay", "self")
VERBS["make"] = Verb("make", "perform", "do")
VERBS["owe"] = Verb("owe", "pay", "give")
VERBS["accrue"] = Verb("accrue", "pay", "self")

VERBS |= {
    lemma: Verb(lemma, None, "do")
    for lemma in "allow permit entitle require oblige prohibit forbid".split()
}
FOLLOWING_OBJECT = frozenset({"send", "give", "receive", "get", "obtain", "earn", "go", "send over",
                              "send out", "hand out"})  # fmt: skip
"""Verbs whose action what they hand over decides: money is paid, goods are delivered."""

BY_CONTRACT = frozenset({"issue", "transfer", "refund", "release", "distribute", "burn", "lock",
                         "extend", "vest"})  # fmt: skip
"""Actions that the contract itself does where nobody else is named."""

SELF_VERBS: dict[str, str] = {
    "expire": "expired", "lapse": "lapsed", "begin": "begun", "commence": "commenced",
    "start": "started", "occur": "occurred", "happen": "occurred", "fail": "failed",
    "close": "closed", "mature": "matured", "arrive": "arrived", "default": "defaulted",
    "succeed": "succeeded", "end": "ended", "pass": "passed", "conclude": "concluded",
    "resign": "resigned", "die": "dead", "elapse": "elapsed", "launch": "launched",
    "arise": "arisen", "change": "changed", "win": "won", "lose": "lost", "exist": "exists",
    "leave": "left", "break": "broken", "raise": "raised", "merge": "merged", "land": "landed",
    "graduate": "graduated", "marry": "married", "retire": "retired", "work": "works",
    "open": "open", "sign": "signed", "complete": "completed", "finish": "finished",
    "conform": "conforms", "comply": "complies", "qualify": "qualifies",
    "live": "live", "list": "listed", "leak": "leaked", "cause": "caused", "damage": "damaged",
}  # fmt: skip
"""What a thing does of itself, and the state that it is in then."""

INTRANSITIVE = frozenset(
    "expire lapse begin start commence end occur happen resign elapse arrive close open retire "
    "merge remain stay mature conclude die arise".split()
)
"""Verbs that are told from nouns of the same form even at the end of a sentence."""

NOUNISH = frozenset(
    "transfer deposit return refund release report supply claim bid vote lock order issue use "
    "repair rebate stream "
    "test check cost charge rent lease purchase request demand share stake pledge place post bond "
    "invoice show beat warrant sew brew roast sweep file work process design license forward "
    "advance audit tip fund grant award burn "
    "rise fall "
    "drop "
    "end start part "
    "pass cause change list open win leave break damage record display exchange name "
    "offer "
    "object swap trade move credit wire ship reward hold print film escrow split bear default "
    "loan finish "
    "close launch copy result contract balance book answer mail email mortgage bridge bill "
    "review order auction contact approach hedge fork mirror remind host train "
    "paint store photograph label pack pack wash cook plant harvest water "
    "feed transport patch coach treat fail upload mint table".split()
)
"""Verbs whose form in -s is as often a noun."""

COMPARE_VERBS: dict[str, Comparator] = {
    "exceed": ">", "exceeds": ">", "exceeded": ">", "surpass": ">", "surpasses": ">",
    "reach": ">=", "reaches": ">=", "reached": ">=", "hit": ">=", "hits": ">=", "meets": ">=",
    "met": ">=", "equals": "=", "equal": "=", "totals": "=",
}  # fmt: skip
"""Verbs that compare their subject with their object."""

PARTICLES: dict[tuple[str, str], tuple[str | None, Frame]] = {
    ("ask", "for"): ("claim", "take"), ("get", "back"): (None, "receive"),
    ("receive", "back"): (None, "receive"),
    ("pay", "out"): ("pay", "give"), ("pay", "back"): ("return", "give"),
    ("go", "back"): ("return", "give"), ("come", "back"): ("return", "give"),
    ("flow", "back"): ("return", "give"), ("fall", "back"): ("return", "give"),
    ("pay", "off"): ("return", "give"), ("divvy", "up"): ("distribute", "give"),
    ("carve", "up"): ("distribute", "give"), ("split", "up"): ("distribute", "give"),
    ("cut", "up"): ("distribute", "give"), ("divide", "up"): ("distribute", "give"),
    ("share", "out"): ("distribute", "give"), ("pay", "over"): ("pay", "give"),
    ("hand", "over"): ("deliver", "give"), ("hand", "back"): ("return", "give"),
    ("hand", "in"): ("deliver", "give"), ("send", "back"): ("return", "give"),
    ("give", "back"): ("return", "give"), ("give", "up"): ("return", "give"),
    ("turn", "over"): ("deliver", "give"), ("turn", "in"): ("deliver", "give"),
    ("send", "out"): ("transfer", "give"), ("take", "back"): ("withdraw", "take"),
    ("take", "out"): ("withdraw", "take"), ("carry", "out"): ("perform", "do"),
    ("move", "out"): ("return", "do"), ("call", "off"): ("cancel", "do"),
    ("top", "up"): ("deposit", "do"), ("put", "up"): ("deposit", "give"),
    ("put", "down"): ("deposit", "give"), ("drop", "off"): ("deliver", "give"),
    ("dispose", "of"): ("sell", "give"), ("part", "with"): ("sell", "give"),
    ("set", "aside"): ("lock", "do"), ("cash", "out"): ("withdraw", "take"),
    ("sign", "up"): ("subscribe", "do"), ("opt", "out"): ("cancel", "do"),
    ("ship", "off"): ("deliver", "give"), ("drop", "out"): ("perform", "do"),
    ("hire", "out"): ("provide", "give"), ("rent", "out"): ("provide", "give"),
    ("lease", "out"): ("provide", "give"),
    ("hold", "off"): ("keep", "do"), ("wind", "up"): ("terminate", "do"),
    ("walk", "away"): ("terminate", "do"),
    ("yield", "up"): ("return", "give"), ("deliver", "up"): ("return", "give"),
    ("pull", "out"): ("withdraw", "take"), ("chip", "in"): ("contribute", "give"),
    ("sign", "off"): ("approve", "do"), ("reverse", "engineer"): ("perform", "do"),
    ("take", "part"): ("perform", "do"), ("put", "aside"): ("lock", "do"),
    ("pick", "up"): ("perform", "do"), ("draw", "on"): ("withdraw", "take"),
    ("draw", "upon"): ("withdraw", "take"), ("draw", "down"): ("withdraw", "take"),
    ("put", "away"): ("lock", "do"), ("lock", "away"): ("lock", "do"),
    ("buy", "back"): ("buy", "take"), ("call", "back"): ("withdraw", "take"),
    ("pay", "down"): ("return", "give"), ("pay", "up"): ("pay", "give"),
    ("sell", "off"): ("sell", "give"),
    ("turn", "down"): ("reject", "do"), ("back", "out"): ("cancel", "do"),
    ("give", "away"): ("transfer", "give"), ("let", "out"): ("assign", "do"),
    ("fork", "over"): ("pay", "give"), ("set", "up"): ("perform", "do"),
    ("hold", "back"): ("keep", "do"),
    ("hold", "on"): ("keep", "do"), ("hand", "on"): ("transfer", "give"),
    ("move", "in"): ("occupy", "do"), ("ship", "back"): ("return", "give"),
    ("refer", "back"): ("return", "give"), ("put", "forward"): ("propose", "give"),
    ("put", "in"): ("contribute", "give"), ("throw", "in"): ("contribute", "give"),
    ("pass", "on"): ("transfer", "give"),
    ("lock", "up"): ("lock", "do"), ("ship", "out"): ("deliver", "give"),
    ("bring", "back"): ("return", "give"), ("send", "off"): ("deliver", "give"),
    ("hand", "out"): ("distribute", "give"),
    ("hang", "on"): ("keep", "do"), ("check", "in"): ("occupy", "do"),
    ("check", "out"): ("return", "do"), ("cash", "in"): ("claim", "take"),
    ("lend", "out"): ("pay", "give"), ("send", "in"): ("deliver", "give"),
    ("send", "over"): ("transfer", "give"), ("call", "in"): ("claim", "take"),
}  # fmt: skip

LIGHT: dict[tuple[str, str], tuple[str, Frame]] = {
    ("make", "payment"): ("pay", "give"), ("make", "payments"): ("pay", "give"),
    ("effect", "payment"): ("pay", "give"), ("make", "delivery"): ("deliver", "give"),
    ("effect", "delivery"): ("deliver", "give"), ("make", "deposit"): ("deposit", "give"),
    ("make", "contribution"): ("contribute", "give"), ("make", "refund"): ("refund", "give"),
    ("issue", "refund"): ("refund", "give"), ("provide", "refund"): ("refund", "give"),
    ("give", "refund"): ("refund", "give"), ("grant", "refund"): ("refund", "give"),
    ("give", "notice"): ("notify", "give"), ("provide", "notice"): ("notify", "give"),
    ("serve", "notice"): ("notify", "give"), ("send", "notice"): ("notify", "give"),
    ("give", "notification"): ("notify", "give"), ("give", "consent"): ("approve", "do"),
    ("give", "approval"): ("approve", "do"), ("grant", "approval"): ("approve", "do"),
    ("cast", "vote"): ("vote", "do"), ("cast", "votes"): ("vote", "do"),
    ("place", "bid"): ("bid", "do"), ("submit", "bid"): ("bid", "do"),
    ("place", "bids"): ("bid", "do"), ("submit", "bids"): ("bid", "do"),
    ("make", "bid"): ("bid", "do"), ("submit", "proposal"): ("propose", "give"),
    ("make", "proposal"): ("propose", "give"), ("file", "claim"): ("claim", "take"),
    ("submit", "claim"): ("claim", "take"), ("make", "claim"): ("claim", "take"),
    ("conduct", "inspection"): ("inspect", "do"), ("carry", "inspection"): ("inspect", "do"),
    ("perform", "inspection"): ("inspect", "do"), ("make", "transfer"): ("transfer", "give"),
    ("take", "delivery"): ("accept", "do"), ("take", "possession"): ("occupy", "do"),
    ("make", "repairs"): ("repair", "do"), ("perform", "repairs"): ("repair", "do"),
    ("provide", "confirmation"): ("confirm", "give"), ("give", "confirmation"): ("confirm", "give"),
    ("make", "use"): ("use", "do"), ("provide", "access"): ("provide", "give"),
    ("provide", "consent"): ("approve", "do"), ("grant", "consent"): ("approve", "do"),
    ("take", "place"): ("perform", "do"), ("raise", "charge"): ("claim", "take"),
    ("raise", "fee"): ("claim", "take"), ("raise", "invoice"): ("claim", "take"),
    ("make", "disclosure"): ("disclose", "give"),
    ("make", "announcement"): ("report", "give"), ("make", "report"): ("report", "give"),
    ("make", "available"): ("provide", "give"), ("issue", "invoice"): ("claim", "take"),
    ("issue", "report"): ("report", "give"), ("make", "offer"): ("bid", "do"),
    ("make", "purchase"): ("buy", "take"), ("make", "withdrawal"): ("withdraw", "take"),
    ("make", "return"): ("return", "give"), ("make", "distribution"): ("distribute", "give"),
    ("make", "claims"): ("claim", "take"), ("lodge", "claim"): ("claim", "take"),
    ("make", "request"): ("claim", "take"), ("submit", "request"): ("claim", "take"),
    ("place", "order"): ("buy", "take"), ("place", "orders"): ("buy", "take"),
    ("take", "leave"): ("perform", "do"), ("take", "action"): ("perform", "do"),
    ("take", "steps"): ("perform", "do"), ("take", "advice"): ("perform", "do"),
    ("perform", "services"): ("provide", "give"), ("hold", "vote"): ("vote", "do"),
    ("give", "warning"): ("notify", "give"), ("make", "repair"): ("repair", "do"),
    ("make", "inspection"): ("inspect", "do"), ("make", "remittance"): ("pay", "give"),
    ("carry", "repairs"): ("repair", "do"), ("make", "bids"): ("bid", "do"),
    ("give", "access"): ("provide", "give"), ("grant", "access"): ("provide", "give"),
    ("give", "refunds"): ("refund", "give"), ("give", "permission"): ("approve", "do"),
}  # fmt: skip
"""A verb of little meaning with the noun that carries it: "make a payment of"."""

NOUNS: dict[str, str] = {
    "payment": "pay", "payments": "pay", "outlay": "pay", "expenditure": "pay", "spending": "pay",
    "prepayment": "pay", "remittance": "pay",
    "settlement": "pay", "disbursement": "pay", "issuance": "issue", "issue": "issue",
    "minting": "issue", "transfer": "transfer", "conveyance": "transfer", "delivery": "deliver",
    "shipment": "deliver", "dispatch": "deliver", "handover": "deliver", "submission": "deliver",
    "supply": "supply", "provision": "provide", "return": "return", "repayment": "repay",
    "refund": "refund", "reimbursement": "refund", "release": "release", "deposit": "deposit",
    "withdrawal": "withdraw", "claim": "claim", "redemption": "redeem", "vesting": "vest",
    "resale": "sell", "purchase": "buy", "acquisition": "buy", "sale": "sell",
    "subscription": "subscribe",
    "contribution": "contribute", "distribution": "distribute", "burning": "burn",
    "confirmation": "confirm", "acknowledgement": "confirm", "acknowledgment": "confirm",
    "verification": "confirm", "certification": "confirm", "inspection": "inspect",
    "examination": "inspect", "acceptance": "accept", "rejection": "reject", "refusal": "reject",
    "instruction": "notify", "instructions": "notify", "intimation": "notify", "handback": "return",
    "announcement": "report", "ratification": "confirm", "collection": "deliver",
    "loading": "deliver", "pickup": "deliver", "relocation": "perform",
    "presentation": "deliver",
    "notification": "notify", "notice": "notify", "publication": "report",
    "cancellation": "cancel", "termination": "terminate", "renewal": "renew",
    "extension": "extend", "disclosure": "disclose", "repair": "repair", "assignment": "assign",
    "performance": "perform", "request": "claim", "demand": "claim", "arrival": "deliver",
    "surrender": "return", "unlocking": "release", "replacement": "repair", "vacation": "return",
}  # fmt: skip
"""Nouns of acts, to the verb that they come from."""

APPROVAL_NOUNS = frozenset({"approval", "consent", "permission", "authorisation", "authorization",
                            "agreement", "authority", "sign-off", "approvals",
                            "signatures", "signature"})  # fmt: skip

ABSTRACT = frozenset(NOUNS) - frozenset(
    "deposit report claim shipment contribution purchase refund prepayment subscription".split()
)
"""Nouns of acts that a pronoun for a thing hardly means."""


def verb_named(lemma: str) -> Verb:
    """A verb by its dictionary form, phrasal ones and those that a noun carries included."""
    if lemma in VERBS:
        return VERBS[lemma]
    first, _, second = lemma.partition(" ")
    meaning = PARTICLES.get((first, second)) or LIGHT.get((first, second))
    return Verb(lemma, *meaning) if meaning is not None else Verb(lemma, "perform", "do")
