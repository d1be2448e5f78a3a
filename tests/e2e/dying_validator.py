"""`assay train validator` in a process that is killed in the middle of its n-th vote.

    python -m tests.e2e.dying_validator N TASK --held-out ...

The vote is on the disk by then, and nobody has been told. With N = 0 nothing happens to it.
"""

from __future__ import annotations

import sys

from assay.cli.main import app
from tests.integration.training.committee.validator_process import die_in_mid_vote

if __name__ == "__main__":
    if votes := int(sys.argv[1]):
        die_in_mid_vote(votes)
    app(["train", "validator", *sys.argv[2:]])
