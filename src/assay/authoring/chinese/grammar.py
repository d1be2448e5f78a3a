"""A whole Chinese text: its terms and parties first, then clause by clause.

>>> from assay.authoring.model import Clause
>>> text = "当用户支付100美元时,向其发放10个代币"
>>> read(text, (Clause(number="", span=(0, len(text))),)).obligations[0].recipient
'用户'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from assay.authoring.chinese.acts.held_money import paid_by_contract
from assay.authoring.chinese.acts.late_fees import with_late_payers
from assay.authoring.chinese.acts.prices import paid_to_issuer
from assay.authoring.chinese.cases import ListReader
from assay.authoring.chinese.completing import completed
from assay.authoring.chinese.conditions.either import either_of, lost_alternatives, without_each
from assay.authoring.chinese.conditions.left_open import left_open
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.definitions import Terms, terms_of
from assay.authoring.chinese.facts.late_consents import with_late_consents
from assay.authoring.chinese.lexicon.money import FIAT, NATIVE
from assay.authoring.chinese.lexing.characters import fold
from assay.authoring.chinese.questions import contradictions_of, questions_of
from assay.authoring.chinese.reasons import told
from assay.authoring.chinese.terms.agreement_terms import with_terms
from assay.authoring.chinese.terms.put_in import with_price_put_in, with_voted_sums
from assay.authoring.chinese.terms.sales import name_goods, price_paid, with_stock, with_term
from assay.authoring.chinese.terms.steps import with_steps
from assay.authoring.chinese.units.boilerplate import asks_of, is_heading, is_title
from assay.authoring.chinese.units.cutting import sentences_of
from assay.authoring.language.awards import award_of, obligations_of
from assay.authoring.model import Asset, Clause, NotUnderstood, Obligation, Party, Span
from assay.authoring.understood import Understood

AssetKind = Literal["token", "fiat", "native", "goods", "service", "document", "right"]
_TOTALS = ("总价", "总价款", "总额", "总金额", "合同价", "合同价款", "货款", "总货款")
_KINDS: tuple[tuple[AssetKind, tuple[str, ...]], ...] = (
    ("token", ("代币", "币", "通证", "NFT")),
    ("service", ("服务",)),
    ("right", ("权", "股份")),
    ("document", ("文件", "发票", "报告", "证书", "单据", "资料", "合同")),
)


def read(text: str, clauses: Sequence[Clause]) -> Understood:
    """Read the clauses of a text; words that no rule takes are in `not_understood`."""
    terms = terms_of(text)
    numbers = frozenset(clause.number for clause in clauses if clause.number)
    previous: Context | None = None
    readers: dict[str, ListReader] = {}
    ordered: list[ListReader] = []
    titled = _title(text)
    for clause in clauses:
        folded = fold(text, *clause.span)
        context = Context(folded, terms.amounts, numbers)
        if previous is not None:
            context.mentioned = list(previous.mentioned)
            context.whole, context.goal = previous.whole, previous.goal
            context.bodies = dict(previous.bodies)
            context.doers = dict(previous.doers)
        reader = ListReader(context, terms.names, clause.number)
        above = _above(clause.number, readers)
        if above is not None:
            context.subject, reader.lead = above.context.subject, above.lead
            reader.under_lead = above.lead is not None
            reader.cases = above.cases
            reader.listing, reader.listing_owner = above.listing, above.listing_owner
        readers[clause.number] = reader
        ordered.append(reader)
        for start, end in sentences_of(folded.text):
            span = folded.span(start, end)
            skipped = terms.covers(span) or span[1] <= titled
            words = folded.text[start:end]
            heads = is_heading(words) and _stands_above(text, span, within=clause)
            if skipped or (heads and reader.listing is None):
                continue
            award = award_of(words)
            if award is not None:
                reader.obligations.extend(obligations_of(award, text, span, clause.number))
                continue
            asking = asks_of(words) if reader.listing is None else [(0, len(words))]
            for begin, stop in asking:
                reader.read(start + begin, start + stop)
        previous = context
    for reader in ordered:
        reader.close()
    obligations = with_late_payers(text, _with_terms(text, ordered))
    obligations = with_late_consents(paid_by_contract(text, obligations))
    obligations = completed(text, obligations, [one.name for one in terms.parties])
    exceptions = [one for reader in ordered for one in reader.context.exceptions]
    obligations = with_steps(text, without_each(obligations, exceptions))
    _refuse_idle_terms(ordered, obligations)
    opens = [one for reader in ordered for one in reader.context.opens]
    questions = [*questions_of(opens, obligations), *contradictions_of(obligations)]
    questions += either_of(text, obligations, exceptions)
    questions += left_open(text, obligations)
    return Understood(
        parties=_parties(text, terms, obligations),
        assets=_assets(text, obligations),
        obligations=tuple(obligations),
        questions=tuple(questions),
        not_understood=(*_refused(text, ordered), *lost_alternatives(text, obligations)),
    )


def _title(text: str) -> int:
    """Where the title ends that a text begins with; 0 where it has none."""
    line, end, below = text.lstrip().partition("\n")
    return text.index(line) + len(line) if end and below.strip() and is_title(line.strip()) else 0


def _stands_above(text: str, span: Span, *, within: Clause) -> bool:
    """Whether a line stands by itself above others of its clause, or of a text without numbers."""
    before, behind = text[: span[0]].rstrip(" \t\u3000"), text[span[1] :].lstrip(" \t\u3000")
    end = within.span[1] if within.number else len(text)
    below = text[span[1] : end].strip()
    return before[-1:] in {"", "\n"} and behind[:1] == "\n" and bool(below)


def _with_terms(text: str, ordered: Sequence[ListReader]) -> list[Obligation]:
    """The duties of all clauses, with what terms that stand apart say of them."""
    obligations = paid_to_issuer([one for reader in ordered for one in reader.obligations])
    prices = [price for one in ordered for _, price in one.context.prices]
    for one in ordered:
        if one.context.stock is not None:
            obligations = with_stock(obligations, one.context)
        for _, name, quantity, every in one.context.set_terms:
            obligations = with_term(obligations, text, name, quantity, every) or obligations
    obligations = [*name_goods(obligations, prices)]
    obligations += _prices(ordered, obligations)
    contexts = [one.context for one in ordered]
    obligations = with_terms(text, obligations, contexts)
    return with_voted_sums(with_price_put_in(text, obligations, contexts))


def _prices(
    readers: Sequence[ListReader], obligations: Sequence[Obligation]
) -> Iterator[Obligation]:
    """Prices that were told apart, as payments by whoever buys; others are refused."""
    for reader in readers:
        for words, price in reader.context.prices:
            span = reader.context.folded.span(words[0].start, words[-1].end)
            paid = price_paid(price, obligations, span=span, clause=reader.clause or None)
            told = any(one.action == "pay" and one.amount == price.amount for one in obligations)
            if told or (paid is not None and _paid_in_parts(obligations)):
                continue
            if paid is None:
                reason = "it sets a term that no other clause takes up"
                reader.context.reject(words, reason)
            else:
                yield paid


def _paid_in_parts(obligations: Sequence[Obligation]) -> bool:
    """合同总价的30%, 合同总价的70%: what is paid in shares of the total is not paid beside them."""
    parts = [one for one in obligations if one.action in {"pay", "deposit"} and one.asset == "%"]
    return any((one.share_of or "").endswith(_TOTALS) for one in parts)


def _refuse_idle_terms(readers: Sequence[ListReader], obligations: list[Obligation]) -> None:
    """Terms that were set and that nothing in the text takes up."""
    used = {word for one in _all(obligations) for word in (one.amount, one.share_of, one.asset)}
    limits = {(one.amount, one.limit) for one in _all(obligations)}
    reached = {one.value for duty in _all(obligations) for one in duty.conditions}
    for reader in readers:
        lead = reader.lead
        if lead is not None and not lead.taken_up and reader.begins_list:
            reader.context.reject(lead.tokens, "no part of what it announces was read")
    for reader in readers:
        shares = any(one.asset == "%" for one in _all(reader.obligations))
        if reader.context.ratio_words and not shares:
            words = reader.context.ratio_words
            reader.context.reject(words, "it sets a term that no other clause takes up")
    for context in (reader.context for reader in readers):
        if context.goal_words and context.goal and context.goal.amount not in reached:
            context.reject(context.goal_words, "it sets a goal that no other clause takes up")
        if context.cliff is not None:
            context.reject(context.cliff_words, "nothing is said to begin when it is over")
        for words, name, quantity, _ in context.set_terms:
            taken = any(one and (name in one or one in name) for one in used)
            bound = quantity.limit != "exact" and (quantity.amount, quantity.limit) not in limits
            if bound or (quantity.amount not in used and not taken):
                context.reject(words, "it sets a term that no other clause takes up")


def _refused(text: str, readers: Sequence[ListReader]) -> Iterator[NotUnderstood]:
    for reader in readers:
        for start, end, reason in merged(reader.context.unread):
            span = reader.context.folded.span(start, end)
            yield NotUnderstood(span=span, text=text[slice(*span)], reason=told(reason))


def _above(number: str, readers: Mapping[str, ListReader]) -> ListReader | None:
    """The reader of the clause that a part belongs to: 2 for 2(1), 5 for 5.1."""
    numbers = [one for one in readers if one and number.startswith((f"{one}(", f"{one}."))]
    return readers[max(numbers, key=len)] if numbers else None


def merged(unread: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbouring stretches with the same reason as one."""
    result: list[tuple[int, int, str]] = []
    for start, end, reason in sorted(set(unread)):
        if result and result[-1][2] == reason and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]), reason)
        elif not (result and result[-1][0] <= start and end <= result[-1][1]):
            result.append((start, end, reason))
    return result


