"""Reports: one canonical document, and pages that say the same and trust nothing in it."""

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from assay.authoring.audit.model import CodeAudit
from assay.authoring.audit.reports.document import (
    LONGEST_BYTES,
    Report,
    ReportUnreadable,
    read_report,
)
from assay.authoring.audit.reports.html import write_html
from assay.authoring.audit.reports.pdf import write_pdf
from assay.authoring.audit.reports.sarif import FINGERPRINT, write_sarif
from assay.authoring.audit.reports.writing import (
    FormatUnknown,
    parse_formats,
    targets_of,
    write_report,
)
from assay.core.digest import Digest
from tests.unit.authoring.audit.reported import (
    CLAUSE,
    FILE,
    FINDING,
    HOSTILE,
    SOURCE,
    VIOLATED,
    audited,
    make,
)

SARIF = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text())


@pytest.fixture(scope="module")
def report() -> Report:
    return make()


def test_the_same_findings_have_the_same_bytes_and_read_back(report: Report) -> None:
    again = read_report(report.encode())

    assert again == report
    assert again.encode() == make().encode()
    assert not again.inconsistency()


def test_no_path_of_a_machine_is_told(report: Report) -> None:
    assert [one.file for one in report.subject.files] == ["Bank.sol", "lib/Odd Name.sol"]
    assert b"/srv/somebody" not in report.encode()


def test_every_source_is_named_by_its_digest_and_shown_where_it_is_wrong(report: Report) -> None:
    [medium] = [one for one in report.findings if one.rule == FINDING.rule]

    assert report.subject.files[0].sha256 == Digest.of(SOURCE.encode()).hex
    assert report.subject.files[1].compiler is None
    assert (medium.excerpt.first_line, len(medium.excerpt.lines)) == (3, 5)
    assert 'msg.sender.call("")' in medium.excerpt.lines[2]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "failed"),
        ({"findings": ()}, "failed"),
        ({"findings": (), "properties": ()}, "incomplete"),
        ({"findings": (), "properties": (), "gaps": ()}, "passed"),
        ({"findings": (FINDING,), "properties": (), "gaps": ()}, "failed"),
        ({"findings": (FINDING,), "properties": (), "gaps": (), "rule_book": None}, "passed"),
    ],
)
def test_the_verdict_goes_by_threshold_clauses_and_gaps(
    changes: dict[str, object], verdict: str
) -> None:
    assert make(replace(audited(), **changes)).verdict == verdict


@pytest.mark.parametrize(
    "change",
    [
        ('"high":1', '"high":0'),
        ('"verdict":"failed"', '"verdict":"passed"'),
        ('"file":"Bank.sol","sha256":"0x', '"file":"Benk.sol","sha256":"0x'),
    ],
)
def test_a_report_that_contradicts_itself_says_where(
    change: tuple[str, str], report: Report
) -> None:
    text = report.encode().decode()
    assert text.count(change[0]) == 1

    assert read_report(text.replace(*change).encode()).inconsistency()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"{}",
        b'{"format":"assay-audit-report/2"}',
        b" " * (LONGEST_BYTES + 1),
    ],
)
def test_anybodys_bytes_are_refused_as_no_report(data: bytes) -> None:
    with pytest.raises(ReportUnreadable):
        read_report(data)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("counts", "high"), -1),
        (("counts", "low"), 2**32),
        (("rule_book", "version"), 0),
        (("rule_book", "version"), 2**300),
        (("rule_book", "address"), "0x" + "aB" * 20),
        (("subject", "deployed", "address"), "0x" + "cD" * 20),
        (("subject", "deployed", "chain_id"), -5),
        (("subject", "prose", "facts"), {"seed": 1.5}),
        (("subject", "prose", "facts"), {"words": "\ud800"}),
        (("subject", "digest"), "0x12"),
        (("tools",), []),
        (("made_at",), "yesterday"),
        (("verdict",), "splendid"),
        (("surprise",), 1),
    ],
)
def test_values_that_no_report_has_are_refused_before_anything_is_made_of_them(
    place: tuple[str, ...], value: object, report: Report
) -> None:
    document = report.as_json()
    holder = document
    for name in place[:-1]:
        holder = holder[name]
    holder[place[-1]] = value

    with pytest.raises(ReportUnreadable):
        read_report(json.dumps(document).encode())


