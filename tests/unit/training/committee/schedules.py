"""Random scenarios for simulations: faults up to f, and everything that a network can do."""

from __future__ import annotations

from hypothesis import strategies as st

from assay.training.committee import byzantine
from assay.training.committee.scenario import Crash, Partition, Scenario

BEHAVIOURS = [
    byzantine.silent,
    byzantine.equivocate,
    byzantine.wrong,
    byzantine.hasty,
    byzantine.erratic,
    byzantine.usurp,
    None,  # slow
    "twin",
]
KINDS = ["PrePrepare", "Prepare", "Commit", "ViewChange", "NewView", "Certificate"]
CHAOS_S = 12.0


@st.composite
def scenarios(draw: st.DrawFn, size: int, rounds: int = 2) -> Scenario:
    """Up to f faulty validators; the others may crash and be parted before the network heals."""
    faulty = draw(
        st.dictionaries(
            st.integers(0, size - 1), st.sampled_from(BEHAVIOURS), max_size=(size - 1) // 3
        )
    )
    times = st.floats(0, CHAOS_S)
    partitions = draw(
        st.lists(
            st.builds(
                Partition,
                from_s=times,
                to_s=times,
                side=st.frozensets(st.integers(0, size - 1), min_size=1, max_size=size - 1),
            ),
            max_size=3,
        )
    )
    crashes = draw(
        st.lists(
            st.builds(
                Crash,
                validator=st.integers(0, size - 1),
                at_s=times,
                after_effects=st.integers(0, 12),
                down_s=st.floats(0.05, CHAOS_S),
            ),
            max_size=5,
        )
    )
    return Scenario(
        size=size,
        rounds=rounds,
        seed=draw(st.integers(0, 2**32)),
        behaviours={at: kind for at, kind in faulty.items() if callable(kind)},
        twins=frozenset(at for at, kind in faulty.items() if kind == "twin"),
        slow_s={at: 0.7 for at, kind in faulty.items() if kind is None},
        delay_s=draw(st.sampled_from([0.02, 0.3, 2.0])),
        loss=draw(st.sampled_from([0.0, 0.1, 0.4])),
        loss_of=draw(
            st.dictionaries(st.sampled_from(KINDS), st.sampled_from([0.5, 0.8, 1.0]), max_size=2)
        ),
        repeat=draw(st.sampled_from([0.0, 0.2])),
        heals_at_s=CHAOS_S,
        partitions=partitions,
        crashes=crashes,
        unready_s=draw(st.sampled_from([0.0, 0.0, 1.5])),
    )
