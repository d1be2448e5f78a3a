"""Flower as the engine of training: client, strategy, simulation, and processes on a network.

Flower and Ray would tell their makers of every start. They look at the environment when they are
imported, so it is set here, before any of that.
"""

import os

QUIET = {
    "FLWR_TELEMETRY_ENABLED": "0",
    "FLWR_DISABLE_UPDATE_CHECK": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""With which Flower and Ray call nobody; what the user has set stays."""

for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)
