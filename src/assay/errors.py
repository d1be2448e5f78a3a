"""The one tree of expected failures.

    AssayError
    ├── InputError        what the caller gave is wrong             exit code 2
    ├── UnavailableError  something outside has to be mended first  exit code 3
    ├── IntegrityError    bytes, a signature or a proof do not fit  exit code 1
    └── RefusedError      a rule of a contract or a service says no exit code 1

Each area adds its own leaves in its `errors.py`. An error carries the values that explain it as
attributes, a sentence that says what happened, and a `hint` that says what to do. Third-party
errors are translated once, at the adapter that calls the third party.
"""

from __future__ import annotations


class AssayError(Exception):
    """Base of every failure that Assay expects.

    Attributes:
        hint: what the user can do about it; empty where the message says it already.
        exit_code: what the command line exits with.
    """

    exit_code: int = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(AssayError):
    """The caller's input is malformed, too large, or names something that cannot exist."""

    exit_code = 2


class UnavailableError(AssayError):
    """A node, disk, database, program or network outside Assay is missing or not answering."""

    exit_code = 3


class IntegrityError(AssayError):
    """Bytes, a signature or a proof do not match what was promised."""

    exit_code = 1


class RefusedError(AssayError):
    """A contract, a service or a policy refuses a well-formed request."""

    exit_code = 1
