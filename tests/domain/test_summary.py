from dataclasses import replace

import pytest

from domain.judgement import Judgement, Witness
from domain.summary import (
    ReporterWeekState,
    condition_id,
    count_id,
    criterion_id,
    debt_id,
    difference_id,
    dossier_count_id,
    indicator_id,
    indicators_met_id,
    milestone_id,
    project_id,
    rate_id,
    remark_id,
    state_id,
)
from tests.factories_domain import judged, summary


def test_the_ids_of_figures_are_spelled_as_published():
    assert [
        state_id("ca"),
        rate_id("owed"),
        criterion_id("my_ha", "NC-01", Witness.COMMUNE),
        count_id("my_ha", Witness.AGENCY, Judgement.NEARLY_MET),
        indicators_met_id("my_ha", Witness.COMMUNE),
        indicator_id("my_ha", "17.10", "result"),
        difference_id("my_ha", "17.1"),
        condition_id("my_thinh", "KM-4-ANTT-1", Witness.AGENCY),
        dossier_count_id("my_ha", "sent"),
        milestone_id("M1", "my_ha", "share"),
        debt_id("all", "legal"),
        project_id("my_ha", "so-1", "legal"),
        remark_id("pgd", "proposals"),
    ] == [
        "state/ca",
        "rate/owed",
        "criterion/my_ha/NC-01/commune",
        "count/my_ha/agency/nearly_met",
        "indicators_met/my_ha/commune",
        "indicator/my_ha/17.10/result",
        "difference/my_ha/17.1",
        "condition/my_thinh/KM-4-ANTT-1/agency",
        "dossier/my_ha/sent",
        "milestone/M1/my_ha/share",
        "debt/all/legal",
        "debt/my_ha/project/so-1/legal",
        "remark/pgd/proposals",
    ]


def test_a_value_is_looked_up_by_its_figures_id():
    week = summary(judged("my_ha", "1.1", "met"))
    assert week.value("indicator/my_ha/1.1/commune") is Judgement.MET
    assert week.value("indicator/my_ha/99/commune") is None


@pytest.mark.parametrize("state", ReporterWeekState)
def test_on_time_extended_and_late_have_reported_and_nobody_else(state):
    assert state.has_reported == (state.value in ("on_time", "extended", "late"))


def test_officers_read_the_state_of_a_week():
    assert {state.value: state.vi for state in ReporterWeekState} == {
        "excluded": "loại trừ",
        "on_time": "đúng hạn",
        "extended": "được gia hạn",
        "late": "muộn",
        "quarantined": "chờ xác minh",
        "returned": "trả lại",
        "waiting": "chưa đến hạn",
        "missing": "chưa nộp",
    }


def test_an_issue_says_which_one_it_replaces():
    first = summary(judged("my_ha", "4", "met"))
    assert replace(first, revision=1).issue_vi == "bản phát hành lần 1"
    assert replace(first, revision=3).issue_vi == "bản phát hành lần 3 (thay bản lần 2)"


def test_who_is_excluded_owes_no_report():
    lines = summary(judged("my_ha", "4", "met")).reporters
    excused = replace(lines[0], state=ReporterWeekState.EXCLUDED)
    owing = replace(summary(), reporters=(excused, *lines[1:])).owing
    assert owing == tuple(line for line in lines[1:] if line.owes)
