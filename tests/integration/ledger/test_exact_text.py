"""Any text that UTF-8 can spell comes back from either database as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, delete, insert, select

from assay.ledger.connection import connect
from assay.ledger.database import reading
from assay.ledger.exact_text import ExactText
from assay.ledger.insertion import insert_absent

texts = Table(
    "texts",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("text", ExactText, nullable=False),
)
ANY = st.text(st.characters(codec="utf-8")) | st.sampled_from(["\x00", "\x1e", '\x1e"a"', "a\x00b"])


@pytest.fixture
def engine(database_url: str) -> Engine:
    engine = connect(database_url)
    with engine.begin() as connection:
        texts.create(connection)
    return engine


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY)
def test_a_text_comes_back_as_it_was_put_in(engine: Engine, given_text: str) -> None:
    with engine.begin() as connection:
        connection.execute(delete(texts))
        connection.execute(insert(texts).values(id=1, text=given_text))

    with reading(engine) as connection:
        assert connection.scalar(select(texts.c.text)) == given_text


def test_a_row_that_is_there_is_passed_over_and_the_transaction_goes_on(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = [
            connection.scalar(
                insert_absent(connection, texts).values(id=number, text=text).returning(texts.c.id)
            )
            for number, text in ((1, "first"), (1, "second"), (2, "third"))
        ]

    with reading(engine) as connection:
        kept = connection.execute(select(texts.c.text).order_by(texts.c.id)).scalars().all()
    assert ids == [1, None, 2]
    assert kept == ["first", "third"]
