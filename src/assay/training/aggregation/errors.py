"""What can go wrong where updates are put together; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError


class UpdatesUnfit(InputError):
    """Updates cannot be put together: their shapes, numbers, nodes or weights are wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"These updates cannot be aggregated: {reason}.",
            hint="Screen them first: see `assay.training.aggregation.screening`.",
        )
        self.reason = reason


class TooFewUpdates(InputError):
    """A rule cannot withstand so many hostile nodes among so few.

    Attributes:
        rule: its name.
        found: how many updates there are.
        needed: how many the rule needs.
    """

    def __init__(self, rule: str, found: int, needed: int, hostile: int) -> None:
        super().__init__(
            f"{rule} needs {needed} updates to withstand {hostile} hostile ones, and has {found}.",
            hint="Have more nodes take part, assume fewer hostile ones, or choose another rule.",
        )
        self.rule = rule
        self.found = found
        self.needed = needed


class RuleUnknown(InputError):
    """A task names an aggregation rule or an option that does not exist."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"There is no aggregation rule or option {name!r}.", hint=f"Take {', '.join(known)}."
        )
        self.name = name
