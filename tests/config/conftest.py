"""Folders of configuration to spoil: a copy of what is shipped, and one with a second, invented district in it."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from config.facts import CONFIG_ROOT, check, load_campaign, load_messages
from config.messages import Message

HERE = Path(__file__).parent
Spoil = Callable[[str, str, str], int]


def spoilt(sound: str, at: float, length: int, put: str) -> str:
    """At this share of the text so many letters are replaced."""
    cut = int(at * len(sound))
    return sound[:cut] + put + sound[cut + length :]


def gives_mistakes_or_loads(root: Path, campaign_id: str, name: str, changed: Callable[[str], str]) -> None:
    """With that file changed; as it was again afterwards."""
    sound = (root / name).read_text("utf-8")
    (root / name).write_text(changed(sound), "utf-8")
    try:
        mistakes = check(root, campaign_id)
        if not mistakes:
            load_campaign(campaign_id, root)
        assert all(m.line >= 1 and m.message for m in mistakes)
    finally:
        (root / name).write_text(sound, "utf-8")


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
