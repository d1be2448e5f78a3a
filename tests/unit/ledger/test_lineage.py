"""Lineage: walked breadth first, complete, bounded, and never more optimistic than its links."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.ledger.errors import UnknownSubjectError
from assay.ledger.lineage import Link, Node, find, trace
from tests.fakes.lineage import GraphSource, node

NODES = 12
GRAPHS = st.dictionaries(
    st.integers(0, NODES), st.lists(st.integers(0, NODES), unique=True), max_size=NODES
).map(lambda edges: {number: edges.get(number, []) for number in range(NODES + 1)})


def reachable(edges: dict[int, list[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        for target in edges[waiting.pop()]:
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


@given(GRAPHS)
def test_every_link_of_every_reachable_node_is_walked_once(edges: dict[int, list[int]]) -> None:
    source = GraphSource(edges)

    lineage = trace(node(0), [source])

    expected = reachable(edges, 0)
    assert {int(each.id) for each in lineage.nodes} == expected
    assert sorted((int(link.source), int(link.target)) for link in lineage.links) == sorted(
        (number, target) for number in expected for target in edges[number]
    )
    asked = [name for level in source.asked for name in level]
    assert len(asked) == len(set(asked))


@given(GRAPHS)
def test_each_level_is_asked_about_in_one_question(edges: dict[int, list[int]]) -> None:
    source = GraphSource(edges)

    trace(node(0), [source])

    seen, level, levels = {0}, [0], []
    while level:
        levels.append({str(number) for number in level})
        following = {target for number in level for target in edges[number]} - seen
        seen |= following
        level = sorted(following)
    assert [set(asked) for asked in source.asked] == levels


@given(GRAPHS, st.sets(st.tuples(st.integers(0, NODES), st.integers(0, NODES))))
def test_it_is_verified_only_if_it_has_links_and_all_hold(
    edges: dict[int, list[int]], broken: set[tuple[int, int]]
) -> None:
    lineage = trace(node(0), [GraphSource(edges, broken=broken)])

    walked = {(int(link.source), int(link.target)) for link in lineage.links}
    assert lineage.verified == (bool(walked) and not walked & broken)
    assert {(int(f.source), int(f.target)) for f in lineage.faults} == walked & broken


@given(GRAPHS, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_a_sources_answers(
    edges: dict[int, list[int]], random: st.randoms
) -> None:  # type: ignore[valid-type]
    class Shuffled(GraphSource):
        def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
            pairs = list(super().expand(nodes))
            random.shuffle(pairs)  # type: ignore[attr-defined]
            return pairs

    assert trace(node(0), [Shuffled(edges)]) == trace(node(0), [GraphSource(edges)])


@given(GRAPHS, st.sets(st.integers(0, NODES)))
def test_a_source_that_fails_on_one_node_fails_that_link_alone(
    edges: dict[int, list[int]], dead: set[int]
) -> None:
    lineage = trace(node(0), [GraphSource(edges, dead=dead)])

    alive = reachable({n: [] if n in dead else targets for n, targets in edges.items()}, 0)
    assert {int(each.id) for each in lineage.nodes if each.kind == "thing"} == alive
    assert {int(fault.source) for fault in lineage.faults} == alive & dead
    for fault in lineage.faults:
        assert fault.reason == f"nothing answers about {fault.source} Ask again."


def test_a_failing_source_does_not_silence_the_others() -> None:
    lineage = trace(node(0), [GraphSource({0: [1]}, dead=[0]), GraphSource({0: [2], 2: []})])

    assert [(link.target, link.ok) for link in lineage.links] == [
        ("unchecked:GraphSource:0", False),
        ("2", True),
    ]


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_the_limit_ends_a_trace_with_a_failed_link_that_says_so(limit: int) -> None:
    class Endless(GraphSource):
        def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
            self.edges = {int(each.id): [int(each.id) + 1] for each in nodes}
            return super().expand(nodes)

    lineage = trace(node(0), [Endless({})], limit=limit)

    assert len(lineage.links) == limit + 1
    assert not lineage.verified
    assert f"stops after {limit} links" in lineage.faults[0].reason


def test_a_lineage_of_exactly_the_limit_is_whole() -> None:
    lineage = trace(node(0), [GraphSource({0: [1], 1: [2], 2: []})], limit=2)

    assert lineage.verified


def test_of_two_verdicts_on_one_link_the_worse_one_counts() -> None:
    lenient, strict = GraphSource({0: [1]}), GraphSource({0: [1]}, broken=[(0, 1)])

    assert not trace(node(0), [lenient, strict]).verified
    assert not trace(node(0), [strict, lenient]).verified


def test_a_subject_without_links_is_not_verified() -> None:
    assert not trace(node(0), [GraphSource({})]).verified


def test_the_first_source_that_knows_a_subject_names_its_node() -> None:
    sources = [GraphSource({1: []}), GraphSource({2: []})]

    assert find("2", sources) == node(2)


def test_an_unknown_subject_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownSubjectError, match="'7'") as caught:
        find("7", [GraphSource({})])

    assert caught.value.exit_code == 2
