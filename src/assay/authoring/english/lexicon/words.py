"""Words that build sentences, and nouns for those who take part."""

from __future__ import annotations

DETERMINERS = frozenset(
    "the a an any all each every such said its their his her this that these those no neither both "
    "either another some our my your one's other's aforesaid aforementioned same respective "
    "relevant "
    "applicable whole entire full own other".split()
)
PRONOUNS = frozenset("it they them he she him her itself themselves".split())
ACTING = frozenset({"it", "they", "he", "she"})
"""Pronouns that a verb can have as its subject."""
SPEAKERS = {"i": "i", "me": "i", "you": "you", "we": "we", "us": "we", "u": "you",
            "everyone": "anyone", "everybody": "anyone", "anyone": "anyone", "anybody": "anyone",
            "whoever": "anyone", "nobody": "anyone", "someone": "anyone",
            "somebody": "anyone"}  # fmt: skip
"""Words that are a party by themselves."""
PREPOSITIONS = frozenset(
    "to of for from in into on onto upon at by with within without under over before after during "
    "until till against through via per following pursuant between among amongst toward towards "
    "as than since prior about regarding concerning including excluding throughout beyond "
    "hereunder thereof therefor therefrom hereof hereto thereto thereunder".split()
)
MODALS = frozenset(
    "shall must will may can cannot can't won't should might would mustn't shan't shouldn't".split()
)
BE = frozenset("is are was were am be been being isn't aren't wasn't weren't".split())
HAVE = frozenset("has have had having hasn't haven't hadn't".split())
DO = frozenset("does do did doesn't don't didn't".split())
CONJUNCTIONS = frozenset({"and", "or", "and/or", "but", "nor", "then", "plus"})
SUBORDINATORS = frozenset(
    "if when whenever once where unless until till while whilst provided after before upon failing "
    "except save otherwise should because although since whereas as on in following subject so "
    "even only".split()
)
FILLERS = frozenset(
    "hereby herein hereunder hereof hereto thereof therein thereto thereunder therefor thereafter "
    "therewith thereupon forthwith also further furthermore moreover accordingly duly properly "
    "validly "
    "solely directly personally strictly respectively simply only just then please always "
    "reasonably actually fully in-full completely lawfully diligently faithfully unconditionally "
    "irrevocably absolutely expressly hereafter hereinafter additionally likewise similarly "
    "himself herself yourself ourselves myself yourselves "
    "electronically successfully too jointly severally voluntarily correctly finally "
    "either both exclusively therefore thus now initially subsequently collectively individually "
    "separately timely punctually clearly safely securely however itself themselves satisfactorily "
    "materially again back together already ever".split()
)
"""Words that carry no duty of their own."""

AUTOMATIC = frozenset({"automatically", "programmatically"})
AT_ONCE = frozenset("immediately promptly instantly forthwith asap upfront".split())
VAGUE_TIME = frozenset({"promptly", "soon", "asap", "expeditiously", "timely"})

ROLES = frozenset(
    "buyer seller vendor purchaser customer client supplier contractor subcontractor consultant "
    "tenant landlord lessee lessor renter owner employer employee worker freelancer developer "
    "designer artist author publisher licensor licensee franchisor franchisee lender borrower "
    "creditor debtor guarantor investor shareholder founder issuer holder subscriber bidder winner "
    "auctioneer beneficiary trustee settlor insurer insured policyholder agent broker dealer "
    "trader "
    "payer payee sender recipient receiver depositor custodian arbiter arbitrator mediator judge "
    "inspector auditor validator oracle carrier shipper consignee consignor manufacturer "
    "distributor reseller retailer wholesaler merchant farmer grower producer musician singer "
    "operator provider user member director manager administrator admin board "
    "committee council dao company corporation firm bank treasury charity foundation school "
    "university hospital museum gallery government authority agency partner party parties "
    "participant contributor backer donor donee grantor grantee assignor assignee maker taker host "
    "guest driver rider passenger student teacher trainer coach tutor doctor patient engineer "
    "architect builder surveyor lawyer attorney solicitor notary accountant advisor adviser "
    "promoter organiser organizer sponsor advertiser influencer creator photographer writer editor "
    "translator player team club association cooperative syndicate counterparty "
    "marketplace registrar curator keeper caretaker cleaner plumber painter installer "
    "stakeholder signatory signer voter delegate proposer referee umpire expert appraiser valuer "
    "underwriter reinsurer claimant respondent plaintiff defendant heir spouse husband wife parent "
    "child brother sister friend neighbour neighbor roommate co-owner customer's miner relayer "
    "staker holders airline venue restaurant hotel hirer landlady mortgagor mortgagee pledgor "
    "pledgee transferor transferee offeror offeree obligor obligee courier supporter hirer "
    "treasurer builder broadcaster jury panel pool municipality ministry affiliate subsidiary "
    "consortium federation union butcher florist tailor carpenter mason electrician roofer "
    "locksmith mechanic dentist veterinarian therapist hairdresser barber actor dancer composer "
    "beekeeper brewer winemaker forwarder interpreter reviewer juror tutor warden janitor "
    "landowner homeowner shopkeeper innkeeper restaurateur caterer "
    "charterer shipowner stevedore "
    "mill bakery mentor nurse pilot captain crew chef cook driver gardener farmer baker "
    "dev referrer affiliate streamer moderator ambassador maintainer minter loser "
    "runner-up subtenant copywriter illustrator videographer composer producer "
    "nanny babysitter handyman bookkeeper assistant drummer bassist guitarist dj speaker "
    "depositary fiduciary intermediary secretary "
    "programmer tester analyst scientist researcher laboratory applicant candidate".split()
)
CONTRACT_WORDS = frozenset({"contract", "smart contract", "escrow contract", "smart-contract",
                            "escrow smart contract"})  # fmt: skip
