"""Writes config/holidays/<country>-<year>.yaml: python -m config.holiday_files VN 2027.

From the `holidays` package. A file, not a call at every start: what a deadline was decided by is archived and
hashed with its revision, an upgrade of the package can't move a past deadline, and a start is 0.15 s faster.
A test compares the two.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "holidays"


def holiday_file(country: str, year: int, *, announced: bool) -> str:
    """The text of one year's file. Names are in the country's own language, as the package has them."""
    import holidays  # 0.15 s; wanted only when a file is written

    own_language = getattr(holidays, country).default_language  # else the language is the machine's
    days = holidays.country_holidays(country, years=[year], language=own_language)
    worked = sorted(day for day in days.weekend_workdays if day.year == year)
    lines = [
        "# Written by config/holiday_files.py. `announced` is kept by hand: is that year's notice out?",
        f"source: gói holidays, {country}",
        f"announced: {str(announced).lower()}",
        "days_off:",
        *(f"  {day}: {days[day]}" for day in sorted(days)),
        f"working_days: [{', '.join(map(str, worked))}]",
    ]
    return "\n".join(lines) + "\n"


def is_announced(path: Path) -> bool:
    """What an officer has set in the file that is there."""
    return path.is_file() and "announced: true" in path.read_text("utf-8").splitlines()


def main(country: str, year: str) -> None:
    path = FOLDER / f"{country}-{int(year)}.yaml"
    text = holiday_file(country, int(year), announced=is_announced(path))
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
