"""What tests of several rooms share."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes is the machine's business; `make check` tries fewer of them.
settings.register_profile("thorough", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.load_profile("thorough")


@pytest.fixture(scope="session")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a Prefect server has run once. Copy it: a server starts there in 5 s, in an empty one in 12."""
    from deployments.server import local_server  # half a second that most runs of the tests needn't spend

    home = tmp_path_factory.mktemp("prefect") / "used"
    with local_server(home, environment={}):
        return home


@pytest.fixture
def server_home(used_home: Path, tmp_path: Path) -> Path:
    """A home of one's own for `local_server`, without runs in it."""
    return Path(shutil.copytree(used_home, tmp_path / "prefect"))
