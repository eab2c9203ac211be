"""The days off that are shipped are what the `holidays` package says; an upgrade that differs is seen here."""

from datetime import date
from pathlib import Path

import pytest

from config.facts import CONFIG_ROOT
from config.holiday_files import holiday_file, is_announced, main
from config.schema import HolidaysFile
from config.shape import decode
from config.yaml_source import read_yaml

FILES = sorted((CONFIG_ROOT / "holidays").glob("*.yaml"))


def read(text: str) -> HolidaysFile:
    return decode(read_yaml("x.yaml", text.encode())[0], HolidaysFile)[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_year_is_what_the_package_says(path: Path) -> None:
    country, year = path.stem.split("-")
    assert path.read_text("utf-8") == holiday_file(country, int(year), announced=is_announced(path))


def test_names_are_vietnamese_on_any_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    assert read(holiday_file("VN", 2023, announced=True)).days_off[date(2023, 9, 2)] == "Quốc khánh"


def test_a_saturday_worked_in_exchange_is_kept() -> None:
    assert read(holiday_file("VN", 2024, announced=True)).working_days == (date(2024, 5, 4),)


def test_writing_a_year_again_keeps_what_an_officer_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.holiday_files.FOLDER", tmp_path)
    main("VN", "2027")
    path = tmp_path / "VN-2027.yaml"
    assert not read(path.read_text("utf-8")).announced
    path.write_text(path.read_text("utf-8").replace("announced: false", "announced: true"), "utf-8")
    main("VN", "2027")
    assert read(path.read_text("utf-8")).announced
