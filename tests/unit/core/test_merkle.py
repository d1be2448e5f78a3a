from hypothesis import assume, given
from hypothesis import strategies as st

from assay.core.merkle import MerkleTree, verify_proof

words = st.binary(min_size=32, max_size=32)
leaves = st.lists(words, min_size=1, max_size=33, unique=True)


@given(leaves, st.data())
def test_every_leaf_has_a_proof(values: list[bytes], data: st.DataObject) -> None:
    tree = MerkleTree(values)
    index = data.draw(st.integers(0, len(values) - 1))

    proof = tree.proof(index)

    assert verify_proof(tree.root, values[index], proof)
    assert len(proof) <= (len(values) - 1).bit_length()


@given(leaves, words, st.data())
def test_no_proof_fits_a_value_that_is_not_a_leaf(
    values: list[bytes], stranger: bytes, data: st.DataObject
) -> None:
    assume(stranger not in values)
    tree = MerkleTree(values)

    proof = tree.proof(data.draw(st.integers(0, len(values) - 1)))

    assert not verify_proof(tree.root, stranger, proof)


@given(st.lists(words, min_size=2, max_size=9, unique=True))
def test_an_inner_node_does_not_pass_for_a_leaf(values: list[bytes]) -> None:
    tree = MerkleTree(values)
    inner = tree.proof(0)[-1]

    assert not verify_proof(tree.root, inner, [])
    assert not verify_proof(tree.root, tree.root, [])
