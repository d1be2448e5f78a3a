"""A whole English text, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import ValidationError

from assay.authoring.english.attaching.arguments import arguments
from assay.authoring.english.attaching.deadlines import adjunct_at
from assay.authoring.english.attaching.periods import time_given
from assay.authoring.english.clauses import clause_at
from assay.authoring.english.completing import completed, leave_out_wholes
from assay.authoring.english.definitions import find_definitions
from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.found import Found, count_from_terms, refuse, refuse_loose_ends
from assay.authoring.english.lexicon.money import FIAT_CODES, KNOWN_TOKENS, NATIVE_SYMBOLS
from assay.authoring.english.lexing.amounts import asset_at, tokens
from assay.authoring.english.lexing.boilerplate import insertions, is_boilerplate, names_source
from assay.authoring.english.lexing.headings import headings, is_inline_heading, is_verbless
from assay.authoring.english.lexing.nodes import Line, Node, line
from assay.authoring.english.lexing.preambles import preambles
from assay.authoring.english.losses import lost
from assay.authoring.english.obligations import Built, after_breach, build
from assay.authoring.english.phrases.names import Names
from assay.authoring.english.rewriting.rewrites import without_list_marks
from assay.authoring.english.sentences import read_sentence
from assay.authoring.english.times.agreement_terms import term_defined, term_told
from assay.authoring.language.awards import award_of, obligations_of
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import (
    Asset,
    AssetKind,
    Clause,
    Obligation,
    Party,
    Question,
    Span,
)
from assay.authoring.understood import Understood

_END = re.compile(
    r"(?<!\bLtd)(?<!\bInc)(?<!\bCo)(?<!\bNo)(?<!\b[A-Z])(?<!\b[ap]\.m)(?<!\be\.g)(?<!\bi\.e)(?<!\bCorp)"
    r"(?<!\b[DM]r)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)"
    r"[.!?]+[\"”’)]*(?=\s+[\"“(A-Z0-9]|\s*$)|(?<=[ap]\.m)\.(?=\s+[A-Z])|(?<=[a-z0-9)]{3})(?<!approx)(?<!incl)(?<!excl)(?<!resp)(?<!etc)(?<!max)(?<!min)(?<!est)(?<!cent)"
    r"[.!?](?=\s+[a-z])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)"
)
_OPEN_LIST = re.compile(r"(?::|—|–)\s*$")
_GOES_ON = re.compile(r"(?:;|,|;\s*(?:and|or)|,\s*(?:and|or))\s*$")


def read(text: str, clauses: Sequence[Clause]) -> Understood:
    """Reads a text: definitions and parties first, then sentence by sentence.

    Args:
        text: the whole text; every span counts its characters.
        clauses: its numbered parts; without any, the text is read as one.
    """
    definitions = find_definitions(text)
    names = definitions.names
    definitions.skipped.extend([*insertions(text), *headings(text), *preambles(text)])
    state = Context(line(""), text, names, clause_at, adjunct_at, arguments)
    result = Found()
    defined = term_defined(text, names)
    result.terms += [defined] if defined is not None else []
    named = sorted(definitions.skipped)
    numbered = any(clause.number for clause in clauses)
    for number, span in _parts(text, clauses):
        for at, (start, end) in enumerate(_sentences(text, span, named)):
            leads = is_inline_heading if number and at == 0 and end < span[1] else None
            leads = is_verbless if numbered and not number else leads
            if leads is not None and leads(text[start:end]):
                continue
            _read_one(text, (start, end), number, definitions.skipped, state, result)
    result.obligations[:] = completed(text, result.obligations)
    leave_out_wholes(text, names.values, result.obligations, result.questions)
    count_from_terms(text, result)
    refuse_loose_ends(text, [clause.number for clause in clauses], result)
    result.questions[:] = [one for one in result.questions if not _is_answered(one, result)]
    _ask_for_tokens(result)
    _ask_about_contradictions(result)
    return Understood(
        parties=_parties(text, names, result.obligations),
        assets=_assets(text, result.obligations),
        obligations=tuple(result.obligations),
        questions=tuple(result.questions),
        not_understood=tuple(result.not_understood),
    )


def _is_answered(question: Question, result: Found) -> bool:
    """Whether a question about who acts was answered by another sentence."""
    asked = question.obligation if question.kind == "missing_actor" else None
    return asked is not None and result.obligations[asked].actor is not None


def _parts(text: str, clauses: Sequence[Clause]) -> list[tuple[str | None, Span]]:
    """Clauses, with the parts of a list joined to what introduces them."""
    if not clauses:
        return [(None, (0, len(text)))]
    joined: list[tuple[str | None, Span]] = []
    opened = False
    for clause in clauses:
        words = text[clause.span[0] : clause.span[1]].rstrip()
        if opened and joined:
            number, (start, _) = joined[-1]
            joined[-1] = (number, (start, clause.span[1]))
        else:
            joined.append((clause.number, clause.span))
        opened = bool(_OPEN_LIST.search(words)) or (opened and bool(_GOES_ON.search(words)))
    return joined


def _sentences(text: str, span: Span, named: Sequence[Span]) -> list[Span]:
    found = []
    start = span[0]
    for low, high in named:
        if low < span[1] and start < high and not text[start:low].strip():
            start = high
    for match in _END.finditer(text, *span):
        if _OPEN_LIST.search(text[start : match.start() + 1]) or _GOES_ON.search(
            text[start : match.start() + 1]
        ):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, span[1]))
    return [(low, high) for low, high in found if text[low:high].strip(" \n\t.;,-—*#|")]


def _read_one(text: str, span: Span, number: str | None, skipped: Sequence[Span], state: Context,
              result: Found) -> None:  # fmt: skip
    """Reads one sentence into the result."""
    if is_boilerplate(text[span[0] : span[1]]):
        return
    if names_source(text[span[0] : span[1]]):
        reason = "it names a source; say so where its data count: 'as reported by ...'"
        refuse(result, text, _trimmed(text, span), reason)
        return
    begun = _numbering(text, span), span[1]
    award = award_of(text[slice(*begun)])
    if award is not None:
        result.obligations.extend(obligations_of(award, text, begun, number))
        return
    nodes = line(text, *span, skipped)
    if not any(node.kind not in ("punct", "possessive") for node in nodes.nodes):
        return
    start = _numbering(text, span)
    if start > span[0]:
        nodes = line(text, start, span[1], skipped)
    told = term_told(nodes)
    result.terms += [told] if told is not None else []
    context = Context(without_list_marks(nodes), text, state.names, clause_at, adjunct_at,
    arguments, state.subject,
                      state.mentioned, state.thing)  # fmt: skip
    context.follows, context.lasting = bool(result.obligations), state.lasting
    context.done, context.goods, context.voted = state.done, state.goods, state.voted
    try:
        sentence = read_sentence(context)
        built = build(sentence, context, number)
    except ValidationError as error:
        reason = f"no specification can hold it: {error.errors()[0]['msg']}"
        refuse(result, text, _trimmed(text, span), reason)
        return
    state.subject, state.thing, state.goods = context.subject, context.thing, context.goods
    state.done = tuple(built.obligations)
    sold = [one.asset for one in built.obligations if one.action == "sell" and one.asset]
    state.goods = sold[-1] if sold else state.goods
    votes = [one for one in built.obligations if one.action == "vote" and one.recipient]
    state.voted = next((one for one in votes if one.amount), state.voted)
    if sentence.unread:
        state.lasting = None  # what "that time" means may be among what was not read
    for one in built.obligations:
        state.lasting = time_given(one) or state.lasting
    offset = len(result.obligations)
    if sentence.points_back and built.obligations:
        base = result.obligations[-1]
        offset -= _attached(result, built)
        if base.modality == "must" and all(draft.continued for draft in sentence.drafts[1:]):
            built.obligations[:] = [after_breach(one, base, context) for one in built.obligations]
    result.obligations.extend(built.obligations)
    result.set_terms.extend(built.terms)
    for doubt, index in [*built.doubts, *((doubt, None) for doubt in context.doubts)]:
        _add_question(result, doubt, None if index is None else index + offset)
    for refused, reason in built.refused:
        refuse(result, text, refused, reason)
    _refuse_pointed(nodes, [*(one for one, _ in built.doubts), *context.doubts], text, result)
    _leftovers(sentence.unread, text, span, built, result)
    if not (sentence.unread or built.refused):
        made = result.obligations[max(0, offset - 1) :]
        _refuse_lost(nodes, made, [*built.doubts, *((one, None) for one in context.doubts)], state,
                     result)  # fmt: skip


def _attached(result: Found, built: Built) -> int:
    """Puts what follows a failure to the obligation before; how many it took."""
    last = result.obligations[-1]
    if last.otherwise is not None:
        return 0
    result.obligations[-1] = last.model_copy(update={"otherwise": built.obligations.pop(0)})
    built.facts += 1
    return 1


def _refuse_pointed(nodes: Line, doubts: Sequence[Doubt], text: str, result: Found) -> None:
    """Names numbers like 2.500 that nothing asks about: in a condition they would be 2.5."""
    asked = [doubt.span for doubt in doubts if doubt.kind == "amount_point"]
    for node in nodes.nodes:
        pointed = isinstance(node.value, Quantity) and node.value.problem == "point"
        known = any(start < node.end and node.start < end for start, end in asked)
        if pointed and not known:
            reason = "its point may part thousands or decimals: write 2,500 or 2.5"
            refuse(result, text, (node.start, node.end), reason)


_FOR_LATER = frozenset({"missing_actor", "missing_thing", "missing_recipient"})


def _refuse_lost(nodes: Line, made: Sequence[Obligation],
                 doubts: Sequence[tuple[Doubt, int | None]], state: Context,
                 result: Found) -> None:  # fmt: skip
    """Names what was read but stands in no field, unless a question is about it already."""
    asked = [doubt.span for doubt, _ in doubts if doubt.kind not in _FOR_LATER]
    kinds = {doubt.kind for doubt, _ in doubts}
    for node in lost(nodes, made, state.names):
        doubted = any(start < node.end and node.start < end for start, end in asked)
        if not doubted and node.kind not in kinds:
            reason = "it stands in nothing that was read of the sentence"
            refuse(result, state.source, (node.start, node.end), reason)


_NUMBER = re.compile(
    r"\s*(?:(?:clause|section|article)\s+)?"
    r"(?:\d+(?:\.\d+)+\.?|\d{1,2}[.)]|[-*•])\s+(?=\S)",
    re.IGNORECASE,
)


_DECIMAL = re.compile(r"\s*\d+\.\d+\s")


def _numbering(text: str, span: Span) -> int:
    """Where a sentence begins behind its number: "2.1 The Lessor shall"."""
    match = _NUMBER.match(text, *span)
    if match is None:
        return span[0]
    decimal = _DECIMAL.match(text, *span)
    lower = text[match.end() : match.end() + 1].islower()
    amount = asset_at(tokens(text, match.end(), span[1])[:3], 0)
    return span[0] if decimal is not None and (lower or amount) else match.end()


def _leftovers(unread: Sequence[Node], text: str, span: Span, built: Built, result: Found) -> None:
    words = [node for node in unread if node.kind != "punct" or node.text in "%$€£¥"]
    words.sort(key=lambda node: node.start)
    if not words:
        if not (built.obligations or built.refused or built.facts or built.doubts):
            refuse(
                result, text, _trimmed(text, span), "no duty, right or ban could be read from it"
            )
        return
    if not (built.obligations or built.facts):
        refuse(result, text, _trimmed(text, span), "no duty, right or ban could be read from it")
        return
    runs: list[list[Node]] = []
    for node in words:
        if runs and node.start - runs[-1][-1].end <= 2:
            runs[-1].append(node)
        else:
            runs.append([node])
    for run in runs:
        refuse(result, text, (run[0].start, run[-1].end), "no rule reads these words here")


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _add_question(result: Found, doubt: Doubt, index: int | None) -> None:
    identity = f"{doubt.kind}.{doubt.span[0]}"
    if any(question.id == identity for question in result.questions):
        return
    known = index if index is not None and index < len(result.obligations) else None
    result.questions.append(
        Question(id=identity, kind=doubt.kind, text=doubt.text, suggestions=doubt.suggestions,
                 obligation=known, field=doubt.field, span=doubt.span)
    )  # fmt: skip


def _ask_for_tokens(result: Found) -> None:
    """One question for each currency that a contract cannot move."""
    asked: set[str] = set()
    for index, obligation in enumerate(result.obligations):
        for asset in _assets_of(obligation):
            if asset in FIAT_CODES and asset not in asked:
                asked.add(asset)
                result.questions.append(
                    Question(
                        id=f"fiat_token.{asset}", kind="fiat_token",
                        text=f"A contract cannot move {asset}: which token stands for it, or which "
                        "price feed tells its value?",
                        suggestions=_STAND_INS.get(asset, ()), obligation=index, field="asset",
                        span=obligation.span,
                    )
                )  # fmt: skip


def _ask_about_contradictions(result: Found) -> None:
    """An act that is due on a day on which it is still forbidden."""
    for index, banned in enumerate(result.obligations):
        for due in result.obligations:
            same = (due.actor, due.action, due.asset) == (banned.actor, banned.action, banned.asset)
            if banned.modality != "must_not" or due.modality != "must" or not same:
                continue
            until = [item.value for item in banned.conditions if item.comparator in ("<", "<=")]
            if due.deadline and any(value and due.deadline < value for value in until):
                doubt = Doubt("contradiction", "It is due before it is allowed: which one holds?",
                              banned.span, "conditions")  # fmt: skip
                _add_question(result, doubt, index)


_STAND_INS = {"USD": ("USDC", "USDT", "DAI"), "EUR": ("EURC",), "CNY": ("CNHC",), "GBP": ("GBPT",)}


def _assets_of(obligation: Obligation) -> list[str]:
    found = [condition.asset for condition in obligation.conditions]
    found[:0] = [obligation.asset, *_currency_of(obligation.share_of)]
    inner = _assets_of(obligation.otherwise) if obligation.otherwise is not None else []
    return [asset for asset in found if asset is not None] + inner


def _currency_of(whole: str | None) -> list[str]:
    """The currency of a sum that a share is of: "900 USD"."""
    last = (whole or "").rsplit(" ", 1)[-1]
    return [last] if last in FIAT_CODES and whole != last else []


def _parties(text: str, names: Names, obligations: Sequence[Obligation]) -> tuple[Party, ...]:
    """Everybody who is introduced or who acts or receives."""
    spans = dict(names.spans)
    used: list[str] = []
    for obligation in _all(obligations):
        used += [name for name in (obligation.actor, obligation.recipient) if name]
        for condition in obligation.conditions:
            used += [name for name in (condition.actor, condition.recipient) if name]
    found = []
    wanted = [name for name in spans if name in names.parties.values()] + used
    for name in dict.fromkeys(wanted):
        at = text.lower().find(name)
        span = spans.get(name) or ((at, at + len(name)) if at >= 0 else (0, 0))
        kind = "contract" if name == "contract" else "group" if name == "parties" else "party"
        found.append(Party(name=name, text=text[span[0] : span[1]], kind=kind, span=span))
    return tuple(found)


def _all(obligations: Sequence[Obligation]) -> list[Obligation]:
    found = []
    for obligation in obligations:
        found.append(obligation)
        if obligation.otherwise is not None:
            found += _all([obligation.otherwise])
    return found


def _assets(text: str, obligations: Sequence[Obligation]) -> tuple[Asset, ...]:
    found: dict[str, Asset] = {}
    for obligation in _all(obligations):
        for name in _assets_of(obligation):
            if name == "%" or name in found:
                continue
            at = max(text.lower().find(name.lower()), 0)
            words = text[at : at + len(name)] if text.lower().find(name.lower()) >= 0 else name
            found[name] = Asset(name=name, text=words, kind=_kind(name), span=(at, at + len(words))
                                if words != name or at else obligation.span)  # fmt: skip
    return tuple(found.values())


def _kind(name: str) -> AssetKind:
    if name in FIAT_CODES:
        return "fiat"
    if name in NATIVE_SYMBOLS:
        return "native"
    if name in KNOWN_TOKENS or name.isupper() or name.endswith(("token", "coin", "share", "nft")):
        return "token"
    if name.endswith(("report", "document", "certificate", "notice", "invoice", "plan")):
        return "document"
    if name.endswith(("title", "ownership", "right", "licence", "license", "access")):
        return "right"
    return "service" if name.endswith(("service", "work", "support", "maintenance")) else "goods"
