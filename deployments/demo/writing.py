"""How an officer types one value: a date as text or as a date, 85 or 85% or 0.85 shown as 85%, 1.234,5."""

from datetime import date

from deployments.demo.layout import Cell, Look, Value
from deployments.demo.stories import Dates, Manner, Money, Percents


def cell_of(value: Value, kind: str, manner: Manner) -> Cell:
    """The cell for a value of one of the form's kinds. What isn't of that kind is typed as it is."""
    if kind == "date" or isinstance(value, date):
        return dated(value, manner, Look.CENTRED)
    if kind == "indicator" and manner.codes_as_numbers and isinstance(value, str):
        return Cell(float(value), Look.CENTRED)
    if kind in ("ignored", "indicator", "judgement"):
        return Cell(value, Look.CENTRED)
    if isinstance(value, int | float) and kind == "percent":
        return _percent(value, manner.percents)
    if isinstance(value, int | float) and kind == "money":
        return _money(value, manner.money)
    return Cell(value, Look.NUMBER if isinstance(value, int | float) else Look.TEXT)


def dated(value: Value, manner: Manner, look: Look) -> Cell:
    """A date in the officer's manner; any other value as it is."""
    if not isinstance(value, date):
        return Cell(value, look)
    if manner.dates is Dates.CELLS:
        return Cell(value, Look.DATE)
    return Cell(vi_date(value) if manner.dates is Dates.SHORT_TEXT else f"{value:%d/%m/%Y}", look)


def vi_date(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def vi_number(value: float, decimals: int) -> str:
    """Dots between thousands, a comma before the decimals: 1.234,5."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _percent(points: float, percents: Percents) -> Cell:
    if percents is Percents.PERCENT_FORMAT:
        return Cell(round(points / 100, 6), Look.PERCENT)
    if percents is Percents.PERCENT_TEXT:
        return Cell(f"{points:g}%".replace(".", ","), Look.CENTRED)
    return Cell(points, Look.NUMBER)


def _money(amount: float, money: Money) -> Cell:
    """0 is written 0. In text one decimal and grouped thousands (triệu đồng), or two decimals (tỷ đồng)."""
    if money is Money.NUMBERS:
        return Cell(amount, Look.MONEY)
    if amount == 0:
        return Cell("0", Look.MONEY)
    return Cell(vi_number(amount, 1 if money is Money.GROUPED_TEXT else 2), Look.MONEY)
