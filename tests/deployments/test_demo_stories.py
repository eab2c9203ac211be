"""The demo's stories: a later week says only what changed, the committed files are what the stories say, and what
must be exact in them is."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from deployments.demo.libreoffice import same_cells
from deployments.demo.make_inbox import content_of, make_week, place_of, source_of, telling_of
from deployments.demo.stories import SentFile, Story, Writer, going_on, stories_of, weeks
from deployments.demo.tables import Row, rows_of
from tests.story import DEMO

EARLIER: dict[str, Any] = {
    "reporter": "my_ha",
    "files": ["a file"],
    "slips": ["a slip"],
    "heard": "2023-W15",
    "header": {"agency": "UBND xã Mỹ Hà", "sending": "1"},
    "progress": {"1.1": ["Đạt", 1, 100], "1.2": ["Chưa đạt", 1, 50, None, "a note"]},
    "rows": {"my_ha": {"1.1": {"judgement": "Đạt"}, "1.2": {"judgement": "Đạt", "lacking": "x"}}},
    "debt": [
        {"decision": "Số 87/QĐ-UBND ngày 14/5/2021", "paid": 5, "accepted": 7},
        {"decision": "Số 8/QĐ-UBND ngày 1/2/2021", "paid": 2},
    ],
}


def test_a_later_story_keeps_what_it_does_not_say_and_replaces_a_row_whole() -> None:
    told = going_on(EARLIER, {"since": "2023-W15", "progress": {"1.2": ["Đạt"]}, "header": {"sending": "2"}})
    assert told["progress"] == {"1.1": ["Đạt", 1, 100], "1.2": ["Đạt"]}
    assert told["header"] == {"agency": "UBND xã Mỹ Hà", "sending": "2"}
    assert "since" not in told


def test_a_row_of_one_commune_leaves_the_other_rows_and_communes() -> None:
    told = going_on(EARLIER, {"rows": {"my_ha": {"1.2": {}}, "my_thinh": {"2": {"said": "y"}}}})
    assert told["rows"] == {
        "my_ha": {"1.1": {"judgement": "Đạt"}, "1.2": {}},
        "my_thinh": {"2": {"said": "y"}},
    }


def test_files_slips_and_what_was_heard_are_of_their_week_alone() -> None:
    assert not {"files", "slips", "heard"} & set(going_on(EARLIER, {}))


def test_a_debt_changes_by_the_number_of_its_decision() -> None:
    told = going_on(EARLIER, {"debt_changes": {"87/QĐ-UBND": {"paid": 6}}})
    assert [project["paid"] for project in told["debt"]] == [6, 2]
    assert told["debt"][0]["accepted"] == 7
    assert EARLIER["debt"][0]["paid"] == 5


def test_a_change_of_a_project_that_is_not_listed_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="7/QĐ-UBND"):
        going_on(EARLIER, {"debt_changes": {"7/QĐ-UBND": {"paid": 6}}})


def every_file() -> Iterator[tuple[Story, SentFile, Path]]:
    for week in weeks():
        for story in stories_of(week).values():
            for file in story.files:
                yield story, file, place_of(file, week, story.reporter)


def test_every_week_of_the_campaign_is_told() -> None:
    assert weeks() == tuple(f"2023-W{number}" for number in range(15, 23))


def test_nothing_lies_in_the_demo_that_no_story_tells() -> None:
    told = {place for _, _, place in every_file()}
    lying = {
        path.relative_to(DEMO)
        for folder in ("inbox", "late")
        for path in (DEMO / folder).rglob("*")
        if path.is_file() and path.name != "received.yaml"
    }
    assert lying == told


@pytest.mark.slow
@pytest.mark.parametrize("week", weeks())
def test_the_committed_files_are_what_the_stories_say(week: str) -> None:
    for story in stories_of(week).values():
        for file in story.files:
            committed = (DEMO / place_of(file, week, story.reporter)).read_bytes()
            told = content_of(telling_of(story), source_of(file, story))
            is_same = same_cells if file.writer is Writer.LIBREOFFICE else bytes.__eq__
            assert is_same(committed, told), file.name


def test_a_kept_file_that_says_something_else_than_its_story_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--libreoffice"):
        make_week("2023-W16", tmp_path)


def acts() -> list[dict[str, str]]:
    return list(yaml.safe_load((DEMO / "story" / "acts.yaml").read_text(encoding="utf-8")))


def test_the_acts_stand_in_order_of_time() -> None:
    times = [datetime.fromisoformat(act["at"]) for act in acts()]
    assert times == sorted(times)


def test_every_late_file_is_handed_in_once_at_the_moment_it_came() -> None:
    handed_in = {"late/" + act["late"]: datetime.fromisoformat(act["at"]) for act in acts() if "late" in act}
    came = {place.as_posix(): file.received_at for _, file, place in every_file() if file.folder == "late"}
    assert handed_in == came


def test_what_is_released_lies_in_the_inbox() -> None:
    assert [(DEMO / "inbox" / act["release"]).is_file() for act in acts() if "release" in act] == [True]


def typed_rows(story: Story) -> dict[str, list[Row]]:
    (file, *_) = story.files
    return {part: rows_of(part, telling_of(story), file) for part in file.parts}


def test_an_unchanged_copy_differs_from_the_week_before_in_its_dates_alone() -> None:
    before, copy = (stories_of(week)["ptckh"] for week in ("2023-W16", "2023-W17"))
    assert typed_rows(copy) == typed_rows(before)
    differing = {line for line in copy.header if copy.header[line] != before.header[line]}
    assert differing == {"period", "data_cutoff"}


def test_nobody_else_sends_the_rows_of_the_week_before_again() -> None:
    last: dict[str, dict[str, list[Row]]] = {}
    copies = []
    for week in weeks():
        for reporter, story in stories_of(week).items():
            rows = typed_rows(story)
            if rows and rows == last.get(reporter):
                copies.append((week, reporter))
            last[reporter] = rows or last[reporter]
    assert copies == [("2023-W17", "ptckh")]


SUMS = ("total_investment", "settled", "accepted", "paid", "stated_debt", "debt_before_2015")


def sums(story: Story) -> dict[str, list[Decimal | None]]:
    """Decision -> each sum as it stands there, in the unit of its story."""
    return {
        project["decision"]: [
            None if value is None else Decimal(str(value))
            for value in (*(project.get(name) for name in SUMS), *project["allotted"])
        ]
        for project in story.debt
    }


def test_with_the_wrong_unit_line_every_sum_is_a_thousandth_of_what_it_was() -> None:
    before, slip = (stories_of(week)["my_thinh"] for week in ("2023-W16", "2023-W17"))
    wrong, mended = slip.files
    assert (before.money_unit, wrong.money_unit, slip.money_unit) == ("tỷ đồng", "nghìn đồng", "triệu đồng")
    assert mended.money_unit == ""
    thousandfold = {
        decision: [None if value is None else value * 1000 for value in values]
        for decision, values in sums(before).items()
    }
    assert sums(slip) == thousandfold


def test_the_debt_of_my_ha_is_paid_off_project_by_project() -> None:
    owing = [
        [project["stated_debt"] for project in stories_of(week)["my_ha"].debt if project.get("stated_debt")]
        for week in weeks()
    ]
    assert [len(debts) for debts in owing] == [2, 3, 3, 2, 2, 1, 1, 0]


@pytest.mark.parametrize("week", weeks())
def test_a_stated_debt_is_what_the_law_calls_debt_but_for_one_of_the_first_week(week: str) -> None:
    wrong = [
        project["project"]
        for commune in ("my_ha", "my_thinh", "my_thanh")
        for project in getattr(stories_of(week).get(commune), "debt", ())
        if not is_lawful(project)
    ]
    assert len(wrong) == (1 if week == "2023-W15" else 0)


def is_lawful(project: dict[str, Any]) -> bool:
    if project.get("accepted") is None:
        return project.get("stated_debt") is None
    allotted = sum(Decimal(str(value)) for value in project["allotted"] if value is not None)
    debt = max(Decimal(0), Decimal(str(project["accepted"])) - allotted)
    return Decimal(str(project["stated_debt"])) == debt
