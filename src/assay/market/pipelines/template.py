"""Prompts with places for the input and for the answers of earlier steps.

>>> render("Translate: {steps.draft}", "a topic", {"draft": "Rivers {run}."})
'Translate: Rivers {run}.'
>>> references("{input} and {steps.draft}, {{literally}}")
['input', 'steps.draft']
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_ESCAPES = {"{{": "{", "}}": "}"}
INPUT = "input"
STEPS = "steps."


class TemplateMalformed(ValueError):
    """A brace that opens or closes nothing."""


def references(template: str) -> list[str]:
    """The names between braces, in order.

    Raises:
        TemplateMalformed: a single brace; two of them stand for one in the text.
    """
    found = []
    for match in _PLACE.finditer(template):
        if match.group() in _ESCAPES:
            continue
        if match.group(1) is None:
            raise TemplateMalformed("a single brace; write {{ or }} for one in the text")
        found.append(match.group(1).strip())
    return found


def render(template: str, given: str, answers: Mapping[str, str]) -> str:
    """Fill the places in, once: what is filled in is text, whatever braces it has.

    Args:
        given: for `{input}`.
        answers: by the names of steps, for `{steps.NAME}`.
    """

    def fill(match: re.Match[str]) -> str:
        if match.group() in _ESCAPES:
            return _ESCAPES[match.group()]
        name = match.group(1).strip()
        return given if name == INPUT else answers[name.removeprefix(STEPS)]

    return _PLACE.sub(fill, template)
