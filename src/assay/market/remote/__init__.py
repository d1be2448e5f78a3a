"""The buyer's side of a paid call: `RemoteCalls` pays, reads the answer and checks the papers."""

from assay.market.remote.calls import RemoteCalls
from assay.market.remote.http import base_url

__all__ = ["RemoteCalls", "base_url"]
