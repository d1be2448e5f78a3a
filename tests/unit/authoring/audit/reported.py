"""An audit with everything in it that a report can hold, and hostile words in every place."""

from __future__ import annotations

from assay.authoring.audit.model import (
    CodeAudit,
    Finding,
    Gap,
    Property,
    ProseAudit,
    RuleBookUse,
    Source,
)
from assay.authoring.audit.reports.document import Deployed, Report
from assay.authoring.audit.reports.making import Circumstances, make_report
from assay.core.digest import Digest

HOSTILE = "</pre><script>alert('x')</script> & \"quoted\""
CLAUSE = "乙方须在三十日内退还押金"
SOURCE = f"""pragma solidity ^0.8.0;
// {HOSTILE}
contract Bank {{
    function take() external {{
        msg.sender.call("");
    }}
}}
"""
FILE, OTHER = "/srv/somebody/contracts/Bank.sol", "/srv/somebody/contracts/lib/Odd Name.sol"
MADE_AT_S = 1_795_381_200
FINDING = Finding(
    "unchecked-low-level-call",
    "unchecked_calls",
    "medium",
    "high",
    FILE,
    5,
    f"goes on as if it had worked {HOSTILE}",
    "Test what the call returns.",
    "Bank.take",
)
GRAVE = Finding(
    "open-owner", "access_control", "high", "low", OTHER, 1, "Anybody becomes owner.", "Guard it."
)
VIOLATED = Property(
    clause="3",
    obligation=0,
    text=CLAUSE,
    span=(0, len(CLAUSE)),
    name="in_time",
    statement="the deposit comes back within 30 days",
    verdict="violated",
    tried=40,
    counterexample=("pay(5) by the buyer", "31 days later", "refund() by the seller reverts"),
    reason="refund() is refused",
    read="The seller returns the deposit to the buyer within 30 days.",
)
HOLDS = Property("1", 1, "甲方付款", None, "possible", "the buyer can pay", "holds", 12)
BOOK = RuleBookUse(31337, "0x" + "b0" * 20, 2, Digest.of(b"rules").hex, "medium", ("tomorrow",))
DEPLOYED = Deployed(chain_id=31337, address="0x" + "C0" * 20, code_hash="0x" + "0d" * 32)


def audited() -> CodeAudit:
    return CodeAudit(
        files=(FILE, OTHER),
        findings=(GRAVE, FINDING),
        gaps=(Gap(OTHER, "Slither", f"{OTHER} took longer than 60 s"),),
        compilers=((FILE, "solc 0.8.37"),),
        properties=(VIOLATED, HOLDS),
        prose=ProseAudit("zh", contract="Bank", digest=Digest.of(CLAUSE.encode()).hex),
        sources=(Source(FILE, SOURCE.encode()), Source(OTHER, b"contract Odd {}\r\n")),
        left_out=(("overflow", 2),),
        rule_book=BOOK,
        rules_note="version 2 of the rule book, 'House'",
    )


def make(found: CodeAudit | None = None) -> Report:
    tools = (("Slither", "0.11.6"),)
    return make_report(found or audited(), Circumstances(MADE_AT_S, tools, DEPLOYED))
