import unicodedata
from datetime import date

import pytest

from tests.factories_domain import ROSTER, with_reporter


def ids(reporters):
    return [reporter.id for reporter in reporters]


@pytest.mark.parametrize(
    "spelling",
    [
        "Xã Mỹ Thịnh",
        "XÃ MỸ THỊNH",
        "  xã  Mỹ\u00a0Thịnh. ",
        "UBND xã Mỹ Thịnh",
        unicodedata.normalize("NFD", "Xã Mỹ Thịnh"),
    ],
)
def test_a_reporter_is_known_by_its_names_however_they_are_typed(spelling):
    found = ROSTER.named(spelling)
    assert found is not None
    assert found.id == "my_thinh"


def test_an_agency_is_known_with_or_without_spaces_around_its_dash():
    assert ROSTER.named("Phòng kinh tế- Hạ tầng") is ROSTER["pktht"]
    assert ROSTER.named("phòng Kinh tế – Hạ tầng") is ROSTER["pktht"]


@pytest.mark.parametrize("name", ["", "Xã Mỹ", "Xã My Thinh", "Xã Mỹ Thịn", "Xã Mỹ Thắng", "Mỹ Thịnh"])
def test_nobody_is_guessed_from_a_near_name(name):
    assert ROSTER.named(name) is None


def test_my_thinh_and_my_thanh_never_meet():
    assert ROSTER.named("Xã Mỹ Thịnh") is not ROSTER.named("Xã Mỹ Thành")


def test_a_reporter_is_found_by_its_id_or_not_at_all():
    assert ROSTER["ca"].name == "Công an huyện"
    assert ROSTER.has("ca")
    assert not ROSTER.has("cctk")
    with pytest.raises(KeyError):
        ROSTER["cctk"]


def test_communes_come_in_the_order_of_the_roster():
    assert ids(ROSTER.communes()) == ["my_ha", "my_thinh", "my_thanh"]


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2023, 4, 18), False),
        (date(2023, 4, 19), True),
        (date(2023, 5, 3), True),
        (date(2023, 5, 4), False),
    ],
)
def test_a_unit_is_of_the_roster_from_its_first_to_its_last_day(day, there):
    roster = with_reporter("my_ha", valid_from=date(2023, 4, 19), valid_to=date(2023, 5, 3))
    assert ("my_ha" in ids(roster.communes_on(day))) is there


def test_an_open_end_is_no_end():
    assert "my_ha" in ids(with_reporter("my_ha", valid_from=date(2023, 4, 1)).communes_on(date(2099, 1, 7)))
    assert "my_ha" in ids(with_reporter("my_ha", valid_to=date(2023, 4, 30)).communes_on(date(1999, 1, 6)))