def test_sarif_has_the_shape_that_the_standard_asks_for(report: Report) -> None:
    log = json.loads(write_sarif(report))

    jsonschema.validate(log, SARIF)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    levels = [one["level"] for one in run["results"]]
    assert levels == ["error", "warning", "error"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["region"]["startLine"] == 5
    assert run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == "Bank.sol"
    assert run["artifacts"][1]["location"]["uri"] == "lib/Odd%20Name.sol"
    assert run["properties"]["report"] == Digest.of(report.encode()).hex
    assert not run["invocations"][0]["executionSuccessful"]


def test_a_violated_clause_is_a_result_with_its_calls_and_how_it_was_read(
    report: Report,
) -> None:
    result = json.loads(write_sarif(report))["runs"][0]["results"][2]

    assert result["ruleId"] == "prose-in_time"
    for call in VIOLATED.counterexample:
        assert call in result["message"]["text"]
    assert VIOLATED.read in result["message"]["text"]


def test_a_fingerprint_stays_while_lines_move_and_tells_two_findings_apart() -> None:
    moved = audited()
    later = replace(FINDING, line=7)
    source = replace(moved.sources[0], content=b"\n\n" + moved.sources[0].content)
    moved = replace(moved, findings=(later,), sources=(source, moved.sources[1]))

    def prints(found: CodeAudit) -> list[str]:
        results = json.loads(write_sarif(make(found)))["runs"][0]["results"]
        return [one["partialFingerprints"][FINGERPRINT] for one in results]

    assert prints(moved)[0] == prints(audited())[1]
    twice = prints(replace(audited(), findings=(FINDING, FINDING)))
    assert len(set(twice)) == 3


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_loads_nothing_runs_nothing_and_shows_hostile_words_as_words(
    report: Report,
) -> None:
    page = write_html(report).decode()
    tags = Tags()
    tags.feed(page)

    names = {tag for tag, _ in tags.found}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "a"}
    attributes = {name for _, given in tags.found for name in given}
    assert not [one for one in attributes if one.startswith("on") or one in {"src", "href"}]
    assert not re.search(r"url\(|@import", page)
    assert HOSTILE in tags.text


def test_the_page_shows_everything_that_the_report_has(report: Report) -> None:
    tags = Tags()
    tags.feed(write_html(report).decode())

    for words in (
        "Bank.sol:5 in Bank.take",
        'msg.sender.call("");',
        CLAUSE,
        *VIOLATED.counterexample,
        "took longer than 60 s",
        "overflow (2)",
        "version 2 of the rule book",
        "tomorrow",
        report.subject.digest,
        Digest.of(report.encode()).hex,
        "solc 0.8.37",
    ):
        assert words in tags.text, words


def test_the_print_shows_chinese_embeds_its_font_and_is_the_same_each_time(
    report: Report,
) -> None:
    data = write_pdf(report)

    reader = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in reader.pages)
    for words in (CLAUSE, "Bank.sol:5 in Bank.take", "31 days later", "<script>"):
        assert words in text, words
    fonts = reader.pages[0]["/Resources"]["/Font"]
    used = [font.get_object() for font in fonts.values()]
    embedded = [one for one in used if "NotoSansSC" in str(one["/BaseFont"])]
    assert {str(one["/BaseFont"])[-3:] for one in embedded} == {"400", "700"}
    assert all("/FontFile2" in one["/FontDescriptor"] for one in embedded)
    assert write_pdf(report) == data
    assert len(data) < 100_000


def test_formats_go_by_suffix_by_list_or_all_into_a_folder(tmp_path: Path, report: Report) -> None:
    folder = tmp_path / "audit"

    assert targets_of(Path("a/bank.pdf"), None) == {"pdf": Path("a/bank.pdf")}
    assert targets_of(Path("bank.html"), ("json",)) == {
        "json": Path("bank.json"),
        "html": Path("bank.html"),
    }
    assert parse_formats("SARIF, json,sarif") == ("sarif", "json")
    write_report(report, targets_of(folder, None))
    assert {one.name for one in folder.iterdir()} == {
        "report.json",
        "report.sarif",
        "report.html",
        "report.pdf",
    }
    assert (folder / "report.json").read_bytes() == report.encode()


@pytest.mark.parametrize("name", ["docx", "json,xml"])
def test_other_formats_are_refused(name: str) -> None:
    with pytest.raises(FormatUnknown):
        parse_formats(name)
    with pytest.raises(FormatUnknown):
        targets_of(Path("bank.docx"), None)


def test_prose_alone_has_a_report_too() -> None:
    empty = replace(
        audited(), files=(), sources=(), findings=(), gaps=(), compilers=(), properties=()
    )

    report = make(empty)

    assert report.subject.files == ()
    assert read_report(report.encode()) == report
    assert FILE not in write_html(report).decode()
