"""What all tests may use."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases", "tests.trained_digits"]

# How long examples take to make says how busy the machine is, and nothing of what is tested.
settings.register_profile("busy_machine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy_machine")
# What is landed is tried with the same examples each time; a developer's run looks for new ones.
settings.register_profile(
    "same_examples", parent=settings.get_profile("busy_machine"), derandomize=True
)
if os.environ.get("ASSAY_TEST_SAME_EXAMPLES"):
    settings.load_profile("same_examples")
