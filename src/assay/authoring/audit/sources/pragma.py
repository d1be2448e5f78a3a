"""Which compiler a source asks for.

The grammar of versions is that of npm (https://github.com/npm/node-semver#ranges), as solc uses it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence

from assay.authoring.audit.errors import PragmaUnfit

Version = tuple[int, int, int]

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_PRAGMA = re.compile(r"\bpragma\s+solidity\s+([^;]+);")
_TERM = re.compile(r"(\^|~|>=|<=|>|<|=)?\s*v?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?")

_ORDERS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}


def parse_version(text: str) -> Version:
    """`0.8.37` as numbers."""
    major, minor, patch = (int(part) for part in text.split("."))
    return major, minor, patch


def pragma_of(source: str) -> str:
    """The version pragma, `^0.4.18`; empty where there is none."""
    found = _PRAGMA.search(_COMMENT.sub(lambda comment: " " * len(comment[0]), source))
    return " ".join(found[1].split()) if found else ""


def without_pragma(source: str) -> str:
    """The same text, as long, which any release of the generation takes."""
    return _PRAGMA.sub(lambda found: re.sub(r"[^\s]", " ", found[0]), source)


def choose(pragma: str, known: Sequence[str]) -> tuple[str, ...]:
    """The newest compiler of each generation that a pragma admits, the newest generation first.

    Without a pragma only trying tells the generation. A source that names an exact release is
    compiled by a later one of the same generation: their syntax is the same but for corrections,
    and what counts here is the syntax tree.

    Raises:
        PragmaUnfit: no generation fits.
    """
    newest = {parse_version(one)[:2]: one for one in sorted(known, key=parse_version)}
    admitted = {
        parse_version(one)[:2]: one
        for one in sorted(known, key=parse_version)
        if admits(pragma, parse_version(one))
    }
    if admitted:
        return tuple(admitted[one] for one in sorted(admitted, reverse=True))
    named = {(int(term[2]), _number(term[3])) for term in _TERM.finditer(pragma)} & newest.keys()
    if named:
        return (newest[max(named)],)
    raise PragmaUnfit(pragma, tuple(known))


def admits(pragma: str, version: Version) -> bool:
    """Whether a pragma lets a release compile; none lets every one.

    >>> admits("^0.4.18", (0, 4, 26)), admits(">=0.5.0 <0.7.0", (0, 7, 6))
    (True, False)
    """
    if not pragma:
        return True
    return any(_within(part, version) for part in pragma.split("||"))


def _within(part: str, version: Version) -> bool:
    terms = list(_TERM.finditer(part))
    return bool(terms) and all(_fits(term, version) for term in terms)


def _fits(term: re.Match[str], version: Version) -> bool:
    bound = (int(term[2]), _number(term[3]), _number(term[4]))
    given = 1 + sum(part is not None and part.isdigit() for part in (term[3], term[4]))
    fixed = {"^": 1 if bound[0] else 2, "~": 2}.get(term[1], given)
    if term[1] in _ORDERS:
        return bool(_ORDERS[term[1]](version, bound))
    is_range = term[1] in {"^", "~"}
    return version[:fixed] == bound[:fixed] and (version >= bound or not is_range)


def _number(part: str | None) -> int:
    return int(part) if part is not None and part.isdigit() else 0
