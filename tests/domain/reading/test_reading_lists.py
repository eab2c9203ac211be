import unicodedata
from decimal import Decimal

import pytest

from domain.criteria import Unit
from domain.forms import DossierState
from domain.judgement import Judgement
from domain.reading.cell import Cell
from domain.reading.indicator import codes_of, read_indicator
from domain.reading.listed import is_marked, read_commune, read_dossier_state, read_judgement, read_subject
from domain.reading.result import Beside, read_result
from domain.vietnamese import match_key
from tests.factories_domain import CATALOGUE, ROSTER

JUDGEMENTS = {
    match_key(text): judgement
    for judgement, texts in {
        Judgement.MET: ("Đạt", "Đã đạt"),
        Judgement.NEARLY_MET: ("Cơ bản đạt",),
        Judgement.NOT_MET: ("Chưa đạt",),
        Judgement.NOT_STATED: ("Chưa có số liệu",),
    }.items()
    for text in texts
}
CODES = codes_of(CATALOGUE)


@pytest.mark.parametrize(
    ("text", "judgement"),
    [
        ("Đạt", "met"),
        ("ĐẠT", "met"),
        (" đạt. ", "met"),
        ("Ðạt", "met"),
        (unicodedata.normalize("NFD", "Cơ bản đạt"), "nearly_met"),
        ("Chưa\u00a0đạt", "not_met"),
        ("chưa có số liệu", "not_stated"),
        ("", "not_stated"),
        (None, "not_stated"),
    ],
)
def test_a_judgement_stands_in_the_list_or_is_not_stated(text, judgement):
    reading = read_judgement(Cell(text), JUDGEMENTS)
    assert (reading.value, reading.code) == (Judgement(judgement), "")


@pytest.mark.parametrize(
    "value", ["Dat", "Đạt 100%", "Đ", "x", "100%", "Đat", "Đạt/Chưa đạt", "-", 1, True, 1.0]
)
def test_a_judgement_that_stands_in_no_list_is_asked(value):
    reading = read_judgement(Cell(value), JUDGEMENTS)
    assert (reading.value, reading.code) == (None, "JUDGEMENT_UNKNOWN")


def test_a_judgement_in_an_old_font_or_of_an_empty_formula_is_not_taken_for_silence():
    assert read_judgement(Cell("§¹t", font=".VnTime"), JUDGEMENTS).code == "FONT_NOT_UNICODE"
    assert read_judgement(Cell("", formula="A1"), JUDGEMENTS).code == "FORMULA_WITHOUT_VALUE"


def test_a_dossier_state_is_listed_blank_or_asked():
    states = {match_key("Đã gửi phòng"): DossierState.SENT}
    assert read_dossier_state(Cell("đã gửi phòng"), states).value is DossierState.SENT
    assert read_dossier_state(Cell(None), states).value is None
    unknown = read_dossier_state(Cell("Đã gửi rồi"), states)
    assert (unknown.value, unknown.code) == (None, "DOSSIER_STATE_UNKNOWN")
    assert unknown.facts["expected"].startswith("chưa lập, đang lập, đã gửi phòng")


@pytest.mark.parametrize(
    ("text", "commune"), [("Xã Mỹ Thịnh", "my_thinh"), ("xã mỹ thành", "my_thanh"), ("", None)]
)
def test_a_commune_is_named_exactly(text, commune):
    assert read_commune(Cell(text), ROSTER).value == commune
    assert read_commune(Cell(text), ROSTER).code == ""


@pytest.mark.parametrize("text", ["Mỹ Thạnh", "My Thinh", "Xã Mỹ", "Công an huyện"])
def test_an_unknown_commune_is_asked_never_the_nearest(text):
    assert read_commune(Cell(text), ROSTER).code == "COMMUNE_UNKNOWN"


def test_a_subject_is_listed_or_asked():
    subjects = {match_key("Khó khăn, vướng mắc"): "difficulties"}
    assert read_subject(Cell("KHÓ KHĂN , VƯỚNG MẮC"), subjects).value == "difficulties"
    assert read_subject(Cell("Khó khăn"), subjects).code == "REMARK_SUBJECT_UNKNOWN"
    assert read_subject(Cell(None), subjects).code == ""


@pytest.mark.parametrize(
    ("text", "marked"), [("x", True), ("X", True), ("Có", True), ("không", False), ("", False)]
)
def test_only_a_listed_mark_marks(text, marked):
    assert is_marked(Cell(text), frozenset({"x", "✓", "có"})) is marked


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("17.1", "17.1"),
        ("17.10", "17.10"),
        (" 1.1. ", "1.1"),
        ("2.2A", "2.2a"),
        ("nc-02", "NC-02"),
        ("2", "2"),
        (2, "2"),
        (3.1, "3.1"),
        (10.0, "10"),
        ("KM–4–ANTT–1", "KM-4-ANTT-1"),
        ("gate-no-dong", "GATE-NO-DONG"),
    ],
)
def test_a_code_is_read_as_the_catalogue_writes_it(value, code):
    assert (read_indicator(Cell(value), CODES).value, read_indicator(Cell(value), CODES).code) == (code, "")


