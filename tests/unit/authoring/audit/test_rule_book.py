"""Rule books: read as people write them, published canonically, applied before findings merge."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.authoring.audit.model import GRADES, Finding
from assay.authoring.audit.rule_book import (
    BUILT_IN,
    SETTINGS,
    RuleBook,
    RuleBookUnfit,
    built_in_rules,
    published_rule_book,
    read_rule_book,
    written_rule_book,
)


def found(rule: str, severity: str = "high") -> Finding:
    return Finding(rule, "other", severity, "high", "A.sol", 1, "message", "fix")


def test_rules_that_are_off_are_left_out_and_counted_and_others_get_their_severity() -> None:
    book = RuleBook("House", rules={"overflow": "off", "open-owner": "low"})

    kept, left_out = book.sift([found("overflow"), found("open-owner"), found("time-equality")])

    assert [(one.rule, one.severity) for one in kept] == [
        ("open-owner", "low"),
        ("time-equality", "high"),
    ]
    assert left_out == ["overflow"]


def test_the_built_in_rules_change_nothing() -> None:
    findings = [found("overflow"), found("slither-suicidal", "low")]

    assert BUILT_IN.sift(findings) == (findings, [])


def test_yaml_and_json_of_the_same_rules_are_the_same_document() -> None:
    yaml = b"name: House\nthreshold: medium\nrules:\n  overflow: off\n  open-owner: low\n"
    text = json.dumps(
        {"rules": {"open-owner": "low", "overflow": "off"}, "threshold": "medium", "name": "House"}
    )

    assert written_rule_book(yaml).document() == written_rule_book(text.encode()).document()


@given(
    st.text(min_size=1, max_size=20).filter(str.strip),
    st.sampled_from(GRADES),
    st.dictionaries(st.sampled_from(sorted(built_in_rules())), st.sampled_from(SETTINGS)),
)
def test_what_is_published_reads_back_as_it_was(
    name: str, threshold: str, rules: dict[str, str]
) -> None:
    book = RuleBook(name.strip(), threshold, rules)

    again = published_rule_book(book.document())

    assert again == book
    assert again.digest == book.digest


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"- a", "no object"),
        (b"\xff", "neither JSON nor YAML"),
        (b"{a: {", "neither JSON nor YAML"),
        (b"rules: {}", "its name"),
        (b"{name: x, colour: red}", "no 'colour'"),
        (b"{name: x, threshold: grave}", "threshold"),
        (b"{name: x, rules: {overflow: loud}}", "overflow has to be one of"),
        (b"{name: x, rules: {overflow: [off]}}", "overflow has to be one of"),
        (b"{name: x, rules: {1: high}}", "1 is no rule's name"),
        (b"{name: x, format: other/2}", "format"),
        (b"{name: x, rules: {overflaw: low}}", "is 'overflow' meant"),
    ],
)
def test_what_is_no_rule_book_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(RuleBookUnfit, match=reason):
        written_rule_book(data)


def test_a_published_document_that_is_not_canonical_is_refused() -> None:
    spaced = json.dumps(json.loads(BUILT_IN.document()), indent=1).encode()

    with pytest.raises(RuleBookUnfit, match="canonically"):
        published_rule_book(spaced)


def test_rules_of_a_later_release_are_read_and_named() -> None:
    assert read_rule_book(b"{name: x, rules: {from-tomorrow: low}}").unknown == ("from-tomorrow",)
