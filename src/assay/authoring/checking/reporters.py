"""Facts from outside that no named source reports: somebody has to, on the chain.

put_reporter(specification, question, "weather service")
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.checking.gains import warned
from assay.authoring.model import Party, Question, Specification

REPORTING = "who_reports"
ENGLISH = "en"


def reporters(specification: Specification) -> Iterator[Question]:
    """One question for each fact from outside that no named source reports."""
    asked: set[str | None] = set()
    for index, one in enumerate(specification.obligations):
        for place, condition in enumerate(one.conditions):
            named = condition.kind != "oracle" or condition.actor is not None
            if named or condition.subject is None or condition.subject in asked:
                continue
            asked.add(condition.subject)
            yield Question(
                id=f"{REPORTING}.{index + 1}.{place + 1}",
                kind=REPORTING,
                text=(
                    f"Who reports this on the chain: {condition.text}? Name the source."
                    if specification.language == ENGLISH
                    else f"由谁在链上报告“{condition.text}”?请写明来源。"
                )
                + warned(specification, condition),
                suggestions=("data source",) if specification.language == ENGLISH else ("数据源",),
                obligation=index,
                span=condition.span or one.span,
            )


def put_reporter(specification: Specification, question: Question, source: str) -> Specification:
    """The source of a fact, wherever the fact is spoken of."""
    assert question.obligation is not None, "it is about a clause"
    place = int(question.id.rpartition(".")[2]) - 1
    subject = specification.obligations[question.obligation].conditions[place].subject
    obligations = tuple(
        one.model_copy(
            update={
                "conditions": tuple(
                    each.model_copy(update={"actor": source})
                    if (each.kind, each.subject, each.actor) == ("oracle", subject, None)
                    else each
                    for each in one.conditions
                )
            }
        )
        for one in specification.obligations
    )
    parties = specification.parties
    if source not in {one.name for one in parties}:
        span = question.span or (0, 0)
        parties = (*parties, Party(name=source, text=source, kind="source", span=span))
    return specification.model_copy(update={"obligations": obligations, "parties": parties})
