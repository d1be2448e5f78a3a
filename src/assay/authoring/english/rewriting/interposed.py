"""What stands between a subject or a helping verb and its participle, moved behind it.

"Has not, by 1 March, delivered the goods" is "has not delivered by 1 March the goods", and "5 USDC
per day shall be paid" is "5 USDC shall be paid per day".
"""

from __future__ import annotations

from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.nodes import Line


def moved_behind(text: Line) -> None:
    """Brings a helping verb and its participle together."""
    _parenthesis(text)
    _between(text)


_PAID = tuple(f"{modal} be {paid}" for modal in ("shall", "must", "will", "may", "should")
              for paid in ("paid", "payable", "due", "released", "unlocked", "repaid", "refunded",
                           "distributed", "returned"))  # fmt: skip
_PAYABLE = (*_PAID, "is payable", "are payable", "is due", "is paid", "are paid", "has to be paid",
            "have to be paid", "is released", "are released", "is unlocked", "are unlocked",
            "is repaid", "are repaid", "is returned", "are returned")  # fmt: skip


def moved_behind_paid(text: Line) -> None:
    """ "5 USDC per day shall be paid": 5 USDC shall be paid per day."""
    for index in range(len(text) - 3):
        led = index == 0 or text.lower(index - 1) in (
            ",",
            ";",
            "and",
            "then",
            "thereafter",
            "a",
            "of",
        )
        if led and text.kind(index) == "amount" and text.kind(index + 1) == "recurrence":
            paid = text.match_any(index + 2, _PAYABLE)
            if paid is not None:
                often = text.nodes.pop(index + 1)
                text.nodes.insert(paid[1] - 1, often)
                return


def is_done(text: Line, index: int) -> bool:
    """Whether a participle stands at an index."""
    return text.lower(index) == "been" or lemma_of(text.lower(index), "participle") is not None


def _parenthesis(text: Line) -> None:
    """ "has not, by 1 March, delivered the goods": has not delivered by 1 March."""
    for index in range(1, len(text) - 4):
        at = index + 1 + (text.lower(index + 1) == "not")
        if text.lower(index) not in words.HAVE or text.lower(at) != ",":
            continue
        end = next((step for step in range(at + 1, min(at + 12, len(text)))
                    if text.lower(step) == ","), None)  # fmt: skip
        if end is None or lemma_of(text.lower(end + 1), "participle") is None:
            continue
        text.nodes[at : end + 2] = [text.nodes[end + 1], *text.nodes[at + 1 : end]]
        return


_MEANWHILE = ("in the meantime", "meanwhile", "in the interim")
_LEADING = frozenset({"within", "by", "before", "during", "since", "after"})


def _between(text: Line) -> None:
    """ "has within ten days rejected the goods": has rejected the goods within ten days."""
    for index in range(1, len(text) - 2):
        if text.lower(index) not in words.HAVE:
            continue
        at = index + 1 + (text.lower(index + 1) == "not")
        idle = text.match_any(at, _MEANWHILE)
        if idle is not None:
            del text.nodes[at : idle[1]]
        if text.lower(at) not in _LEADING:
            continue
        near = range(at + 1, min(at + 7, len(text)))
        done = next((step for step in near if is_done(text, step)), None)
        if done is None or any(text.lower(step) in (",", ";", "and") for step in range(at, done)):
            continue
        denied = text.lower(done - 1) == "not"
        moved = text.nodes[at : done - denied]
        ends = range(done + 1, len(text))
        stop = next((step for step in ends if text.lower(step) in _CLOSING), len(text))
        text.nodes[at:stop] = [*text.nodes[done - denied : stop], *moved]


_CLOSING = frozenset({",", ";", ".", "and", "or", "if", "unless", "then"})
