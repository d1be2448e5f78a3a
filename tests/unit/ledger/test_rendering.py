"""Renderings: complete, well formed, and deaf to hostile names."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from assay.ledger.lineage import Lineage, Link, Node, trace
from assay.ledger.rendering import as_json, dot, html, svg, tree
from tests.fakes.lineage import GraphSource, node
from tests.unit.ledger.test_lineage import GRAPHS

HOSTILE = "<script>alert('x')</script>\"&\x1b[2J\x00\u202egnp"
TEXTS = st.text(st.characters(codec=None), max_size=40)


def printed(lineage: Lineage, width: int = 200) -> str:
    output = StringIO()
    Console(width=width, file=output).print(tree(lineage))
    return output.getvalue()


def hostile_lineage() -> Lineage:
    nodes = (Node(HOSTILE, HOSTILE, HOSTILE, {HOSTILE: HOSTILE}), Node("b", "thing", "b"))
    links = (Link(HOSTILE, "b", HOSTILE, False, HOSTILE, HOSTILE),)
    return Lineage(nodes, links)


class Tags(HTMLParser):
    """Collects what a browser would take for elements and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}
        self.ids |= {value or "" for name, value in attrs if name == "id"}


def test_the_json_has_exactly_the_promised_shape() -> None:
    lineage = trace(node(0), [GraphSource({0: [1], 1: []}, broken=[(0, 1)])])

    assert as_json(lineage) == {
        "verified": False,
        "nodes": [
            {"id": "0", "kind": "thing", "title": "Thing 0"},
            {"id": "1", "kind": "thing", "title": "Thing 1"},
        ],
        "links": [
            {
                "from": "0",
                "to": "1",
                "kind": "leads to",
                "ok": False,
                "evidence": "compared 1",
                "reason": "1 is not what 0 says",
            }
        ],
    }


@given(TEXTS, TEXTS)
def test_json_can_always_be_written_as_utf8(title: str, evidence: str) -> None:
    lineage = Lineage((Node("a", "x", title),), (Link("a", "a", "x", True, evidence),))

    json.dumps(as_json(lineage), ensure_ascii=False).encode()


def test_the_tree_shows_tick_or_cross_evidence_and_reason_for_every_link() -> None:
    edges = {0: [1, 2], 1: [3], 2: [3], 3: [0]}

    text = printed(trace(node(0), [GraphSource(edges, broken=[(2, 3)])]))

    assert text.count("✓ leads to") == 4
    assert text.count("✗ leads to") == 1
    assert text.count("compared ") == 5
    assert text.count("3 is not what 2 says") == 1
    assert "1 of 5 links fails" in text


@settings(deadline=None)
@given(GRAPHS)
def test_the_tree_shows_each_link_of_any_graph_once(edges: dict[int, list[int]]) -> None:
    lineage = trace(node(0), [GraphSource(edges)])

    assert printed(lineage).count("✓ leads to") == len(lineage.links)


def test_a_line_of_a_thousand_versions_stays_on_the_screen() -> None:
    lineage = trace(node(0), [GraphSource({n: [n + 1] for n in range(1000)} | {1000: []})])

    lines = printed(lineage, width=100).splitlines()

    assert sum("✓ leads to → Thing" in line for line in lines) == 1000
    assert svg(lineage).count('class="title"') == 1001


def test_a_hostile_name_reaches_the_terminal_without_control_characters() -> None:
    text = printed(hostile_lineage())

    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", text)
    assert "<script>" in text


def test_a_hostile_name_stays_text_in_the_page() -> None:
    page = html(hostile_lineage())

    tags = Tags(page)
    assert not tags.names & {"script", "iframe", "img", "object", "embed", "form", "base"}
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert "&lt;script&gt;" in page
    assert "script-src" not in page
    assert "default-src 'none'" in page.replace("&#x27;", "'")


def test_the_page_needs_nothing_from_elsewhere() -> None:
    tags = Tags(html(trace(node(0), [GraphSource({0: [1, 2], 1: [2], 2: [0]})])))

    assert {link.removeprefix("#") for link in tags.links} <= tags.ids
    assert {"node-0", "node-1", "node-2", "link-0", "link-3"} <= tags.ids


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_a_picture_is_well_formed_xml_whatever_the_names(a: str, b: str, c: str) -> None:
    lineage = Lineage(
        (Node("1", a, b), Node("2", c, a)),
        (Link("1", "2", b, True, c), Link("2", "1", c, False, a, b)),
    )

    ET.fromstring(svg(lineage))


def test_a_failed_link_differs_by_glyph_and_line_not_by_colour_alone() -> None:
    picture = svg(trace(node(0), [GraphSource({0: [1, 2], 1: [], 2: []}, broken=[(0, 2)])]))

    assert picture.count('class="mark holds"') == picture.count(">✓<") == 1
    assert picture.count('class="mark fails"') == picture.count(">✗<") == 1
    assert re.search(r"\.fails\{[^}]*stroke-dasharray", picture)


@pytest.mark.parametrize("text", ['quo"te', "back\\slash", 'end\\"', "line\nbreak", HOSTILE])
def test_dot_strings_are_closed_where_they_should_be(text: str) -> None:
    lineage = Lineage((Node("a", text, text),), (Link("a", "a", text, False, text, text),))

    for line in dot(lineage).splitlines()[3:-1]:
        assert line.endswith("];")
        without_strings = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        assert '"' not in without_strings
        assert "script" not in without_strings


def test_a_subject_without_links_is_drawn_too() -> None:
    lineage = trace(node(0), [GraphSource({})])

    assert "nothing is recorded" in printed(lineage)
    assert "nothing is recorded" in html(lineage)
    ET.fromstring(svg(lineage))
