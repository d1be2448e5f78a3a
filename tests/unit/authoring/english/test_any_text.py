from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.authoring.understanding import language_of, understand
from tests.unit.authoring.english.sentences import SENTENCES

WORDS = sorted({word for text, _ in SENTENCES for word in text.split()})
JUMBLES = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)


@given(st.one_of(st.text(max_size=120), JUMBLES))
@example("NO REMAINING")
@example("⼀")
@example("The Purchaser covenants that ")
@example("Subject to the Participant's continued")
@example("Each Contributor may contribute not less than -0.5 USDC.")
@example("If nobody bids at least -5 USDC, the painting is returned to the owner.")
@example("The Pledgor locks 0 ETH and gets them back once the loan has been paid off.")
@example("linear over 999999999999999999999999999999 months")
@example("2.1 2027. 3 on 28.")
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_specification_whose_spans_lie_inside_it(text: str) -> None:
    told = understand(text, "en")

    spans = [
        *(one.span for one in told.obligations),
        *(question.span for question in told.questions if question.span),
        *(condition.span for one in told.obligations for condition in one.conditions
          if condition.span),
    ]  # fmt: skip
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    unread = told.not_understood
    assert all(told.text[slice(*piece.span)] == piece.text for piece in unread)
    assert told == understand(text, "en")


@given(JUMBLES.filter(bool))
@settings(max_examples=60, deadline=None)
def test_words_in_any_order_are_never_passed_over_in_silence(text: str) -> None:
    told = understand(f"{text} zorgle", "en")

    assert told.obligations or told.not_understood or told.questions


def test_the_language_is_told_from_the_script() -> None:
    assert language_of("The Buyer 买方 pays 5 USDC to the Seller within thirty days") == "en"
    assert language_of("买方应向卖方支付 500 USDC") == "zh"
