"""Words that make a verb a duty, a permission or a prohibition."""

from __future__ import annotations

from typing import Literal

Force = Literal["must", "may", "must_not", "waived"]
Form = Literal["to", "gerund"]

MODALS: dict[str, Force] = {
    "shall": "must", "must": "must", "will": "must", "may": "may", "can": "may",
    "should": "must", "might": "may",
    "cannot": "must_not", "can't": "must_not", "won't": "must_not", "would": "must",
    "shan't": "must_not", "mustn't": "must_not", "shouldn't": "must_not",
}  # fmt: skip

AFTER_BE: dict[str, tuple[Force, Form]] = {
    "entitled to": ("may", "to"), "permitted to": ("may", "to"), "allowed to": ("may", "to"),
    "authorised to": ("may", "to"), "authorized to": ("may", "to"), "free to": ("may", "to"),
    "eligible to": ("may", "to"), "at liberty to": ("may", "to"), "able to": ("may", "to"),
    "obliged to": ("must", "to"), "obligated to": ("must", "to"), "required to": ("must", "to"),
    "bound to": ("must", "to"), "liable to": ("must", "to"), "to": ("must", "to"),
    "under an obligation to": ("must", "to"), "under a duty to": ("must", "to"),
    "committed to": ("must", "to"), "supposed to": ("must", "to"), "expected to": ("must", "to"),
    "responsible for": ("must", "gerund"), "liable for": ("must", "gerund"),
    "prohibited from": ("must_not", "gerund"), "forbidden to": ("must_not", "to"),
    "forbidden from": ("must_not", "gerund"), "barred from": ("must_not", "gerund"),
    "precluded from": ("must_not", "gerund"), "restricted from": ("must_not", "gerund"),
    "obliged not to": ("must_not", "to"), "required not to": ("must_not", "to"),
    "not to": ("must_not", "to"), "banned from": ("must_not", "gerund"),
    "under no obligation to": ("waived", "to"), "welcome to": ("may", "to"),
    "exempt from": ("waived", "gerund"), "excused from": ("waived", "gerund"),
    "under no duty to": ("waived", "to"),
}  # fmt: skip

AFTER_BE |= {
    f"{freed} {owner} {duty} to": ("waived", "to")
    for freed in ("released from", "relieved of", "relieved from", "discharged from",
                  "freed from", "absolved from", "absolved of", "excused from")
    for owner in ("its", "their", "his", "her", "the", "any", "all", "every")
    for duty in ("obligation", "obligations", "duty", "duties")
}  # fmt: skip

AFTER_HAVE: dict[str, tuple[Force, Form]] = {
    "the right to": ("may", "to"), "a right to": ("may", "to"), "the option to": ("may", "to"),
    "an option to": ("may", "to"), "the right but not the obligation to": ("may", "to"),
    "the right , but not the obligation , to": ("may", "to"), "the sole right to": ("may", "to"),
    "the power to": ("may", "to"), "the authority to": ("may", "to"),
    "the exclusive right to": ("may", "to"), "the ability to": ("may", "to"),
    "permission to": ("may", "to"), "the opportunity to": ("may", "to"),
    "the obligation to": ("must", "to"), "an obligation to": ("must", "to"),
    "the duty to": ("must", "to"), "a duty to": ("must", "to"), "to": ("must", "to"),
    "no right to": ("must_not", "to"), "no authority to": ("must_not", "to"),
    "no power to": ("must_not", "to"), "no obligation to": ("waived", "to"),
    "no duty to": ("waived", "to"), "discretion to": ("may", "to"),
    "the unilateral right to": ("may", "to"), "the discretion to": ("may", "to"),
    "the responsibility to": ("must", "to"), "the first right to": ("may", "to"),
}  # fmt: skip

