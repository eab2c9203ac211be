from domain.lineage import CellSource
from tests.factories_domain import remark, summary, values


def test_what_a_unit_writes_is_published_under_its_subject_with_its_cell():
    figures = summary(remark("my_ha", "difficulties", "Thiếu kinh phí")).figures
    assert figures["remark/my_ha/difficulties"].value == "Thiếu kinh phí"
    assert figures["remark/my_ha/difficulties"].sources == (
        CellSource("sha-my_ha", "D. Ý kiến", "B4", "Thiếu kinh phí"),
    )


def test_the_free_text_of_police_and_military_is_not_published():
    week = values(remark("ca", "proposals", "Nội bộ"), remark("bchqs", "proposals", "Nội bộ"))
    assert not [i for i in week if i.startswith("remark/")]


def test_the_free_text_of_a_unit_outside_the_roster_is_not_published():
    assert not [i for i in values(remark("cctk", "proposals", "Ý kiến")) if i.startswith("remark/")]


def test_a_subject_left_blank_is_not_published():
    assert not [i for i in values(remark("my_ha", "causes", "")) if i.startswith("remark/")]