@pytest.mark.parametrize(
    "value", ["1.1 Có quy hoạch", "1,1", "20.1", "2.2", "Chỉ tiêu 1.1", "17.01", 20, 2.2, True]
)
def test_a_code_that_is_not_exactly_one_of_the_catalogue_is_asked(value):
    assert read_indicator(Cell(value), CODES).code == "INDICATOR_UNKNOWN"


def test_a_number_that_two_codes_fit_is_asked_with_both():
    reading = read_indicator(Cell(17.1), CODES)
    assert (reading.value, reading.code) == (None, "INDICATOR_AMBIGUOUS")
    assert reading.facts == {"seen": "17.1", "readings": "17.1 hoặc 17.10"}


@pytest.mark.parametrize("indicator", CATALOGUE.indicators(), ids=lambda indicator: indicator.code)
def test_every_code_of_the_catalogue_reads_as_itself(indicator):
    assert read_indicator(Cell(indicator.code), CODES).value == indicator.code


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "result"),
    [
        (85, "", Unit.PERCENT, "85"),
        (0.85, "0%", Unit.PERCENT, "85"),
        ("85,5%", "", Unit.PERCENT, "85.5"),
        (0.85, "", Unit.PERCENT, None),
        ("106%", "", Unit.PERCENT, None),
        ("1.234", "", Unit.COUNT, None),
        ("1.234,5", "", Unit.LITRE, "1234.5"),
        (62.3, "", Unit.INCOME, "62.3"),
        (0.85, "0%", Unit.COUNT, None),
        ("Mức độ 2", "", Unit.LEVEL, None),
        (2, "", Unit.LEVEL, "2"),
        ("Có", "", Unit.YES_NO, None),
        (1, "", Unit.YES_NO, None),
        (85, "", None, None),
    ],
)
def test_a_result_is_a_number_only_where_unit_and_cell_are_clear(value, number_format, unit, result):
    reading = read_result(Cell(value, number_format), unit)
    is_told = result is None and unit in (Unit.PERCENT, Unit.COUNT)
    assert reading.value == (Decimal(result) if result else None)
    assert reading.code == ("RESULT_NOT_A_NUMBER" if is_told else "")


def test_an_error_in_a_result_is_told():
    assert read_result(Cell("#REF!"), Unit.PERCENT).code == "CELL_ERROR_VALUE"


LITRES = frozenset({"lít", "lít/người/ngày đêm"})


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("60 lít/người/ngày đêm", Unit.LITRE, 60),
        ("60,5 Lít.", Unit.LITRE, Decimal("60.5")),
        ("03 lít", Unit.COUNT, 3),
        ("60 m3", Unit.LITRE, None),
        ("60 lít/hộ", Unit.LITRE, None),
        ("6\n0 lít", Unit.LITRE, None),
        ("1.234 lít", Unit.LITRE, None),
        ("khoảng 60 lít", Unit.LITRE, None),
        ("-60 lít", Unit.LITRE, None),
    ],
)
def test_a_result_may_name_the_unit_of_its_own_indicator(text, unit, number):
    reading = read_result(Cell(text), unit, Beside(LITRES))
    assert (reading.value, reading.code) == (number, "" if number else "RESULT_NOT_A_NUMBER")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Đạt 100%", 100), ("đã đạt 95,5 %.", Decimal("95.5")), ("95,5% (1.200/1.256 hộ)", Decimal("95.5")),
        ("Đạt 95,5% (1200/1256)", Decimal("95.5")), ("95% (1200/1256 hộ)", 95), ("96% (1200/1256 hộ)", 96),
        ("100% (0,5/0,5 ha)", 100),
    ],
)  # fmt: skip
def test_a_percent_may_be_met_or_stand_beside_what_was_counted(text, number):
    assert read_result(Cell(text), Unit.PERCENT).value == number


@pytest.mark.parametrize(
    "text",
    ["Chưa đạt 80%", "Đạt 100", "Đạt 120%", "95,5% (1.100/1.256 hộ)", "95,5% (1.256/1.200 hộ)", "95,5% (1.200 hộ)",
     "95,5 (1.200/1.256 hộ)", "95% (0/0 hộ)", "9\n5% (1.200/1.256 hộ)", "Đạt 9\n5%", "95,5% (1.200/1.256 hộ; 3 thôn)"],
)  # fmt: skip
def test_a_percent_that_something_contradicts_or_that_is_none_is_told(text):
    reading = read_result(Cell(text), Unit.PERCENT)
    assert (reading.value, reading.code) == (None, "RESULT_NOT_A_NUMBER")


@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.LEVEL, Unit.LITRE, Unit.M2_PER_PERSON, Unit.INCOME])
@pytest.mark.parametrize("value", [-5, "-5", "−5", -0.5])
def test_nothing_that_is_counted_is_negative(unit, value):
    assert read_result(Cell(value), unit).code == "RESULT_NOT_A_NUMBER"
    assert read_result(Cell(0), unit).value == 0
