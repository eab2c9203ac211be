"""The rows of each part of a report, as column id -> value: what is said, not yet how it is written.

Dates are dates, percents percent points, money numbers in the story's unit, blank is None.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from deployments.demo.layout import Value
from deployments.demo.stories import Scenery, SentFile, Story

Row = dict[str, Value]

ALLOTTED = (
    "allotted_central",
    "allotted_province",
    "allotted_district",
    "allotted_commune",
    "allotted_other",
    "allotted_people",
)
_SUMMED = ("total_investment", "settled", "accepted", *ALLOTTED, "paid", "stated_debt", "debt_before_2015")
_KEYS = {"progress": "indicator", "dossiers": "indicator", "debt": "project", "verification": "indicator"}


@dataclass(frozen=True)
class Telling:
    """One reporter's story with what its rows are made from: the scenery, the stories that it has heard."""

    story: Story
    others: Mapping[str, Story]
    scenery: Scenery


def rows_of(part: str, telling: Telling, file: SentFile) -> list[Row]:
    """The rows of one part of one file, with the slips where the file has them."""
    rows = list(_MAKERS[part](telling))
    for number, row in enumerate(rows, start=1):
        row.setdefault("ordinal", number)
    if file.slips:
        for slip in telling.story.slips:
            if slip.part == part:
                _the_row(rows, _KEYS[part], slip.key)[slip.column] = slip.typed
    return rows


def total_row(telling: Telling) -> Row:
    """The line "Tổng cộng" of the debt: each money column added up; one nobody stated is blank."""
    total: Row = {}
    for column in _SUMMED:
        values = [_money(told, column) for told in telling.story.debt]
        stated = [Decimal(str(value)) for value in values if value is not None]
        total[column] = float(sum(stated)) if stated else None
    return total


def _progress(telling: Telling) -> Iterator[Row]:
    criterion_before = ""
    for code, told in telling.story.progress.items():
        judgement, result, completion, planned_on, note = told + [None] * (5 - len(told))
        criterion, text, requirement = telling.scenery.indicators[code]
        is_repeated = criterion == criterion_before
        criterion_before = criterion
        yield {
            "criterion_name": None if is_repeated and telling.story.manner.first_row_criteria else criterion,
            "indicator": code,
            "indicator_text": text,
            "requirement": requirement,
            "extra": telling.story.extra.get(number_of(code)),
            "result": result,
            "judgement": judgement,
            "completion": completion,
            "planned_on": planned_on,
            "note": note,
        }


def _dossiers(telling: Telling) -> Iterator[Row]:
    for short, told in telling.story.dossiers.items():
        state, sent_on, answered_on, lacking = told + [None] * (4 - len(told))
        indicator, name = telling.scenery.documents[short]
        guided_by = telling.scenery.guided_by
        yield {
            "indicator": indicator,
            "document": name,
            "state": state,
            "guided_by": guided_by.get(indicator) or guided_by.get(number_of(indicator)),
            "sent_on": sent_on,
            "answered_on": answered_on,
            "lacking": lacking,
        }


def _debt(telling: Telling) -> Iterator[Row]:
    for told in telling.story.debt:
        row: Row = {
            column: told.get(column) for column in ("project", "decision", "term", "repayment", "note")
        }
        row |= {column: _money(told, column) for column in _SUMMED}
        for column in told.get("in_words", ()):
            row[column] = f"{told[column]:.2f} {telling.story.money_unit}".replace(".", ",")
        yield row


def _money(told: Mapping[str, Any], column: str) -> float | None:
    value: float | None = told["allotted"][ALLOTTED.index(column)] if column in ALLOTTED else told.get(column)
    return value


def _verification(telling: Telling) -> Iterator[Row]:
    story = telling.story
    for commune in telling.scenery.communes:
        for code in (*story.codes, *story.also.get(commune, ())):
            yield _checked(telling, commune, code)


def _checked(telling: Telling, commune: str, code: str) -> Row:
    """What the agency says of one commune's indicator: the commune's word, unless the story has another."""
    story, witness = telling.story, telling.others[commune]
    told = story.rows.get(commune, {}).get(code, {})
    said, _, _, planned_on, *_ = witness.progress.get(code, []) + [None] * 5
    judgement = told.get("judgement", said)
    short = next((short for short, row in telling.scenery.documents.items() if row[0] == code), "")
    state = witness.dossiers.get(short, [None])[0]
    is_checked = judgement not in (None, "Chưa thẩm định")
    is_open = is_checked and judgement != "Đạt"
    if planned_on is not None and planned_on < story.header["period"]:
        planned_on = None  # nobody expects what has passed
    return {
        "commune": _commune_name(telling, commune),
        "indicator": code,
        "commune_said": told.get("said", said),
        "judgement": judgement,
        "state": told.get("dossier", state),
        "lacking": told.get("lacking") if judgement != "Đạt" else None,
        "checked_on": told.get("checked", story.checked_on[commune]) if is_checked else None,
        "province_said": told.get("province"),
        "expected_on": told.get("expected", planned_on) if is_open else None,
        "proposal": told.get("proposal"),
    }


def _commune_name(telling: Telling, commune: str) -> str:
    names, manner = telling.scenery.communes[commune], telling.story.manner
    if manner.commune_names == "lower":
        return names["name"][0].lower() + names["name"][1:]
    return names[manner.commune_names]


def _remarks(telling: Telling) -> Iterator[Row]:
    subjects = part_form(telling, "remarks")["subjects"]
    for subject, spellings in subjects.items():
        text = telling.story.remarks.get(subject)
        if text or telling.story.form.startswith("commune"):
            yield {"subject": spellings["label"], "text": text}


def part_form(telling: Telling, part: str) -> Mapping[str, Any]:
    """What the form says of one part: its sheet, columns and, of the remarks, its subjects."""
    form: Mapping[str, Any] = telling.scenery.forms[telling.story.form]["parts"][part]
    return form


def number_of(code: str) -> str:
    """The criterion's number in an indicator's code; a condition of kiểu mẫu is its own."""
    return code.split(".")[0] if code[0].isdigit() else code


def _the_row(rows: list[Row], key: str, value: str) -> Row:
    return next(row for row in rows if row[key] == value)


_MAKERS = {
    "progress": _progress,
    "dossiers": _dossiers,
    "debt": _debt,
    "verification": _verification,
    "remarks": _remarks,
}
