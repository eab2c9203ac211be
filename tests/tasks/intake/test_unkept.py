"""Files at a door: loaded within bounds."""

import hashlib
import os
from pathlib import Path

import pytest

from tasks.intake.preflight import LIMITS
from tasks.intake.unkept import Unkept, load


@pytest.mark.parametrize(
    ("size", "is_held"), [(0, True), (9, True), (10, True), (11, False), (3_000_000, False)]
)
def test_a_file_above_the_limit_is_hashed_and_not_held(tmp_path: Path, size: int, is_held: bool) -> None:
    data = os.urandom(size)
    path = tmp_path / "bc.csv"
    path.write_bytes(data)
    loaded = load(path, "bc.csv", most=10)
    assert loaded == Unkept("bc.csv", hashlib.sha256(data).hexdigest(), size, data if is_held else None)


def test_the_limit_is_that_of_the_container_check(tmp_path: Path) -> None:
    path = tmp_path / "bc.csv"
    path.write_bytes(bytes(LIMITS.file_bytes + 1))
    assert load(path, "bc.csv").data is None
