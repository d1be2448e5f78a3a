"""Names put in the place of others, in an obligation and in all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.model import Condition, Obligation


def renamed(one: Obligation, meant: Mapping[str, str], fields: tuple[str, ...]) -> Obligation:
    """An obligation, its conditions and what follows where it is not kept, by other names.

    Args:
        meant: names to those that take their place.
        fields: those of obligations and conditions in which such names stand.
    """
    parts = {
        "conditions": tuple(
            each.model_copy(update=_names(each, meant, fields)) for each in one.conditions
        ),
        "otherwise": one.otherwise and renamed(one.otherwise, meant, fields),
    }
    return one.model_copy(update=_names(one, meant, fields) | parts)


def _names(
    one: Obligation | Condition, meant: Mapping[str, str], fields: tuple[str, ...]
) -> dict[str, object]:
    known = ((name, getattr(one, name)) for name in fields if name in type(one).model_fields)
    return {name: meant[value] for name, value in known if value in meant}
