"""Spellings of dates."""

from datetime import date, datetime, time

from domain.reading.date import read_date
from domain.reading.period import read_period
from domain.reading.spellings import Spelling, SpellingTable
from domain.vietnamese import vi_date

_READ, _OTHERWISE = "25/4/2023", "READ_DATE_FROM_TEXT"
_TURNED = "trong cột có ngày ghi tháng trước"

DATES = SpellingTable(
    kind="date",
    title="Ngày",
    intro="Ngày trước, tháng sau. Năm hai chữ số là năm của thế kỷ này.",
    read=read_date,
    shown=vi_date,
    spellings=(
        Spelling(date(2023, 4, 25), _READ, where="ô dạng ngày của Excel, kể cả khi tệp tính ngày từ năm 1904"),
        Spelling(45041, _READ, where="ô số định dạng ngày", number_format="dd/mm/yyyy"),
        Spelling(
            datetime.fromisoformat("2023-04-25 08:05"),
            _READ,
            "READ_DATE_WITHOUT_TIME",
            where="ô ngày có cả giờ: chỉ lấy ngày",
        ),
        *(
            Spelling(text, _READ)
            for text in (
                "25/04/2023", "25/4/2023", "25-4-2023", "25.4.2023", "ngày 25/4/2023", "ngày 25 tháng 4 năm 2023",
            )
        ),
        *(
            Spelling(text, _READ, _OTHERWISE)
            for text in ("25/4/23", "2023-04-25", "2023-04-25T00:00:00", "25/04/2023 00:00:00")
        ),
        Spelling("4/25/2023", code="DATE_MONTH_FIRST"),
        Spelling("4/5/2023", code="DATE_AMBIGUOUS", where=_TURNED, facts={"month_first_beside": True}),
        Spelling(45041, code="DATE_AMBIGUOUS", where="ô số không định dạng ngày"),
        *(
            Spelling(text, code="DATE_UNREADABLE")
            for text in (
                "31/4/2023", "29/2/2023", "25/4", "4/2023", "quý II", "25/4/2023 và 26/4/2023", "25042023",
                "2023/04/25", "29/2/1900", "25/4/0203", "25/4/2023 08:05",
            )
        ),
        Spelling(60, code="DATE_UNREADABLE", where="29/2/1900 của Excel", number_format="dd/mm/yyyy"),
        Spelling(time(8, 0), code="DATE_UNREADABLE", where="ô chỉ có giờ"),
        Spelling("#VALUE!", code="CELL_ERROR_VALUE"),
        Spelling(None),
    ),
)  # fmt: skip

_WEEK, _OF_THE_WEEK = "12/4/2023", {"near": date(2023, 4, 12)}
PERIODS = SpellingTable(
    kind="period",
    title="Kỳ báo cáo",
    intro="Ví dụ trong tệp của tuần thứ Tư 12/4/2023. Ghi từ ngày đến ngày thì lấy ngày cuối; tuần đánh số trong năm "
    "theo ISO 8601.",
    read=read_period,
    shown=vi_date,
    spellings=(
        *(
            Spelling(text, _WEEK)
            for text in (
                "12/4/2023", "thứ Tư 12/4/2023", "tuần thứ Tư ngày 12/4/2023", "Đến ngày 12/4/2023",
                "tính đến hết ngày 12/4/2023", "....12/4/2023....",
            )
        ),
        *(
            Spelling(text, _WEEK, _OTHERWISE)
            for text in (
                "2023-W15", "Tuần 15 năm 2023", "tuần 15/2023", "từ 6/4 đến 12/4/2023", "06/4/2023 - 12/4/2023",
                "tuần từ ngày 6/4/2023 đến ngày 12/4/2023",
            )
        ),
        *(
            Spelling(text, _WEEK, _OTHERWISE, facts=_OF_THE_WEEK)
            for text in ("12.4", "ngày 12/4", "từ 6/4 đến 12/4")
        ),
        *(
            Spelling(text, code="DATE_UNREADABLE", facts=_OF_THE_WEEK)
            for text in ("Tuần 15", "tuần 2/4", "Tuần 2 tháng 4/2023", "tháng 4/2023", "Tuần 54 năm 2023")
        ),
    ),
)  # fmt: skip
