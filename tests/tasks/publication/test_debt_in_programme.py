"""What of a debt belongs to the programme: a line below the sum, and the projects that don't say it by name."""

import pytest

from tasks.publication.blocks import Line
from tasks.publication.cells import Report
from tasks.publication.section_debt import debt_section, debt_table, debt_table_with_note, unclear_words
from tests import factories
from tests.factories_domain import AnyRow, campaign, project, summary

MILLION = 10**6


def owing(commune: str, name: str, debt: int, in_programme: bool | None) -> AnyRow:
    sums = {"accepted": debt * MILLION, "allotted_people": 0, "stated_debt": (debt + 1) * MILLION}
    return project(commune, name, in_programme=in_programme, **sums)


@pytest.fixture
def report() -> Report:
    """Mỹ Thành reports no debt."""
    lines = (
        owing("my_ha", "Đường", 100, True),
        owing("my_ha", "Trụ sở", 20, False),
        owing("my_thinh", "Kênh", 7, True),
        project("my_thinh", "Chợ", in_programme=True),
        owing("my_thinh", "Cầu", 5, None),
    )
    return Report(summary(*lines), campaign(), factories.says)


def shown(line: Line) -> tuple[str, ...]:
    return tuple(cell.text for cell in line.cells)


def test_it_is_a_line_below_the_sum_of_the_commune_and_of_all(report: Report) -> None:
    lines = [shown(line) for line in debt_table(report).lines]
    below = {lines[n - 1][0]: line for n, line in enumerate(lines) if line[0].startswith("Trong đó thuộc")}
    of_it = {
        name: (line[0].removeprefix("Trong đó thuộc CT MTQG NTM"), line[4:]) for name, line in below.items()
    }
    assert of_it == {
        "Xã Mỹ Hà": ("", ("100", "101", "")),
        "Xã Mỹ Thịnh": (" (chưa gồm 1 dự án chưa ghi rõ)", ("7*", "8*", "")),
        lines[-2][0]: (" (chưa gồm 1 xã chưa ghi, 1 dự án chưa ghi rõ)", ("107*", "109*", "")),
    }
    assert lines[-2][0].startswith("Tổng cộng")
    assert all(line[1:4] == ("", "", "") for line in below.values())


NAMED = "Chưa ghi có thuộc CT MTQG NTM hay không: Cầu (Xã Mỹ Thịnh)."


def test_a_project_that_does_not_say_it_is_named_in_the_section_and_in_the_annex(report: Report) -> None:
    assert NAMED in [getattr(block, "text", "") for block in debt_section(report).blocks]
    assert (NAMED,) in [shown(line) for line in debt_table_with_note(report).lines]


def test_of_many_that_do_not_say_it_the_rest_is_counted() -> None:
    unclear = (owing("my_ha", f"Cầu {n}", 5, None) for n in range(22))
    many = summary(owing("my_ha", "Đường", 100, True), *unclear)
    words = unclear_words(Report(many, campaign(), factories.says))
    assert (words.count("Cầu"), words.rpartition(" (Xã Mỹ Hà) ")[2]) == (20, "và 2 dự án khác.")


def test_where_nobody_says_it_nothing_is_shown() -> None:
    silent = Report(summary(owing("my_ha", "Đường", 100, None)), campaign(), factories.says)
    assert "MTQG" not in str([shown(line) for line in debt_table_with_note(silent).lines])
    assert "MTQG" not in str([getattr(block, "text", "") for block in debt_section(silent).blocks])
