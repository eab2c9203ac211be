"""Folders of configuration to spoil: a copy of what is shipped, and one with a second, invented district in it."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from config.facts import CONFIG_ROOT, load_messages
from config.messages import Message

HERE = Path(__file__).parent
Spoil = Callable[[str, str, str], int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What is shipped, copied."""
    return shutil.copytree(
        CONFIG_ROOT, tmp_path / "config", ignore=shutil.ignore_patterns("*.py*", "__pycache__")
    )


@pytest.fixture
def two_districts(root: Path) -> Path:
    return shutil.copytree(HERE / "second_district", root, dirs_exist_ok=True)


@pytest.fixture
def spoil(root: Path) -> Spoil:
    """Replaces the only place of a text in a file; says on which line it stood before."""

    def replace(name: str, old: str, new: str) -> int:
        text = (root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (root / name).write_text(text.replace(old, new), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


@pytest.fixture(scope="session")
def messages() -> Mapping[str, Message]:
    return load_messages()
