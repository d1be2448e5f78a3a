"""What an RPC URL may show, and which URLs are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.node import Node
from assay.chain.transport import without_credentials
from assay.errors import InputError

SECRET = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=12, max_size=40)


@given(user=SECRET, password=SECRET, path=SECRET, query=SECRET)
def test_the_printed_url_holds_no_secret(user: str, password: str, path: str, query: str) -> None:
    node = Node(f"https://{user}:{password}@rpc.example:8443/v3/{path}?key={query}")

    shown = f"{node!r} {node} {node.label}"

    assert "rpc.example:8443" in shown
    for secret in (user, password, path, query):
        assert secret not in shown.replace("rpc.example", "")


def test_a_plain_url_is_shown_as_it_is() -> None:
    assert without_credentials("http://127.0.0.1:8545") == "http://127.0.0.1:8545"
    assert without_credentials("http://[::1]:8545/") == "http://[::1]:8545"


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8545", "ws://host:1", "file:///etc/passwd", "http://", "http://[::1"]
)
def test_what_is_not_an_http_url_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        Node(url)
