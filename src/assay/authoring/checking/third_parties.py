"""Somebody whom the agreement does not name, and an answer does: a judge or witness from outside.

with_third_party(specification, question, "Carla")  # Carla is a party, asked for her address
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from assay.authoring.model import Party, Question, Specification

_NO_NAME = re.compile(
    r"(?:yes|no|none|nobody|no one|anyone|anybody|somebody|both|either|all|not \w+|true|false"
    r"|是|否|不是|无|没有|都|任何人|某人|双方|各方)$|.*[\d,;:?!。，；？！\n]|(?:P|0x)\d",
    re.IGNORECASE,
)
_LONGEST = 60
_TOO_CLOSE = 0.6


def with_third_party(specification: Specification, question: Question, name: str) -> Specification:
    """The specification with one more party, where the name is new.

    Raises:
        ValueError: it is no name, or one that may be a party's, misspelt.
    """
    names = [one.name for one in specification.parties]
    if name in names:
        return specification
    if not name.strip() or len(name) > _LONGEST or _NO_NAME.match(name):
        raise ValueError("name one of the parties, or somebody else by name")
    by_case = {one.casefold(): one for one in names}
    alike = get_close_matches(name.casefold(), by_case, n=1, cutoff=_TOO_CLOSE)
    if alike:
        raise ValueError(f"{by_case[alike[0]]!r} is a party: if it is meant, write it just so")
    party = Party(name=name, text=name, span=question.span or (0, 0))
    return specification.model_copy(update={"parties": (*specification.parties, party)})
