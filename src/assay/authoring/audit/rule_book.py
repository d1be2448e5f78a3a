"""The rules that an audit goes by: a document in canonical JSON, version after version on chain.

>>> book = read_rule_book(b'{"name": "House rules", "rules": {"overflow": "off"}}')
>>> book.document()[:44]
b'{"format":"assay-audit-rules/1","name":"Hous'
>>> book.is_on("overflow"), book.is_on("open-owner")
(False, True)

A rule that a document does not name is on, as grave as its detector says: a newer release of Assay
loses no rule by an older document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, get_args

import yaml

from assay.authoring.audit.model import GRADES, Finding, Grade
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError

FORMAT = "assay-audit-rules/1"
LONGEST_BYTES = 24_576
"""What the contract takes."""

Setting = Literal["high", "medium", "low", "off"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)
_LONGEST_NAME = 100


class RuleBookUnfit(InputError):
    """A document is no rule book."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is no rule book: {reason}.",
            hint='Like {"name": "House rules", "threshold": "medium", "rules": '
            '{"overflow": "high", "short-address": "off"}}; `assay audit rules` lists the rules.',
        )
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Which rules are on, and how grave what they find is.

    Attributes:
        threshold: from which severity on a finding means that an audit is not passed.
        rules: a setting for each rule that is not as built in.
    """

    name: str
    threshold: Grade = "high"
    rules: Mapping[str, Setting] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Rules that this release of Assay does not have."""
        return tuple(sorted(set(self.rules) - set(built_in_rules())))

    def is_on(self, rule: str) -> bool:
        """Whether findings of a rule are shown."""
        return self.rules.get(rule) != "off"

    def sift(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[str]]:
        """The findings of rules that are on, as grave as the book has them; what others found."""
        kept: list[Finding] = []
        left_out: list[str] = []
        for finding in findings:
            setting = self.rules.get(finding.rule, finding.severity)
            if setting == "off":
                left_out.append(finding.rule)
            else:
                kept.append(replace(finding, severity=setting))
        return kept, left_out

    def document(self) -> bytes:
        """Its canonical JSON: what is published, and hashed."""
        return canonical_json(
            {
                "format": FORMAT,
                "name": self.name,
                "threshold": self.threshold,
                "rules": dict(self.rules),
            }
        )

    def as_json(self) -> dict[str, Any]:
        """As `assay audit rules show --json` shows it."""
        return {
            "name": self.name,
            "threshold": self.threshold,
            "rules": dict(self.rules),
            "unknown": list(self.unknown),
        }

    @property
    def digest(self) -> Digest:
        """SHA-256 of the document."""
        return Digest.of(self.document())


BUILT_IN = RuleBook("Built in")


def read_rule_book(data: bytes) -> RuleBook:
    """A rule book as a person wrote it, in JSON or YAML.

    Raises:
        RuleBookUnfit: it has another shape, or settings that there are not.
    """
    try:
        found = yaml.safe_load(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError):
        raise RuleBookUnfit("it is neither JSON nor YAML") from None
    return _book(found)


def written_rule_book(data: bytes) -> RuleBook:
    """A rule book as a person wants to publish it: it may name only rules that there are.

    Raises:
        RuleBookUnfit: it has another shape, or names a rule that there is not.
    """
    book = read_rule_book(data)
    for name in book.unknown:
        near = get_close_matches(name, built_in_rules(), 1)
        meant = f"; is {near[0]!r} meant?" if near else ""
        raise RuleBookUnfit(f"there is no rule {name!r}{meant}")
    if len(book.document()) > LONGEST_BYTES:
        raise RuleBookUnfit(f"its document is longer than {LONGEST_BYTES} bytes")
    return book


def published_rule_book(document: bytes) -> RuleBook:
    """A rule book as it stands on chain.

    Raises:
        RuleBookUnfit: it is no rule book of this format.
    """
    try:
        found = json.loads(document)
    except ValueError:
        raise RuleBookUnfit("it is no JSON") from None
    book = _book(found)
    if book.document() != document:
        raise RuleBookUnfit("it is not written canonically")
    return book


@cache
def built_in_rules() -> dict[str, tuple[str, str]]:
    """Class and severity of every rule by its name; Slither grades its own, finding by finding."""
    from assay.authoring.audit.detectors.catalogue import RULES  # noqa: PLC0415 - a circle
    from assay.authoring.audit.slither import CLASSES, KEPT  # noqa: PLC0415

    ours = {rule.name: (str(rule.bug_class), str(rule.severity)) for rule in RULES}
    theirs = {
        f"slither-{check}": (str(CLASSES.get(check, "other")), "by Slither")
        for check in sorted(KEPT)
    }
    return dict(sorted(ours.items())) | theirs


def _book(found: Any) -> RuleBook:
    if not isinstance(found, dict):
        raise RuleBookUnfit("it is no object")
    if unknown := sorted(map(str, set(found) - {"format", "name", "threshold", "rules"})):
        raise RuleBookUnfit(f"it has no {unknown[0]!r}")
    if found.get("format", FORMAT) != FORMAT:
        raise RuleBookUnfit(f"its format is not {FORMAT}")
    name, threshold = found.get("name"), found.get("threshold", "high")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise RuleBookUnfit(f"its name has to have 1 to {_LONGEST_NAME} characters")
    if threshold not in GRADES:
        raise RuleBookUnfit(f"its threshold has to be one of {', '.join(GRADES)}")
    rules = found.get("rules") or {}
    if not isinstance(rules, dict):
        raise RuleBookUnfit("its rules are not settings by names")
    for rule, setting in rules.items():
        _require_setting(rule, setting)
    settings: dict[str, Setting] = {
        rule: "off" if setting is False else setting for rule, setting in rules.items()
    }
    return RuleBook(name.strip(), threshold, dict(sorted(settings.items())))


def _require_setting(rule: Any, setting: Any) -> None:
    """YAML reads a bare `off` as false."""
    if not isinstance(rule, str):
        raise RuleBookUnfit(f"{rule!r} is no rule's name")
    if setting is not False and setting not in SETTINGS:
        raise RuleBookUnfit(f"{rule} has to be one of {', '.join(SETTINGS)}, not {setting!r}")
