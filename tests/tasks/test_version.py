"""A verdict names the rules that gave it, not only the release they came in."""

import shutil
from pathlib import Path

import pytest

from tasks import version


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the source, which a test may change."""
    for room in version.WRITING:
        shutil.copytree(version.ROOMS / room, tmp_path / room)
    monkeypatch.setattr(version, "ROOMS", tmp_path)
    return tmp_path


def test_the_same_rules_have_the_same_hash_wherever_they_are_installed(rooms: Path) -> None:
    assert version._hash_of.__wrapped__(version.JUDGING) == version.rules_hash()


@pytest.mark.parametrize(
    "module", ["domain/rules/debt.py", "domain/reading/number.py", "tasks/intake/recognise.py"]
)
def test_another_rule_or_reader_has_another_hash(rooms: Path, module: str) -> None:
    before = version._hash_of.__wrapped__(version.JUDGING)
    with (rooms / module).open("a") as source:
        source.write("# changed\n")
    assert version._hash_of.__wrapped__(version.JUDGING) != before
