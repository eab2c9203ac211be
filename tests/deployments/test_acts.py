"""What happens in the sample campaign, in order of time; a line that can't be done is said in Vietnamese."""

from pathlib import Path

import pytest

from config.facts import load_campaign
from deployments.demo.acts import Act, Close, Late, ReleaseFile, Republish, acts_of
from domain.errors import UserError
from tests.deployments.acts import LATE, LINES, NEXT, RELEASED, two_weeks
from tests.story import WEEK

CALENDAR = load_campaign("my-loc-2023").calendar


def acts(folder: Path) -> list[tuple[type[Act], str]]:
    return [(type(act), str(act.week)) for act in acts_of(folder, CALENDAR)]


def test_weeks_close_and_people_act_in_order_of_time(tmp_path: Path) -> None:
    """The closes are at 16:30 on 12/4 and 19/4."""
    assert acts(two_weeks(tmp_path)) == [
        (Close, WEEK),
        (Late, WEEK),
        (Close, NEXT),
        (ReleaseFile, NEXT),
        (Republish, NEXT),
        (Late, WEEK),
    ]


def test_a_campaign_without_acts_closes_its_weeks(tmp_path: Path) -> None:
    folder = two_weeks(tmp_path)
    (folder / "story" / "acts.yaml").unlink()
    assert acts(folder) == [(Close, WEEK), (Close, NEXT)]


def test_a_close_comes_before_what_is_done_at_the_same_moment(tmp_path: Path) -> None:
    assert acts(two_weeks(tmp_path, LINES[0] | {"at": "2023-04-12T16:30:00+07:00"}))[0] == (Close, WEEK)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"republish": "2023-W17", "reason": "x"}, "tuần 2023-W17 không có tệp mẫu (có: 2023-W15, 2023-W16)"),
        (
            {"late": f"{WEEK}/my_thanh/nowhere.xlsx", "reason": "x"},
            f"không có tệp late/{WEEK}/my_thanh/nowhere.xlsx",
        ),
        ({"late": f"{WEEK}/nobody/x.xlsx", "reason": "x"}, f"không có tệp late/{WEEK}/nobody/x.xlsx"),
        ({"release": LATE, "by": "x", "reason": "x"}, "không có tệp inbox/"),
        ({"release": f"{NEXT}/pgd/{RELEASED}", "reason": "x"}, "cần at"),
        ({"late": LATE}, "cần at"),
        ({"late": "x.xlsx", "reason": "x"}, "cần at"),
        ({"reason": "x"}, "cần at"),
        ({"republish": WEEK, "late": LATE, "reason": "x"}, "cần at"),
        ({"republish": WEEK, "reason": "x", "at": "2023-04-13T10:20:00"}, "múi giờ"),
        ({"republish": WEEK, "reason": "x", "at": "hôm qua"}, "múi giờ"),
        ({"republish": WEEK, "reason": "cut by", "a comma": None}, "cần at"),
    ],
)
def test_a_line_that_cannot_be_done_is_refused_in_vietnamese(
    tmp_path: Path, line: dict[str, str], said: str
) -> None:
    folder = two_weeks(tmp_path, {"at": "2023-04-13T10:20:00+07:00"} | line)
    with pytest.raises(UserError) as refused:
        acts_of(folder, CALENDAR)
    assert said in str(refused.value)


def test_a_disk_that_spells_names_in_two_characters_has_the_file(tmp_path: Path) -> None:
    import unicodedata

    folder = two_weeks(tmp_path)
    late = next((folder / "late" / WEEK / "my_thanh").iterdir())
    late.rename(late.with_name(unicodedata.normalize("NFD", late.name)))
    assert (Late, WEEK) in acts(folder)
