"""Documents of every kind, made here by the libraries that make them elsewhere."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assay.authoring.reading import read_document, segment
from assay.authoring.reading.documents import PDF, WORD
from assay.authoring.reading.errors import (
    DocumentTooLarge,
    DocumentUnreadable,
    UnknownDocumentType,
)
from assay.authoring.reading.numbering import spelled
from assay.authoring.understanding import understand
from assay.errors import AssayError

NUMBERED = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="第%1条"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
    <w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>"""


def word_document(fill) -> bytes:
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_document(pages: list[list[str]], font: str = "Helvetica") -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in pages:
        canvas.setFont(font, 11)
        for index, line in enumerate(page):
            canvas.drawString(72, 780 - 16 * index, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def numbered(document, words: str, level: int) -> None:
    paragraph = document.add_paragraph(words)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        )
    )


def test_text_is_read_in_utf_8_utf_16_and_gb_18030() -> None:
    words = "甲方应付款。\n"

    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert read_document(words.encode(encoding), "text/plain") == words


def test_a_file_is_read_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "agreement.md"
    path.write_text("# Sale\n\nThe **Buyer** pays\n[5 USDC](https://x.example).\n\n3. Third\n")

    assert read_document(path) == "Sale\nThe Buyer pays\n5 USDC.\n3. Third\n"


def test_a_word_document_keeps_tables_insertions_and_automatic_numbers() -> None:
    def fill(document) -> None:
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(NUMBERED))
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
        )
        numbered(document, "付款", 0)
        numbered(document, "甲方应付款。", 1)
        numbered(document, "乙方应发货。", 1)
        numbered(document, "违约", 0)
        numbered(document, "赔偿。", 1)
        paragraph = document.add_paragraph("before ")
        paragraph._p.append(
            parse_xml(f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t>inserted</w:t></w:r></w:ins>')
        )
        paragraph._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del>'
            )
        )
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "Price"
        table.cell(0, 1).text = "100 USDC"

    lines = read_document(word_document(fill), WORD).splitlines()

    assert lines == [
        "第一条 付款",
        "1.1 甲方应付款。",
        "1.2 乙方应发货。",
        "第二条 违约",
        "2.1 赔偿。",
        "before inserted",
        "Price | 100 USDC",
    ]


def test_a_pdf_loses_running_heads_and_gets_its_lines_joined() -> None:
    pages = [
        [
            "Sale agreement 2027",
            "1. The Buyer shall pay the Seller the whole of the purchase price in instal-",
            "ments, each of them on the first day of a month, to the account that the",
            "Seller names.",
            "Page 1 of 2",
        ],
        ["Sale agreement 2027", "2. The Seller shall deliver the goods.", "Page 2 of 2"],
    ]

    text = read_document(pdf_document(pages), PDF)

    assert text == (
        "1. The Buyer shall pay the Seller the whole of the purchase price in instalments, each of"
        " them on the first day of a month, to the account that the Seller names.\n"
        "2. The Seller shall deliver the goods.\n"
    )


def test_a_chinese_pdf_is_read() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = [
        "第一条 付款",
        "甲方应于二〇二七年三月一日前向乙方支付人民币一百万元整,逾期支付的按日",
        "计息。",
    ]

    text = read_document(pdf_document([page], "STSong-Light"), PDF)

    assert text.splitlines()[1].endswith("逾期支付的按日计息。")
    assert [clause.heading for clause in segment(text, "zh")] == ["付款"]


def test_a_zip_bomb_and_expanding_xml_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 61_000_000)
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>')

    with pytest.raises(DocumentTooLarge, match="60000000"):
        read_document(bomb.getvalue(), WORD)
    with pytest.raises(DocumentUnreadable, match="document type"):
        read_document(entities.getvalue(), WORD)


@pytest.mark.parametrize("media_type", [PDF, WORD])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\x00" * 40])
def test_what_is_no_document_is_an_error_that_says_so(media_type: str, content: bytes) -> None:
    with pytest.raises(AssayError) as refused:
        read_document(content, media_type)

    assert refused.value.hint


@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/markdown", PDF, WORD]))
def test_arbitrary_bytes_are_read_or_refused(content: bytes, media_type: str) -> None:
    try:
        text = read_document(content, media_type)
    except AssayError as error:
        text = error.hint

    assert text


def test_an_unknown_type_a_missing_file_and_an_empty_page_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownDocumentType, match="odt"):
        read_document(tmp_path / "x.odt")
    with pytest.raises(DocumentUnreadable, match="No such file"):
        read_document(tmp_path / "x.txt")
    with pytest.raises(DocumentUnreadable, match="no text"):
        read_document(pdf_document([[]]), PDF)


def test_a_folder_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="is a folder"):
        read_document(tmp_path)


def test_what_a_reader_logs_of_a_damaged_pdf_stays_out_of_sight(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(DocumentUnreadable):
        read_document(b"\xc0\xe8 no PDF", "application/pdf")

    assert caplog.records == []


@pytest.mark.parametrize("text", ["買い手は売り手に5 USDCを支払う。", "Покупатель платит 5 USDC."])
def test_other_scripts_are_not_read_as_one_that_is_like_them(text: str) -> None:
    told = understand(text)

    assert told.obligations == ()
    assert "script" in told.not_understood[0].reason


def test_radicals_that_a_pdf_gives_for_characters_are_read_as_these() -> None:
    plain = "甲方应于2027年3月31日前向乙方支付8000 USDC。"
    radicals = plain.translate(str.maketrans("方乙月日支", "⽅⼄⽉⽇⽀"))

    assert radicals != plain
    assert understand(radicals) == understand(plain)


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_document([["secret"]]))))
    writer.encrypt("password", algorithm="AES-128")
    stream = io.BytesIO()
    writer.write(stream)

    with pytest.raises(DocumentUnreadable, match="encrypted"):
        read_document(stream.getvalue(), PDF)


@pytest.mark.parametrize(
    ("number", "style", "words"),
    [
        (27, "lowerLetter", "aa"),
        (4, "upperRoman", "IV"),
        (21, "chineseCounting", "二十一"),
        (10, "chineseCounting", "十"),
        (3, "decimalEnclosedCircle", "③"),
        (7, "somethingNew", "7"),
    ],
)
def test_numbers_are_spelled_as_word_does(number: int, style: str, words: str) -> None:
    assert spelled(number, style) == words
