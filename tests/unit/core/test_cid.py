import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.cid import DAG_PB, RAW, Cid
from assay.core.digest import Digest
from assay.errors import InputError

cids = st.builds(
    Cid, st.sampled_from([RAW, DAG_PB]), st.binary(min_size=32, max_size=32).map(Digest)
)


@given(cids)
def test_text_and_bytes_of_a_cid_read_back_as_the_same_cid(cid: Cid) -> None:
    assert Cid.parse(str(cid)) == cid
    assert Cid.parse(f"ipfs://{cid}") == cid
    assert Cid.from_bytes(cid.binary) == cid


def test_the_cid_of_hello_is_the_one_that_kubo_gives() -> None:
    assert str(Cid.raw(b"hello")) == "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bafk",
        "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "BAFKREIBM6JG3UX5QUMHCN2B3FLC3TYU6DMLB4XA7U5BF44YEGNRJHC4YEQ",
        "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeqa",
        "b!!!!",
        "../../etc/passwd",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Cid.parse(text)
