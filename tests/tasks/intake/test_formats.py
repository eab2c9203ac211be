"""What the page on reading says of formats is what the code does."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tasks.intake.formats import SAVE_AS, FileFormat
from tasks.intake.scans import ScanFormat

TOLD: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[3] / "config" / "formats.vi.yaml").read_text(encoding="utf-8")
)


def extensions(what: str) -> set[str]:
    return {extension for entry in TOLD[what] for extension in entry["extensions"]}


@pytest.mark.parametrize("extension", sorted(extensions("read")))
def test_what_is_said_to_be_read_is(extension: str) -> None:
    assert FileFormat.of_name(f"bc{extension}") is not None


@pytest.mark.parametrize("extension", sorted(extensions("typed")))
def test_what_is_said_to_be_typed_is(extension: str) -> None:
    assert ScanFormat.of_name(f"bc{extension}") is not None


def test_everything_that_is_refused_with_advice_is_told_and_nothing_else() -> None:
    assert extensions("refused") == set(SAVE_AS)


def test_every_format_is_told() -> None:
    assert {FileFormat.of_name(f"bc{one}") for one in extensions("read")} == set(FileFormat)
    assert {ScanFormat.of_name(f"bc{one}") for one in extensions("typed")} == set(ScanFormat)
