"""Steps are made again while what they need is away; other faults are not waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from assay.errors import RefusedError, UnavailableError
from assay.training.use_cases.patience import Patience

AWAY = UnavailableError("The node does not answer.", hint="Wait.")


def failing(*errors: Exception) -> Callable[[], str]:
    """A step that raises these, and then gives something."""
    left = list(errors)

    def step() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return step


def test_a_step_is_made_again_until_it_succeeds_and_that_is_said_once() -> None:
    with capture_logs() as logs:
        found = Patience(pause_s=0).until(failing(AWAY, AWAY, AWAY))

    assert found == "done"
    assert [log["event"] for log in logs] == ["waiting for what is away", "it is back, going on"]
    assert (logs[0]["reason"], logs[0]["hint"]) == (str(AWAY), "Wait.")


def test_what_is_refused_is_not_tried_again() -> None:
    refused = RefusedError("Too late.")

    with pytest.raises(RefusedError) as found:
        Patience(pause_s=0).until(failing(AWAY, refused))

    assert found.value is refused


def test_who_is_told_to_stop_waits_no_longer() -> None:
    stop = threading.Event()
    stop.set()

    with pytest.raises(UnavailableError) as found:
        Patience(stop).until(failing(AWAY, AWAY))

    assert found.value is AWAY
