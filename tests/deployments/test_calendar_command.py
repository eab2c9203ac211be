"""`ntm calendar` as an officer and a program meet it."""

import json

import pytest
from typer.testing import CliRunner

from deployments.cli.main import app
from domain.errors import UserError


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["calendar", *arguments], terminal_width=120, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_campaign_shows_its_weeks_its_milestones_its_extensions_and_its_lock() -> None:
    shown = said()
    assert [line.split()[0] for line in shown.splitlines() if line.startswith("  2023-W")] == [
        f"2023-W{n}" for n in range(15, 23)
    ]
    for each in ("4/5/2023", "Mốc M1", "thứ Hai 24/4/2023", "Gia hạn Phòng Tài nguyên", "30/6/2023"):
        assert each in shown


def test_a_year_beyond_the_campaign_shows_every_wednesday_and_each_odd_day() -> None:
    shown = said("--year", "2025")
    assert sum(line.startswith("  202") for line in shown.splitlines()) == 53
    assert "thứ Bảy 26/4/2025: ngày làm việc, làm bù" in shown


def test_a_date_without_a_notice_is_marked_once() -> None:
    """The day itself says so, or the line does."""
    week = said("--year", "2026").partition("2026-W08")[2].partition("2026-W09")[0]
    assert week.count("dự kiến") == 1
    assert "dự kiến" not in said("--year", "2024")


@pytest.mark.parametrize("day", ["3/5/2023", "03/05/2023", "2023-05-03", "2023-W18"])
def test_a_day_is_explained_however_it_is_written(day: str) -> None:
    assert said("--explain", day).startswith("Thứ Tư 3/5/2023: ngày nghỉ, Ngày Chiến thắng (nghỉ bù).")


def test_a_program_gets_the_same_as_json() -> None:
    third = json.loads(said("--json"))["weeks"][3]
    assert third["week"] == "2023-W18"
    assert third["deadline"] == "2023-05-04 16:00:00+07:00"
    day = json.loads(said("--explain", "2025-W05", "--json"))
    assert (day["day"], day["is_worked"]) == ("2025-01-29", False)
    assert any("3/2/2025" in each for each in day["said"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--explain", "31/4/2023"], "3/5/2023"),
        (["--explain", "hôm nay"], "3/5/2023"),
        (["--explain", "2023-W60"], "2023-W18"),
        (["--explain", "3/5/2023", "--year", "2023"], "xin bỏ --year"),
    ],
)
def test_what_is_no_day_is_told_with_what_would_be(arguments: list[str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        CliRunner().invoke(app, ["calendar", *arguments], catch_exceptions=False)
