"""What a task's plan says of differential privacy: whom it protects, by how much noise.

>>> terms = PrivacyTerms(RECORD, noise_micro=1_100_000)
>>> terms.delta(records=180) == Fraction(1, 1800)
True

- `record`: the model would have come out much alike without any single record of a node. Each
  record's gradient is cut to `clip`, and noise of `noise` times that added to their sum (DP-SGD).
- `client`: it would have come out much alike without any single node. Each node's update is cut to
  `clip`, and the node itself adds noise of `noise` times that before the update is sealed.

"Much alike" is (epsilon, delta)-differential privacy: Dwork and Roth 2014, "The algorithmic
foundations of differential privacy". At record level how many records a node has is public.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assay.training.privacy.errors import DeltaTooLarge, PrivacyTermsInvalid

RECORD, CLIENT = "record", "client"
LEVELS = (RECORD, CLIENT)
MICRO = 1_000_000
_NOISE_RANGE_MICRO = (MICRO // 5, 10_000 * MICRO)
_CLIP_RANGE_MICRO = (1, 1_000_000 * MICRO)
_LARGEST_INVERSE = 10**12
_RECORDS_TIMES = 10
_CLIENT_INVERSE = 100_000


@dataclass(frozen=True, slots=True)
class PrivacyTerms:
    """The promise of one task.

    Attributes:
        level: `record` or `client`.
        clip_micro: the longest contribution, in millionths.
        noise_micro: the noise multiplier: standard deviation over `clip`, in millionths.
        delta_inverse: 1 over delta; 0 for ten times a node's records, or 100 000 at client level.
        epsilon_limit_micro: a node stops before it would have spent more; 0 for no limit.

    Raises:
        PrivacyTermsInvalid: one of them can't be.
    """

    level: str
    clip_micro: int = MICRO
    noise_micro: int = MICRO
    delta_inverse: int = 0
    epsilon_limit_micro: int = 0

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise PrivacyTermsInvalid("level", repr(self.level), "record or client")
        for name, (least, most) in {
            "clip_micro": _CLIP_RANGE_MICRO,
            "noise_micro": _NOISE_RANGE_MICRO,
            "epsilon_limit_micro": (0, _CLIP_RANGE_MICRO[1]),
            "delta_inverse": (0, _LARGEST_INVERSE),
        }.items():
            value = getattr(self, name)
            if not least <= value <= most or (name == "delta_inverse" and value == 1):
                raise PrivacyTermsInvalid(name, value, f"from {least} to {most}")

    @property
    def noise(self) -> float:
        """The noise multiplier."""
        return self.noise_micro / MICRO

    @property
    def clip(self) -> float:
        """The longest contribution."""
        return self.clip_micro / MICRO

    def delta(self, records: int) -> Fraction:
        """The chance that the promise does not hold, for a node with so many records.

        Raises:
            DeltaTooLarge: at record level it is above 1 / records: giving one record away whole
                would do then.
        """
        if self.level == CLIENT:
            return Fraction(1, self.delta_inverse or _CLIENT_INVERSE)
        delta = Fraction(1, self.delta_inverse or _RECORDS_TIMES * records)
        if delta * records > 1:
            raise DeltaTooLarge(delta, records)
        return delta

    def as_json(self) -> dict[str, str | int]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}
