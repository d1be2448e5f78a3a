"""A specification to one program: each block takes what it can carry out, nothing is left over.

    composition = compose(specification, BLOCKS, name="Purchase")

Whatever no block carries out is either an act outside the chain that people keep, and then is named
with the reason, or the contract is not built.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assay.authoring.blocks.clauses.duties import MONEY_ACTIONS, NOT_ITS_OWN, duties, is_late_fee
from assay.authoring.blocks.clauses.rights import rights
from assay.authoring.blocks.clauses.several import each_alone, is_right_to_end
from assay.authoring.blocks.clauses.sums import bears_cost, is_held_sum, is_single, pots
from assay.authoring.blocks.deeming import is_awaited_silence
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import REFUSED, NotBuildable, QuestionsOpen
from assay.authoring.blocks.guards.brought_first import keep_works_first
from assay.authoring.blocks.guards.first_word import keep_first_words
from assay.authoring.blocks.held.arrears import debts_of
from assay.authoring.blocks.held.ending import is_enough_to_stop, stopping, untold
from assay.authoring.blocks.held.penalties import is_cap
from assay.authoring.blocks.model import Block, Claim, Composition
from assay.authoring.blocks.moments import is_duration, moment
from assay.authoring.blocks.patterns.split import is_about_share
from assay.authoring.blocks.payment import payments
from assay.authoring.model import Condition, Language, Obligation, Specification
from assay.authoring.program.checking import check

_TWO_SIDED = frozenset({"escrow", "payment", "repayment", "ending", "deeming", "records"})

_OUTSIDE: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "act": "it happens outside the chain: the parties keep it, the contract neither sees nor "
        "enforces it",
        "hand": "an answer leaves it to the parties: the contract neither does nor enforces it",
        "ban": "no function of the contract does it; what happens outside the chain people keep",
        "stop": "nothing is taken without whoever pays: to pay no more is enough to stop",
        "single": "this contract moves amounts of tokens, and no single NFT: who holds it hands it "
        "over",
        "right": "the contract cannot tell {words!r}: it does not end by it, and no money moves",
    },
    "zh": {
        "act": "发生在链下，由当事人自行履行，合约无法得知，也不强制执行",
        "hand": "按回答由当事人自行履行，合约既不执行也不强制",
        "ban": "合约没有这样做的函数；链下的行为由当事人自行遵守",
        "stop": "合约不会自行扣款，付款方停止付款即可，无需合约执行",
        "single": "合约只转移按数量计的代币，不转移单个NFT，由持有人自行交付",
        "right": "合约无法判断“{words}”，不会因此终止，也不会因此转移资金",
    },
}
"""Why people keep a duty, and not the contract."""


_BY_HAND = (
    "Write it anew, as `assay author blocks` shows what can be built; or, if the parties are to "
    'keep it themselves without the contract, answer "{id}": "yes" (是).'
)


def compose(
    specification: Specification, blocks: Sequence[Block], *, name: str, text: str = ""
) -> Composition:
    """The program that carries out what was agreed.

    Raises:
        QuestionsOpen: something is not answered, or was not understood.
        NotBuildable: money is to move as no block knows.
        ProgramWrong: the blocks together are not safe.
    """
    # What was foreseen to be refused is refused here, in the blocks' own words.
    asked = [one for one in specification.questions if one.kind != REFUSED]
    if asked or specification.not_understood:
        raise QuestionsOpen(specification.questions, specification.not_understood)
    draft = Draft(specification, name, text, stopping(specification))
    all_ = specification.obligations
    free = frozenset(index for index, one in enumerate(all_) if not one.by_hand)
    claims: list[Claim] = []
    kept: dict[int, list[str]] = {}
    for block in blocks:
        for claim in block.claims(specification, free):
            free -= set(claim.obligations)
            claims.append(claim)
            for obligation, function in _added(block, draft, claim):
                kept.setdefault(obligation, []).append(function)
    keep_first_words(draft)
    for obligation, function in keep_works_first(draft):
        kept.setdefault(obligation, []).append(function)
        free -= {obligation}
    # An act that no function came to record is kept by people like any other.
    free |= {index for claim in claims for index in claim.obligations if index not in kept}
    free |= {index for index, one in enumerate(all_) if one.by_hand}
    outside = {index: _why_outside(specification, index) for index in sorted(free)}
    if not claims:
        raise NotBuildable(specification.text, "nothing in it is for a contract to carry out")
    _refuse_gaps(specification, claims)
    _refuse_undeemed(specification, kept)
    _refuse_unended(specification, kept)
    program = draft.program()
    check(program)
    functions = {index: tuple(names) for index, names in kept.items()}
    return Composition(program, tuple(claims), functions, outside)


def _added(block: Block, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
    try:
        return block.add(draft, claim)
    except NotBuildable as error:
        error.obligations = error.obligations or claim.obligations
        raise


def _refuse_gaps(specification: Specification, claims: Sequence[Claim]) -> None:
    """No consequence of a claimed duty is dropped, and no ban that the contract could break."""
    claimed = {index for claim in claims for index in claim.obligations}
    own = {index for one in claims if one.block in _TWO_SIDED for index in one.obligations}
    done = [*payments(specification), *(one for pot in pots(specification) for one in pot.outflows)]
    for index, duty in duties(specification):
        words = specification.text[slice(*duty.span)]
        if duty.modality == "must_not":
            broken = any(_breaks(one, duty) and not _waits(one, duty) for _, one in done)
            if index not in claimed and broken:
                reason = "no building block knows how to keep this ban"
                raise NotBuildable(words, reason, obligations=(index,))
        elif index in own and _is_consequence(specification, index, duty):
            fee = is_late_fee(duty) or is_cap(specification, duty)
            if duty.action in MONEY_ACTIONS and not fee and (index, duty) not in done:
                reason = f"no building block knows how to {duty.action} like this"
                raise NotBuildable(words, reason, obligations=(index,))


def _refuse_undeemed(specification: Specification, kept: Collection[int]) -> None:
    """Nothing that money waits for is left to whoever could say it, where silence counts."""
    for index, duty in duties(specification):
        if is_awaited_silence(specification, duty) and index not in kept:
            words = specification.text[slice(*duty.span)]
            reason = "from when on it counts as done, a contract cannot tell"
            hint = "Name who records it, and by when."
            raise NotBuildable(words, reason, hint=hint, obligations=(index,))


def _refuse_unended(specification: Specification, kept: Collection[int]) -> None:
    """No right to end is left to words while a deposit goes on paying for what would be over."""
    if not any(debts_of(specification, pot) for pot in pots(specification)):
        return
    for index, duty in rights(specification):
        if index not in kept:
            words = specification.text[slice(*duty.span)]
            reason = "what is due after that end would still be taken out of the deposit"
            hint = (
                "Give the payments a last date, or say that the deposit goes back on termination."
            )
            raise NotBuildable(words, reason, hint=hint, obligations=(index,))


def _breaks(one: Obligation, ban: Obligation) -> bool:
    return one.action == ban.action and one.actor == ban.actor


def _waits(one: Obligation, ban: Obligation) -> bool:
    """Whether it is done only once a ban until a date is over: "not before May", "from May on"."""
    until = [each for each in ban.conditions if each.kind == "time" and _is_date(each, "<")]
    begins = [each for each in one.conditions if each.kind == "time" and _is_date(each, ">")]
    if len(until) != 1 or len(ban.conditions) != 1:
        return False
    return any(moment(str(each.value)) >= moment(str(until[0].value)) for each in begins)


def _is_date(condition: Condition, towards: str) -> bool:
    """Whether it is a date before or after which something is to be, and nothing else."""
    dated = condition.value is not None and not is_duration(condition.value)
    sided = (condition.comparator or "").startswith(towards)
    return dated and sided and condition.subject is None and not condition.negated


def _is_consequence(specification: Specification, index: int, duty: Obligation) -> bool:
    obligation = specification.obligations[index]
    itself = obligation.model_copy(update={"otherwise": None})
    return duty not in (itself, itself.model_copy(update={"deadline": None}))


def _why_outside(specification: Specification, index: int) -> str:
    obligation = specification.obligations[index]
    words = specification.text[slice(*obligation.span)]
    if obligation.by_hand:
        return _OUTSIDE[specification.language]["hand"]
    hint = _BY_HAND.format(id=f"by_hand.{index + 1}")
    if obligation.actor == "contract" and obligation.action in NOT_ITS_OWN:
        reason = f"the contract itself is to {obligation.action}, and no building block does"
        raise NotBuildable(words, reason, hint=hint, obligations=(index,))
    step: Obligation | None = obligation
    while step is not None:
        if (
            _hands_over(specification, step)
            and step.modality != "must_not"
            and _moves(specification, step)
        ):
            reason = f"no building block knows how to {step.action} like this"
            raise NotBuildable(words, reason, hint=hint, obligations=(index,))
        step = step.otherwise
    phrases = _OUTSIDE[specification.language]
    if is_single(obligation.asset) and obligation.action in MONEY_ACTIONS:
        return phrases["single"]
    if obligation.modality == "must_not" and obligation.action in MONEY_ACTIONS:
        return phrases["ban"]
    if is_enough_to_stop(specification, obligation):
        return phrases["stop"]
    if is_right_to_end(obligation):
        grounds = (untold(specification, one) for one in each_alone(specification, obligation))
        found = next((words for words in grounds if words is not None), None)
        if found is not None:
            return phrases["right"].format(words=found)
    return phrases["act"]


def _hands_over(specification: Specification, step: Obligation) -> bool:
    """Whether it is an act with money, or gives back what a contract could move."""
    if step.action != "return":
        return step.action in MONEY_ACTIONS
    kinds = {one.name: one.kind for one in specification.assets}
    return kinds.get(step.asset or "") in ("token", "native")


def _moves(specification: Specification, step: Obligation) -> bool:
    """Whether it is about what a contract could move: title to a car is not, nor are bare costs."""
    kinds = {one.name: one.kind for one in specification.assets}
    if is_single(step.asset):
        return False
    if is_about_share(specification, step):
        return True
    off_chain = kinds.get(step.asset or "") in ("goods", "service", "document", "right")
    if step.action in ("transfer", "buy", "keep", "burn", "lock", "vest", "deposit", "issue"):
        return not off_chain or is_held_sum(step)
    return not bears_cost(specification, step)