_PROMISE_FORMS: tuple[tuple[Force, str], ...] = (
    ("must", "agrees to|agree to|warrants to|warrant to|consents to|vows to|offers to|"
     "undertakes to|undertake to|promises to|promise to|commits to|"
     "commit to|covenants to|covenant to|needs to|need to|has to|have to|has agreed to|"
     "have agreed to|pledges to|guarantees to|agrees and undertakes to|covenants and agrees to|"
     "undertakes and agrees to|is to|are to|ought to|commits itself to|binds itself to|"
     "procures to|continues to|continue to|proceeds to|got to|gotta|has undertaken to|"
     "hereby agrees to|hereby undertakes to|accepts to|assumes the obligation to"),
    ("must_not", "agrees not to|agree not to|undertakes not to|undertake not to|"
     "promises not to|promise not to|covenants not to|covenant not to|commits not to|"
     "has agreed not to|have agreed not to|ceases to|cease to"),
    ("waived", "need not|needs not"),
    ("may", "gets to|get to|elects to|elect to|chooses to|choose to|opts to"),
)  # fmt: skip
PROMISES: dict[str, tuple[Force, Form]] = {
    form: (force, "to") for force, forms in _PROMISE_FORMS for form in forms.split("|")
}

SOFT: tuple[str, ...] = (
    "use reasonable endeavours to", "use its reasonable endeavours to", "use best efforts to",
    "use its best efforts to", "use commercially reasonable efforts to", "use best endeavours to",
    "use reasonable efforts to", "use all reasonable endeavours to", "use its best endeavours to",
    "endeavour to", "endeavor to", "try to", "strive to", "make every effort to", "seek to",
    "aim to",
)  # fmt: skip
"""Duties to try, which no contract can tell from done."""

NEVER: tuple[str, ...] = (
    "in no event", "under no circumstances", "in no circumstances", "in no case", "on no account",
    "at no time", "under no condition",
)  # fmt: skip
"""What denies a duty from between its modal and its verb."""

PASS_THROUGH: tuple[str, ...] = (
    "proceed to", "continue to", "elect to", "choose to",
    "arrange to", "undertake to", "decide to", "opt to", "at its option", "agree to",
)  # fmt: skip
REFRAIN: tuple[str, ...] = ("refrain from", "abstain from", "cease to", "desist from", "avoid",
                            "stop", "cease")  # fmt: skip
FAILS: tuple[str, ...] = (
    "fails to", "fail to", "failed to", "has failed to", "have failed to", "neglects to",
    "defaults in", "is unable to", "are unable to", "be unable to", "becomes unable to",
    "was unable to", "refuses to", "refuse to", "omits to",
    "shall fail to", "should fail to", "defaults on", "cannot", "can't", "is late in",
    "is late with", "fails in", "misses", "miss", "missed", "is late on", "does not manage to",
    "neglects or refuses to", "fails or refuses to", "defaults in the",
)  # fmt: skip

PREDICATES: dict[str, tuple[Force, str, bool]] = {
    "payable": ("must", "pay", False), "due": ("must", "pay", False),
    "due and payable": ("must", "pay", False), "owed": ("must", "pay", False),
    "refundable": ("must", "refund", False), "non-refundable": ("must_not", "refund", False),
    "nonrefundable": ("must_not", "refund", False), "not refundable": ("must_not", "refund", False),
    "transferable": ("may", "transfer", False), "non-transferable": ("must_not", "transfer", False),
    "nontransferable": ("must_not", "transfer", False), "returnable": ("must", "return", False),
    "deliverable": ("must", "deliver", False), "redeemable": ("may", "claim", False),
    "withdrawable": ("may", "withdraw", False), "claimable": ("may", "claim", False),
    "renewable": ("may", "renew", False), "cancellable": ("may", "cancel", False),
    "assignable": ("may", "assign", False), "non-assignable": ("must_not", "assign", False),
    "repayable": ("must", "return", False), "non-cancellable": ("must_not", "cancel", False),
}  # fmt: skip
"""Adjectives that carry a duty of their own."""
