"""Clauses are found by their numbers, and nothing between them is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.authoring.reading import segment

TABLE = [
    (
        (
            "1. Payment. The Buyer pays 1.5 USDC. No. 5 applies.\n"
            "(a) in USDC;\n(b) on time:\n(i) x\n(ii) y"
        ),
        "en",
        [
            ("1", "Payment", "The Buyer pays 1.5 USDC. No. 5 applies."),
            ("1(a)", "", "in USDC;"),
            ("1(b)", "", "on time:"),
            ("1(b)(i)", "", "x"),
            ("1(b)(ii)", "", "y"),
        ],
    ),
    (
        (
            "Article 3 Delivery\n3.1 The Seller delivers.\n"
            "3.2 Section 4.2 applies.\nClause 5: Term. A year."
        ),
        "en",
        [
            ("3", "Delivery", ""),
            ("3.1", "", "The Seller delivers."),
            ("3.2", "", "Section 4.2 applies."),
            ("5", "Term", "A year."),
        ],
    ),
    (
        "(g) one\n(h) two\n(i) three\n(j) four",
        "en",
        [("(g)", "", "one"), ("(h)", "", "two"), ("(i)", "", "three"), ("(j)", "", "four")],
    ),
    (
        "1. A pays. 2. B pays 3.5 ETH. 4. C",
        "en",
        [("1", "", "A pays."), ("2", "", "B pays 3.5 ETH. 4. C")],
    ),
    (
        "2. The Seller delivers.\n2.1 goods",
        "en",
        [("2", "", "The Seller delivers."), ("2.1", "", "goods")],
    ),
    (
        "The Buyer\npays.\n\nThe Seller delivers.",
        "en",
        [("", "", "The Buyer\npays."), ("", "", "The Seller delivers.")],
    ),
    (
        (
            "合同\n第一条 付款方式\n甲方应付款:\n(一)签订后支付30%;\n(二)验收后支付70%。\n"
            "第十二条 乙方按第一条交付。"
        ),
        "zh",
        [
            ("", "", "合同"),
            ("1", "付款方式", "甲方应付款:"),
            ("1(1)", "", "签订后支付30%;"),
            ("1(2)", "", "验收后支付70%。"),
            ("12", "", "乙方按第一条交付。"),
        ],
    ),
    (
        "一、总则\n1、甲方付款\n2、乙方交付\n①代币\n二、违约责任:赔偿。",
        "zh",
        [
            ("1", "总则", ""),
            ("1.1", "", "甲方付款"),
            ("1.2", "", "乙方交付"),
            ("1.2.1", "", "代币"),
            ("2", "违约责任", "赔偿。"),
        ],
    ),
    (
        "第一条 甲方付款。第二条 乙方按第一条发货。",
        "zh",
        [("1", "", "甲方付款。"), ("2", "", "乙方按第一条发货。")],
    ),
    (
        "三、如乙方未在 2027 年 3 月 31 日前交付，甲方可取回。",
        "zh",
        [("3", "", "如乙方未在 2027 年 3 月 31 日前交付，甲方可取回。")],
    ),
    ("第三款 甲方付款\n5.1乙方交付", "zh", [("3", "", "甲方付款"), ("5.1", "", "乙方交付")]),
]


@pytest.mark.parametrize(("text", "language", "expected"), TABLE)
def test_clauses_have_their_number_heading_and_words(text, language, expected) -> None:
    clauses = segment(text, language)

    assert [(one.number, one.heading, text[slice(*one.span)]) for one in clauses] == expected


@given(
    st.text(alphabet="1.2(a)i、第一条款 \n。;.;Aa甲付5", max_size=80), st.sampled_from(["en", "zh"])
)
def test_spans_are_in_order_and_lose_no_word(text: str, language) -> None:
    clauses = segment(text, language)

    spans = [clause.span for clause in clauses]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert segment(text, language) == clauses
