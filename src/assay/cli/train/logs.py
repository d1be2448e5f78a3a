"""Where members' logs go while a command runs: to standard error, never among results."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def logs_on_stderr(least: int = logging.WARNING) -> Iterator[None]:
    """Print what is as grave as `least`, on standard error."""
    before = structlog.get_config()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(least),
    )
    try:
        yield
    finally:
        structlog.configure(**before)