GROUPS = {"parties": "parties", "both parties": "parties", "each party": "parties",
          "either party": "parties", "neither party": "parties", "any party": "parties",
          "no party": "parties", "every party": "parties", "all parties": "parties",
          "third parties": "third party",
          "a party": "parties", "they both": "parties", "both sides": "parties",
          "either side": "parties", "each side": "parties", "neither side": "parties"}  # fmt: skip
PLURALIA = frozenset({"goods", "premises", "proceeds", "receipts", "dues", "works", "parties",
                      "damages", "sales", "series", "news", "business", "access", "process",
                      "bonus", "status", "address", "loss", "gas", "progress", "basis", "earnings",
                      "savings", "means", "headquarters", "congress"})  # fmt: skip

ALWAYS_PLURAL = frozenset({"goods", "premises", "proceeds", "receipts", "dues", "parties",
                           "damages", "sales", "earnings", "savings", "people",
                           "children"})  # fmt: skip
"""Nouns whose form is the plural, and whose verb is plural too."""


_IRREGULAR = {"monies": "money", "loaves": "loaf", "knives": "knife", "shelves": "shelf",
              "wolves": "wolf", "calves": "calf", "halves": "half", "lives": "life"}  # fmt: skip


def singular(noun: str) -> str:
    """A noun in the singular, where it has one."""
    if noun in PLURALIA or len(noun) < 4 or noun.endswith(("ss", "us", "is")):
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") else noun


UNITS_OF_TIME = frozenset({"day", "week", "month", "quarter", "year", "hour", "minute", "second"})

ADJECTIVES = frozenset(
    "new additional equal further other remaining outstanding entire full total relevant "
    "corresponding applicable fresh more extra first second third fourth fifth last next final "
    "interim initial late early prior current previous whole separate single double net gross main "
    "overdue due past good defective safe valid proper correct own same different such small large "
    "big huge monthly weekly daily yearly annual quarterly upfront up-front latest highest lowest "
    "better best average minimum maximum max min regular special fixed flat fair reasonable "
    "appropriate suitable adequate substantial considerable sufficient necessary written oral "
    "formal prompt timely physical digital electronic certain various several both standard "
    "partial complete nice clean empty used old agreed undisputed lump unvested vested escrowed "
    "locked unlocked unsold unpaid paid signed respective collected incoming one-off one-time "
    "non-refundable refundable exact precise rightful aggregate subsequent preliminary detailed "
    "accurate true marketable up-to-date competent diligent original duplicate certified "
    "audited aforesaid draft mere usual custom free faulty "
    "missing rotten spoiled unspent wooden woollen handmade homemade".split()
)
"""Adjectives that are no part of a thing's name."""
VAGUE_ADJECTIVES = frozenset(
    "appropriate reasonable substantial considerable fair suitable adequate sufficient significant "
    "proportionate small large generous modest usual customary nominal market some several various "
    "certain few many enough equitable acceptable decent".split()
)
NOUN_ENDINGS = frozenset(
    "rental capital proposal approval arrival renewal withdrawal referral deal seal metal goal "
    "journal manual terminal hospital hotel collateral material animal royal meal oil mineral feed "
    "seed bed shed speed weed reed building wedding shipping housing clothing ring string spring "
    "wing king painting drawing recording training hosting marketing mining parking testing "
    "cleaning consulting engineering advertising catering printing meeting booking listing filing "
    "warning ruling offering holding earning saving trading gaming lending borrowing funding "
    "pricing voting bidding staking vesting closing executive incentive archive olive table cable "
    "vegetable "
    "variable bible logic music fabric clinic traffic topic public medal pedal motive".split()
)


def is_adjective(word: str) -> bool:
    """Whether a word before a noun describes it rather than names it."""
    if word in ADJECTIVES:
        return True
    if word in NOUN_ENDINGS or len(word) < 6:
        return False
    return word.endswith(("ed", "ing", "ous", "able", "ible", "ful", "less", "ive", "al", "ly"))


APPROVED = frozenset(
    "design draft report milestone proposal plan budget invoice work works deliverable logo mockup "
    "prototype sample drawing document specification version concept video article chapter "
    "manuscript artwork application claim request expense code release site website app build "
    "wireframe storyboard script demo song mix master translation result test account statement "
    "layout colour colours wording text schedule menu minutes calculation valuation".split()
)
"""Things that are approved; they approve nothing themselves."""

THINGS = frozenset(
    "token share good service note coin product member day interest fund proceed unit key option "
    "bond asset result customer nft vote proposal right work holder document payout profit "
    "royalty".split()
)
"""Common nouns of contracts."""

OWN = frozenset(
    "account wallet address satisfaction name order representative benefit warehouse plant factory "
    "premises depot facility door home office house store yard workshop studio site".split()
)
"""What belongs to somebody so that it stands for them."""
