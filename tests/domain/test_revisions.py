from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.figures.by_id import FiguresById
from domain.judgement import Judgement
from domain.lineage import CellSource
from domain.reporters import Reporter, ReporterKind, Roster
from domain.revisions import changes, why_changed
from domain.submissions import SubmissionState
from domain.summary import Change, Figure, FigureKind, FileLine, ReporterLine, ReporterWeekState
from tests.factories_domain import local, summary


def figures(*chosen):
    return {figure.id: figure for figure in chosen}


def number(figure_id, value, *sources):
    return Figure(figure_id, FigureKind.NUMBER, value, sources)


@pytest.mark.parametrize(
    "value", [0, None, 5, Decimal("85.5"), "chữ", date(2023, 4, 12), Judgement.MET, 2**60 + 1]
)
def test_equal_figures_are_no_change(value):
    assert changes(figures(number("a", value)), figures(number("a", value))) == ()


def test_the_same_value_read_from_another_file_is_no_change():
    before = figures(number("a", 5, CellSource("old", "A", "G1", "5")))
    after = figures(number("a", 5, CellSource("new", "A", "H2", "5,0")))
    assert changes(before, after) == ()


def test_85_and_85_0_are_the_same_number():
    assert changes(figures(number("a", Decimal("85"))), figures(number("a", Decimal("85.0")))) == ()


def test_not_stated_and_zero_are_two_values():
    assert changes(figures(number("a", None)), figures(number("a", 0))) == (
        Change("a", FigureKind.NUMBER, None, 0),
    )
    assert changes(figures(number("a", 0)), figures(number("a", None))) == (
        Change("a", FigureKind.NUMBER, 0, None),
    )


def test_one_dong_is_a_change_even_above_what_a_float_tells_apart():
    changed = changes(figures(number("a", 2**60)), figures(number("a", 2**60 + 1)))
    assert changed == (Change("a", FigureKind.NUMBER, 2**60, 2**60 + 1),)


def test_what_changed_appeared_or_is_gone_is_told_in_the_order_of_ids():
    before = figures(number("gone", 1), number("alike", 2), number("changed", 3), number("same", 2))
    after = figures(number("new", 4), number("alike", 2), number("changed", 5), number("same", 2))
    assert changes(before, after) == (
        Change("changed", FigureKind.NUMBER, 3, 5),
        Change("gone", FigureKind.NUMBER, 1, None),
        Change("new", FigureKind.NUMBER, None, 4),
    )


def test_a_line_that_appears_or_goes_is_a_change_even_if_it_is_blank():
    assert changes({}, figures(number("a", None))) == (Change("a", FigureKind.NUMBER, None, None),)
    assert changes(figures(number("a", None)), {}) == (Change("a", FigureKind.NUMBER, None, None),)


class OnDisk(FiguresById):
    """Numbers that are told by the bytes they were written as; remembers which were looked at."""

    def __init__(self, **written):
        self.written = written
        self.looked_at = []

    def told(self):
        return iter(sorted(self.written.items()))

    def under(self, prefix):
        return (each for each in self if each.startswith(prefix))

    def __getitem__(self, figure_id):
        self.looked_at.append(figure_id)
        return number(figure_id, int(self.written[figure_id]))

    def __iter__(self):
        return iter(sorted(self.written))

    def __len__(self):
        return len(self.written)


def test_of_two_files_only_figures_written_in_other_bytes_are_looked_at():
    before, after = OnDisk(a=b"1", b=b"2", c=b"5"), OnDisk(a=b"1", b=b"3", c=b"05")
    assert changes(before, after) == (Change("b", FigureKind.NUMBER, 2, 3),)
    assert before.looked_at == after.looked_at == ["b", "c"]


ROSTER = Roster(
    (
        Reporter("my_ha", "Xã Mỹ Hà", ReporterKind.COMMUNE),
        Reporter("ca", "Công an huyện", ReporterKind.AGENCY),
    )
)


def told_by(**files):
    """A summary that knows these hashes of each reporter."""
    received = local("2023-04-12 10:00")
    lines = [
        ReporterLine(
            reporter,
            ReporterWeekState.ON_TIME,
            files=tuple(
                FileLine("bc.xlsx", sha256, received, SubmissionState.ACCEPTED, False, ())
                for sha256 in hashes
            ),
        )
        for reporter, hashes in files.items()
    ]
    return replace(summary(), reporters=tuple(lines))


def test_a_revision_nobody_gave_a_reason_for_names_the_units_whose_files_came():
    before, after = told_by(my_ha=["a"], ca=[]), told_by(my_ha=["a", "b"], ca=["c"])
    assert why_changed(before, after, ROSTER) == "Có thêm tệp báo cáo của Xã Mỹ Hà, Công an huyện"


def test_of_many_units_it_names_the_first_and_counts_the_others():
    units = [f"xa_{n:02}" for n in range(25)]
    roster = Roster(tuple(Reporter(unit, unit, ReporterKind.COMMUNE) for unit in units))
    before, after = told_by(), told_by(**{unit: ["a"] for unit in units})
    told = ", ".join(units[:20])
    assert why_changed(before, after, roster) == f"Có thêm tệp báo cáo của {told} và 5 đơn vị khác"


def test_it_names_another_configuration_and_another_version_of_the_code():
    before = told_by(my_ha=["a"])
    after = replace(before, config_hash="other", code_version="other")
    assert why_changed(before, after, ROSTER) == (
        "Cấu hình của đợt báo cáo đã thay đổi; phần mềm tổng hợp có phiên bản mới"
    )


def test_it_names_a_decision_over_a_case():
    before = told_by(my_ha=["a"])
    decision = Figure("decision/my_ha/1.1/follows", FigureKind.STATE, "agency")
    after = replace(before, figures={**before.figures, decision.id: decision})
    assert why_changed(before, after, ROSTER) == "Có quyết định về nội dung chưa thống nhất"
    assert why_changed(after, after, ROSTER) == "Tình trạng báo cáo đã thay đổi"


def test_without_any_of_these_time_itself_has_moved_a_state():
    assert why_changed(told_by(my_ha=["a"]), told_by(my_ha=["a"]), ROSTER) == "Tình trạng báo cáo đã thay đổi"
