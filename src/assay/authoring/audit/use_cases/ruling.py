"""Which rules are in force where an audit is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.audit.model import CodeAudit, Gap, RuleBookUse
from assay.authoring.audit.ports import RuleChain
from assay.authoring.audit.rule_book import BUILT_IN, RuleBook, published_rule_book

TOOL = "rule book"


@dataclass(frozen=True)
class RulesInForce:
    """The rules of an audit.

    Attributes:
        use: None where they are the built-in ones.
        note: why they are.
        missed: why the rule book of the chain could not be read; empty if it could, or there is
            none.
    """

    book: RuleBook
    use: RuleBookUse | None
    note: str
    missed: str = ""

    def marked(self, found: CodeAudit) -> CodeAudit:
        """An audit by these rules, with a word on them."""
        gaps = (*found.gaps, Gap("", TOOL, self.missed)) if self.missed else found.gaps
        return replace(found, rule_book=self.use, rules_note=self.note, gaps=gaps)


def built_in(reason: str, *, missed: str = "") -> RulesInForce:
    """The built-in rules, and why."""
    return RulesInForce(BUILT_IN, None, f"built in: {reason}", missed)


def rules_in_force(chain: RuleChain) -> RulesInForce:
    """The newest version of a chain's rule book.

    Raises:
        RuleBookUnfit: it is of a format that this release does not read.
        RulesUntrue: the node does not give its document.
    """
    newest = chain.newest()
    if not newest:
        place = f"the rule book {chain.address} of chain {chain.chain_id}"
        return built_in(f"{place} has no version yet")
    published = chain.published(newest)
    book = published_rule_book(published.document)
    use = RuleBookUse(
        chain_id=chain.chain_id,
        address=chain.address,
        version=newest,
        digest=published.digest.hex,
        threshold=book.threshold,
        unknown=book.unknown,
    )
    return RulesInForce(book, use, f"version {newest} of the rule book, {book.name!r}")
