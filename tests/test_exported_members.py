"""The public surface, pinned: adding or removing a name is a decision, not an accident."""

import assay


def test_the_public_names_are_these() -> None:
    assert sorted(assay.__all__) == [
        "AssayError",
        "Client",
        "InputError",
        "IntegrityError",
        "RefusedError",
        "UnavailableError",
        "connect",
    ]
    assert all(hasattr(assay, name) for name in assay.__all__)