def _parties(text: str, terms: Terms, obligations: list[Obligation]) -> tuple[Party, ...]:
    found = {party.name: party for party in terms.parties}
    for obligation in _all(obligations):
        acts = (obligation, *obligation.conditions)
        names = [name for act in acts for name in (act.actor, act.recipient)]
        for name in names:
            if name and name not in found:
                at = max(text.find(name), 0)
                written = text[at : at + len(name)] if name in text else ""
                kind = "contract" if name == "contract" else "group" if name == "双方" else "party"
                span = (at, at + len(written)) if written else obligation.span
                found[name] = Party(name=name, text=written or name, kind=kind, span=span)
    return tuple(found.values())


def _assets(text: str, obligations: list[Obligation]) -> tuple[Asset, ...]:
    found: dict[str, Asset] = {}
    for obligation in _all(obligations):
        for act in (obligation, *obligation.conditions):
            name = act.asset
            if not name or name == "%" or name in found:
                continue
            at = text.find(name)
            span = (at, at + len(name)) if at >= 0 else obligation.span
            found[name] = Asset(name=name, text=text[slice(*span)], kind=_kind(name), span=span)
    return tuple(found.values())


def _kind(name: str) -> AssetKind:
    if name in FIAT:
        return "fiat"
    if name in NATIVE:
        return "native"
    if name.isascii():
        return "token"
    return next((kind for kind, ends in _KINDS if name.endswith(ends)), "goods")


def _all(obligations: list[Obligation]) -> Iterator[Obligation]:
    for obligation in obligations:
        inner: Obligation | None = obligation
        while inner is not None:
            yield inner
            inner = inner.otherwise
