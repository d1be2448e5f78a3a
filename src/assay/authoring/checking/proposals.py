"""What a model proposed stays a question until somebody says yes.

    questions_about(specification)          # one for the words that each proposal stands for
    settle(specification, {"proposed.120": "yes"})

A no puts the words back among those that were not understood.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.blocks.errors import QuestionsOpen
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.model import NotUnderstood, Obligation, Question, Specification

KIND = "proposed"
_ENGLISH = "en"
_YES = frozenset({"yes", "true", "是"})
_NO = frozenset({"no", "false", "否"})
"""YAML takes a bare `yes` for a truth value."""
_TURNED_DOWN = "a model's proposal for these words was turned down"


def questions_about(specification: Specification) -> tuple[Question, ...]:
    """One question for all that was proposed for the same words; its id stays while they do."""
    found: dict[str, Question] = {}
    for index, one in enumerate(specification.obligations):
        if one.proposed and _id(one) not in found:
            words = " ".join(specification.text[slice(*one.span)].split())
            english = f"A model, and no rule, read “{words}” as shown. Is that what it says?"
            chinese = f"“{words}”是由模型而非规则解读的。解读是否正确?"
            in_english = specification.language == _ENGLISH
            found[_id(one)] = Question(
                id=_id(one),
                kind=KIND,
                text=english if in_english else chinese,
                suggestions=("yes", "no") if in_english else ("是", "否"),
                obligation=index,
                span=one.span,
            )
    return tuple(found.values())


def require_agreed(specification: Specification) -> None:
    """See that nothing is carried out that a model alone has said.

    Raises:
        QuestionsOpen: something is.
    """
    if asked := questions_about(specification):
        raise QuestionsOpen(asked, ())


def settle(specification: Specification, answers: Mapping[str, str]) -> Specification:
    """Proposals agreed to become like all the rest; those turned down leave their words unread.

    Raises:
        AnswerUnfit: an answer is neither yes nor no.
    """
    agreed = {id_: _is_yes(id_, text) for id_, text in answers.items()}
    kept: dict[int, Obligation] = {}
    unread = list(specification.not_understood)
    for index, one in enumerate(specification.obligations):
        verdict = agreed.get(_id(one)) if one.proposed else None
        if verdict is False:
            words = specification.text[slice(*one.span)]
            refused = NotUnderstood(span=one.span, text=words, reason=_TURNED_DOWN)
            if refused not in unread:
                unread.append(refused)
        else:
            kept[index] = _agreed(one) if verdict else one
    return keep(specification, kept).model_copy(update={"not_understood": tuple(unread)})


def keep(specification: Specification, kept: Mapping[int, Obligation]) -> Specification:
    """The specification with some of its obligations, by their index, and the questions on them."""
    places = {index: place for place, index in enumerate(kept)}
    asked = tuple(
        question
        if question.obligation is None
        else question.model_copy(update={"obligation": places[question.obligation]})
        for question in specification.questions
        if question.obligation is None or question.obligation in places
    )
    return specification.model_copy(
        update={"obligations": tuple(kept.values()), "questions": asked}
    )


def _id(one: Obligation) -> str:
    return f"{KIND}.{one.span[0]}"


def _is_yes(id_: str, text: str) -> bool:
    said = text.strip().lower()
    if said not in _YES | _NO:
        raise AnswerUnfit(id_, text, "say yes or no", ("yes", "no"))
    return said in _YES


def _agreed(one: Obligation) -> Obligation:
    otherwise = _agreed(one.otherwise) if one.otherwise else None
    return one.model_copy(update={"proposed": False, "otherwise": otherwise})
