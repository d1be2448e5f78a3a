"""What noun phrases are made of, and where they end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import forms_of
from assay.authoring.english.lexicon.modality import PROMISES
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import INTRANSITIVE, NOUNISH, NOUNS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.names import Names
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Limit, Quantity

LIMITS: dict[str, Limit] = {
    "up to": "most", "at most": "most", "not more than": "most", "no more than": "most",
    "not exceeding": "most", "not to exceed": "most", "a maximum of": "most",
    "the maximum of": "most", "maximum": "most", "less than": "most", "fewer than": "most",
    "a maximum amount of": "most", "up to a maximum of": "most", "max": "most",
    "not in excess of": "most", "never more than": "most", "never less than": "least",
    "never exceeding": "most", "at least": "least", "not less than": "least",
    "no less than": "least", "no fewer than": "least", "a minimum of": "least", "minimum": "least",
    "more than": "least", "in excess of": "least", "the minimum of": "least", "min": "least",
    "not fewer than": "least", "exactly": "exact", "a total of": "exact", "the sum of": "exact",
    "the amount of": "exact", "an amount of": "exact", "a sum of": "exact",
    "an amount equal to": "exact", "a sum equal to": "exact", "the equivalent of": "exact",
    "an amount equivalent to": "exact", "equal to": "exact", "a total amount of": "exact",
    "the total sum of": "exact", "the total amount of": "exact", "a fixed amount of": "exact",
    "an aggregate of": "exact", "an aggregate amount of": "exact", "an additional": "exact",
    "the full": "exact", "a further": "exact", "another": "exact", "a one-off": "exact",
    "an amount not exceeding": "most", "an amount up to": "most", "a flat": "exact",
    "an amount not less than": "least", "a total not exceeding": "most",
}  # fmt: skip


DESCRIBING = frozenset("containing relating concerning arising belonging pertaining comprising "
                       "embodying "
                       "representing resulting incorporating exceeding lasting holding bearing "
                       "describing stating showing constituting".split())  # fmt: skip
"""Gerunds behind a noun that tell which one is meant."""


WHOLLY_OF = frozenset(
    {(noun, "to") for noun in ("title", "right", "access", "ownership", "key")}
    | {(noun, "to") for noun in ("damage", "injury", "harm", "amendment", "change")}
    | {(noun, "in") for noun in ("title", "risk", "right", "property", "copyright")}
)
"""What a preposition joins to its whole: "title to the car", "property in the logo"."""


_MULTIPLES = {"double": "200", "twice": "200", "triple": "300", "thrice": "300"}


def multiple_at(text: Line, index: int) -> tuple[str, int] | None:
    """ "twice the deposit", "three times the rent": how many percent, and the index after it."""
    named = _MULTIPLES.get(text.lower(index))
    if named is not None:
        return named, index + 1
    value = text.nodes[index].value if text.kind(index) == "amount" else None
    if not isinstance(value, Quantity) or value.asset or not value.amount:
        return None
    at = index + 2
    if text.lower(index + 1) != "times":
        return None
    whole = text.lower(at) in words.DETERMINERS or text.kind(at) in ("recurrence", "possessive")
    return (decimal_text(Decimal(value.amount) * 100), at) if whole else None


VAGUE_LIMITS = frozenset({"about", "approximately", "around", "roughly", "circa"})


BARRIERS = (
    words.PREPOSITIONS
    | words.CONJUNCTIONS
    | words.MODALS
    | words.BE
    | words.HAVE
    | words.DO
    | words.PRONOUNS
    | frozenset(words.SPEAKERS)
    | frozenset(
        "out back off up down away today tomorrow tonight himself herself themselves itself".split()
    )
    | frozenset("according together less minus above below".split())
    | frozenset("equal equivalent amounting".split())
    | frozenset("once while whilst unless until till upon against after before except".split())
    | frozenset(
        "even not if when whenever where unless because although who which that whose otherwise "
        "automatically immediately promptly there whether how what later".split()
    )
)


@dataclass(frozen=True)
class Phrase:
    """A noun phrase.

    Attributes:
        name: its nouns in lower case, the last in the singular, without articles and adjectives;
            `full` with adjectives.
        vague: words like "about" or "appropriate" leave its amount open.
        party: canonical name of the party that it is; `owner` of one that it belongs to.
        parties: all of them where several are joined.
        pronoun: it stands for something else; `negative`: no, neither.
    """

    start: int
    end: int
    name: str = ""
    full: str = ""
    head: str = ""
    quantity: Quantity | None = None
    party: str | None = None
    owner: str | None = None
    pronoun: str | None = None
    negative: bool = False
    plural: bool = False
    group: bool = False
    left_over: bool = False
    vague: bool = False
    determined: bool = False
    rate: bool = False
    of: Phrase | None = None
    date: str | None = None
    means_party: str | None = None
    means_thing: Phrase | None = None
    unread: tuple[int, ...] = field(default=())

    @property
    def share_of(self) -> str | None:
        """What a percentage is of."""
        return self.quantity.share_of if self.quantity else None


AMOUNTING = (
    "equal to", "equivalent to", "amounting to", "in the amount of", "of up to", "not exceeding",
    "of at least", "of not more than", "of not less than", "in the principal amount of",
    "in a principal amount of", "in the total amount of", "in the aggregate amount of",
    "in the aggregate principal amount of", "in an aggregate amount of", "corresponding to",
    "in an amount of", "in the sum of", "at the rate of", "at a rate of", "at the fixed rate of",
)  # fmt: skip
"""What joins a sum to what it is called."""


DESCRIBED_BY = {("free", "of"), ("free", "from"), ("found", "to"), ("found", "defective")}
"""Two words behind a noun that say how it is."""
BEHIND_NOUN = frozenset("secret confidential late clean tidy insured available open undamaged "
                        "concerned intact unused unharmed unopened unbroken "
                        "attributable".split())  # fmt: skip
BOUNDS = ("or more", "or above", "and above", "at least", "at the least", "or less", "or fewer",
           "at most", "at the most", "maximum", "max", "or below")  # fmt: skip


_OPENINGS = (
    *(marker for marker in (*markers.FINITE, *markers.NOMINAL) if " " in marker),
    "provided", "pending", "commencing on", "commencing from", "starting on", "starting from",
     "beginning on", "in default of", "with effect from", "save for", "subject always to",
     "subject as",
)  # fmt: skip


def begins_condition(text: Line, index: int) -> bool:
    """Whether words that open a condition or a time stand at an index: "subject to", "save if"."""
    effective = text.lower(index) == "effective" and text.kind(index + 1) == "date"
    return effective or text.match_any(index, _OPENINGS) is not None


def is_adverb(word: str) -> bool:
    """Whether a word only colours a verb."""
    return word in words.FILLERS or (
        word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS
    )


_NO_ADVERBS = frozenset("supply apply july family assembly reply monthly weekly early only emily "
                        "kelly sally molly billy polly holly vitaly willy nelly carly beverly "
                        "kimberly shelly tilly milly vasily anatoly italy ally lily dolly elly "
                        "reilly connelly donnelly".split())  # fmt: skip
"""Nouns, names and others whose ending is that of adverbs."""


def begins_object(text: Line, index: int) -> bool:
    """Whether what stands at an index can begin what a verb acts on."""
    word, kind = text.lower(index), text.kind(index)
    return (
        kind in ("amount", "date", "duration", "recurrence", "clock", "reference", "quorum")
        or word in words.DETERMINERS
        or word in words.PRONOUNS
        or word in ("to", "into", "back", "from", "out", "over", "up", "on", "upon", "within", "by",
                    "not", "at", "with", "less", "more", "off", "against", "below", "above",
                    "under",
                    "for", "in", "when", "if", "once")
        or (kind == "word" and text.nodes[index].text[:1].isupper())
        or is_adverb(word)
        or words.singular(word) in words.ROLES
        or any(tag == "participle" for _, tag in forms_of(word))
    )  # fmt: skip


_PLAIN_VERBS = frozenset("get pay send keep receive give owe earn buy sell sign lend agree deliver "
                         "contribute deposit withdraw bring take".split())  # fmt: skip


_WHICH_BID = frozenset("winning highest minimum last first opening starting top best reserve "
                       "previous next lowest new current final".split())  # fmt: skip


def is_finite_verb(text: Line, index: int, subject: Phrase | None) -> bool:
    """Whether the word after a noun phrase is its verb rather than another noun of it."""
    word = text.lower(index)
    tags = {tag for _, tag in forms_of(word)}
    if not tags or text.kind(index) != "word":
        return False
    follower = text.lower(index + 1)
    named = subject is not None and subject.party and _is_titled_compound(text, index)
    if named or (word in ("bid", "bids") and text.lower(index - 1) in _WHICH_BID):
        return False
    falling = ("due", "short", "below", "under", "behind")
    if word in ("fall", "falls", "fell") and follower in falling:
        return True
    if word in ("pass", "fail") and follower in ("inspection", "testing", "acceptance"):
        return True
    if word in ("fail", "fails", "failed") and follower == "to":
        return True
    if word in ("returns", "return", "reverts", "revert") and follower == "to":
        return True
    many = tags == {"third"} and subject is not None and _is_many(subject)
    if (
        not many
        and word in ("pass", "passes", "vest", "accrue", "accrues")
        and (
            follower in ("to", "from", "in", "on", "over", "at", "upon", "after", "once")
            or text.kind(index + 1) in ("date", "recurrence")
        )
    ):
        return True
    if word == "ships" and follower in ("within", "by", "in", "on"):
        return True
    if follower in words.MODALS or follower in words.BE or follower in words.HAVE:
        return False
    if tags & {"past", "participle"}:
        return True
    if {lemma for lemma, _ in forms_of(word)} & INTRANSITIVE and "third" in tags:
        return True
    lemmas = {lemma for lemma, tag in forms_of(word) if tag == "third"}
    if many:
        return False
    if lemmas and not lemmas & NOUNISH:
        return True
    is_person = bool(subject and (subject.party or subject.pronoun or subject.group))
    ends = index + 1 >= len(text) or text.kind(index + 1) == "punct"
    if "third" in tags and word not in ("works", "premises"):
        counted = subject.quantity if subject is not None else None
        if counted is not None and not is_person and counted.asset is None:
            return False
        if not is_person and follower in words.PREPOSITIONS:
            return False
        behind = (
            text.kind(index + 2) in ("", "punct") or text.lower(index + 2) in words.PREPOSITIONS
        )
        if subject is not None and subject.determined and follower in NOUNS and behind:
            return True
        return is_person or begins_object(text, index + 1) or (ends and word.endswith("es"))
    joined = "and" in (text.lower(index - 2), text.lower(index - 3))
    relative = any(text.lower(at) == "who" for at in range(max(0, index - 6), index))
    if word in ("get", "receive", "earn", "lose", "pay", "owe") and relative:
        return True
    if "base" in tags and word in _PLAIN_VERBS and joined and begins_object(text, index + 1):
        return True
    if "base" in tags and text.inverted and not ends:
        return True
    if "base" in tags and subject is not None and subject.quantity and word in MONEY_NOUNS:
        return False
    symbol = subject.quantity.asset if subject is not None and subject.quantity else None
    if "base" in tags and subject is not None and (subject.plural or is_person or symbol):
        return begins_object(text, index + 1) or ends or is_person
    return bool("gerund" in tags and subject is not None and not subject.determined)


def _is_titled_compound(text: Line, index: int) -> bool:
    """ "the Buyer Deposit", "any Founder Shares": a noun of the name, though it may be a verb."""
    titled = index > 1 and all(text.nodes[at].text.istitle() for at in (index - 1, index))
    return titled and bool({lemma for lemma, _ in forms_of(text.lower(index))} & NOUNISH)


def _is_many(subject: Phrase) -> bool:
    """Whether a phrase counts several things whose noun is still to come: "three logo (drafts)"."""
    quantity = subject.quantity
    counted = quantity is not None and quantity.asset is None and quantity.amount not in (None, "1")
    return counted and not (subject.plural or subject.party or subject.pronoun)


def limited_amount(text: Line, index: int) -> bool:
    """Whether an amount with its bound stands at an index: "at least 500 USDC"."""
    return text.kind(limit_at(text, index)[1]) == "amount"


def limit_at(text: Line, index: int) -> tuple[Limit, int, bool]:
    vague = False
    if text.lower(index) in VAGUE_LIMITS:
        vague, index = True, index + 1
    found = text.match_any(index, LIMITS)
    if found is not None and found[0] in ("max", "min") and text.nodes[index].text[:1].isupper():
        found = None
    if found is not None:
        after = found[1]
        again = text.match_any(after, LIMITS)
        kind = LIMITS[found[0]]
        if again is not None and text.kind(again[1]) == "amount":
            return (LIMITS[again[0]] if kind == "exact" else kind), again[1], vague
        at = text.skip(after, ("a", "an", "the", "of"))
        if text.kind(at) == "amount" or kind == "exact":
            return kind, at if text.kind(at) == "amount" else after, vague
    return "exact", index, vague


_BOUNDING: dict[str, Limit] = {"minimum": "least", "min": "least",
                               "maximum": "most", "max": "most"}  # fmt: skip


def bounded_by_name(phrase: Phrase, quantity: Quantity) -> Quantity:
    """The amount of what its name bounds: "a minimum royalty of 900 USDC" is at least 900 USDC."""
    named = phrase.full.split()[:-1]
    limit = next((_BOUNDING[one] for one in named if one in _BOUNDING), None)
    limit = None if "guaranteed" in named else limit  # it is what such a fee is called
    return replace(quantity, limit=limit) if limit and quantity.limit == "exact" else quantity


def costs_at(text: Line, index: int) -> bool:
    """Whether "costs" is a verb: what follows it is the price."""
    return text.lower(index) in ("costs", "cost") and text.kind(index + 1) == "amount"


def is_share_noun(text: Line, index: int) -> bool:
    """Whether a noun behind a percentage says what the share is: "a 5 % fee"."""
    return text.kind(index) == "word" and words.singular(text.lower(index)) in (
        "fee", "penalty", "deposit", "commission", "royalty", "interest", "surcharge", "share",
        "stake", "discount", "charge", "bonus", "premium", "instalment", "installment", "payment",
        "down", "late", "advance", "prepayment", "tip", "tax", "levy", "retainer",
    )  # fmt: skip


def names_what_follows(text: Line, index: int) -> bool:
    """Whether a word is part of a name here: "prior notice", "down payment"."""
    word, behind = text.lower(index), text.lower(index + 1)
    return behind != "to" if word == "prior" else word == "down" and behind.startswith("payment")


_GIVEN = frozenset({"notice", "access", "permission", "possession", "credit"})


def given_at(text: Line, index: int, subject: Phrase) -> bool:
    """Whether somebody is given what stands here: "the seller notice of any defect"."""
    behind = text.lower(index + 1) in ("of", "to", "that", "by", "within", ",")
    return subject.party is not None and text.lower(index) in _GIVEN and behind


_PROMISING = frozenset("agrees agree undertakes undertake covenants covenant promises promise "
                       "warrants warrant guarantees guarantee procures".split())  # fmt: skip


def promises_at(text: Line, index: int) -> bool:
    """Whether what is promised follows: "agrees to", "covenants that", "provided no damage is"."""
    if text.lower(index) == "provided":
        return text.lower(index + 1) in _PROVISOS
    that = text.lower(index) in _PROMISING and text.lower(index + 1) in ("that", "with")
    return that or text.match_any(index, PROMISES) is not None


_PROVISOS = frozenset({"no", "nothing", "nobody", "the", "that", "all", "it", "they", "there"})


def subject_follows(text: Line, index: int, after: int, names: Names) -> bool:
    """Whether a name right behind a noun begins a clause: "beyond the debt Party A may sell"."""
    titled = text.nodes[index].text[:1].isupper()
    alone = text.lower(index - 1) not in names.people | words.ROLES
    key = " ".join(text.lower(at) for at in range(index, after))
    known = key in names.parties or text.lower(index) == "party"
    return titled and alone and known and text.lower(after) in words.MODALS
