import unicodedata
from datetime import date

import pytest

from domain.reporters import AreaNames, Reporter, ReporterKind, Roster
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
        "........UBND xã Mỹ Thịnh.......",
        "…UBND xã …Mỹ Thịnh…",
        "____Xã Mỹ Thịnh____",
        "UBND Xã: Mỹ Thịnh",
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


@pytest.mark.parametrize(
    "name", ["", "Xã Mỹ", "Xã My Thinh", "Xã Mỹ Thịn", "Xã Mỹ Thắng", "Mỹ Thịnh", "Xã: Mỹ Thịn", "...."]
)
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


# --- a name with the district and the province that it lies in --------------------------------------------------------

WITHIN = (
    AreaNames(("huyện Mỹ Lộc", "H. Mỹ Lộc"), short=("Mỹ Lộc",)),
    AreaNames(("tỉnh Nam Định",), short=("Nam Định",)),
)
PLACED = Roster(
    (
        Reporter("my_ha", "Xã Mỹ Hà", ReporterKind.COMMUNE, aliases=("UBND xã Mỹ Hà", "Mỹ Hà")),
        Reporter("ca", "Công an huyện", ReporterKind.AGENCY, aliases=("Công an huyện Mỹ Lộc",)),
        Reporter("bchqs", "Ban CHQS huyện", ReporterKind.AGENCY, aliases=("Ban CHQS",)),
        Reporter("loc", "Xã Lộc, huyện Mỹ Lộc", ReporterKind.COMMUNE),
    ),
    WITHIN,
)


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("UBND xã Mỹ Hà, huyện Mỹ Lộc", "my_ha"),
        ("UBND xã Mỹ Hà, huyện Mỹ Lộc, tỉnh Nam Định", "my_ha"),
        ("UBND XÃ MỸ HÀ - HUYỆN MỸ LỘC - TỈNH NAM ĐỊNH", "my_ha"),
        ("UBND xã Mỹ Hà – huyện Mỹ Lộc.", "my_ha"),
        ("UBND xã Mỹ Hà (huyện Mỹ Lộc)", "my_ha"),
        ("UBND xã Mỹ Hà (huyện Mỹ Lộc, tỉnh Nam Định)", "my_ha"),
        ("UBND xã Mỹ Hà (huyện Mỹ Lộc), tỉnh Nam Định", "my_ha"),
        ("UBND xã Mỹ Hà huyện Mỹ Lộc tỉnh Nam Định", "my_ha"),
        ("Xã Mỹ Hà, H.Mỹ Lộc", "my_ha"),
        ("Mỹ Hà, Mỹ Lộc, Nam Định", "my_ha"),
        ("Xã Mỹ Hà - Mỹ Lộc", "my_ha"),
        ("Xã Mỹ Hà, tỉnh Nam Định", "my_ha"),
        ("Công an huyện Mỹ Lộc, tỉnh Nam Định", "ca"),
        ("Công an huyện, huyện Mỹ Lộc, tỉnh Nam Định", "ca"),
        ("Ban CHQS huyện Mỹ Lộc", "bchqs"),
        ("Ban CHQS huyện Mỹ Lộc - tỉnh Nam Định", "bchqs"),
        ("Xã Lộc, huyện Mỹ Lộc, tỉnh Nam Định", "loc"),
    ],
)
def test_a_known_name_may_be_followed_by_its_own_district_and_province(written, id_):
    found = PLACED.named(written)
    assert found is not None
    assert found.id == id_


@pytest.mark.parametrize(
    "written",
    [
        "Xã Mỹ Hà, huyện Vụ Bản",
        "Xã Mỹ Hà, huyện Vụ Bản, tỉnh Nam Định",
        "Xã Mỹ Hà, huyện Mỹ Lộc, tỉnh Hà Nam",
        "Xã Mỹ Hà, tỉnh Nam Định, huyện Mỹ Lộc",
        "Xã Mỹ Hà, huyện Mỹ Lộc, huyện Mỹ Lộc",
        "Xã Mỹ Hà Nam Định",
        "Xã Mỹ HàMỹ Lộc",
        "Xã Mỹ Hà, Phủ huyện Mỹ Lộc",
        "Xã Mỹ, huyện Mỹ Lộc",
        "huyện Mỹ Lộc",
        "UBND huyện Mỹ Lộc, tỉnh Nam Định",
        ", huyện Mỹ Lộc",
        "Công an tỉnh Nam Định",
        "Ban CHQS tỉnh Nam Định",
        "Ban CHQS, tỉnh Nam Định",
        "Xã Mỹ Hà và huyện Mỹ Lộc",
        "Xã Mỹ Hà) (huyện Mỹ Lộc",
    ],
)
def test_another_place_or_another_body_stays_a_stranger(written):
    """ "Ban CHQS, tỉnh Nam Định" may be the province's own: an agency is followed by its district first."""
    assert PLACED.named(written) is None


def test_without_places_in_the_configuration_only_the_names_themselves_count():
    assert Roster(PLACED.reporters).named("Xã Mỹ Hà, huyện Mỹ Lộc") is None
    assert PLACED.of_key("xã mỹ hà,huyện mỹ lộc") is None
