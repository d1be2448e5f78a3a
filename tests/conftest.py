"""What all tests may use."""

import os

from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.trained_digits"]

# What is landed is tried with the same examples each time; a developer's run looks for new ones.
settings.register_profile("same_examples", derandomize=True)
if os.environ.get("ASSAY_TEST_SAME_EXAMPLES"):
    settings.load_profile("same_examples")
