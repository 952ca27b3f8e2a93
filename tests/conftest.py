"""The live assistant that chain and browser tests share."""

from collections.abc import Iterator

import pytest

from bench.assistant import Assistant, launch

PUSH_SECRET = "a secret for tests only"


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """One assistant for all tests that only talk to it."""
    running = launch(tmp_path_factory.mktemp("assistant"), PUSH_SECRET=PUSH_SECRET)
    yield running
    running.stop()
