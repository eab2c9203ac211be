"""Every case of config/rule_cases is what its rule says; every rule has one that it finds and one that it lets pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.facts import CONFIG_ROOT, load_campaign, load_messages
from config.mistakes import ConfigMistakes
from config.rule_cases import CAMPAIGN, load_cases
from config.rules_page import rules_page
from domain.findings import Severity
from domain.forms import Part
from domain.rules.cases import Case, found_in
from domain.rules.registry import BY_CODE, RULES, judge
from domain.rules.rule import Rule
from domain.submissions import DebtRow, SubmissionState
from tests.config.conftest import Spoil
from tests.story import ROOT

LOADED = load_campaign(CAMPAIGN)
CASES = load_cases(LOADED)


def every_case() -> Iterator[object]:
    for code in BY_CODE:
        for case in CASES[code].cases if code in CASES else ():
            yield pytest.param(code, case, id=f"{code}: {case.says}")


@pytest.mark.parametrize(("code", "case"), list(every_case()))
def test_a_rule_finds_in_a_case_what_is_written_beside_it(code: str, case: Case) -> None:
    assert tuple(finding.place for finding in found_in(case, BY_CODE[code])) == case.finds


@pytest.mark.parametrize("code", BY_CODE)
def test_a_rule_has_a_case_that_it_finds_and_one_that_it_leaves_alone(code: str) -> None:
    assert {bool(case.finds) for case in CASES[code].cases} == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_of_two_rules_with_one_code_each_has_a_case_that_it_finds(rule: Rule) -> None:
    assert any(found_in(case, [rule]) for case in CASES[rule.code].cases)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_in_its_cases_every_code_that_it_may_find_and_no_other(rule: Rule) -> None:
    found = {finding.code for case in CASES[rule.code].cases for finding in found_in(case, [rule])}
    assert found == rule.codes


def test_a_campaign_that_calls_a_finding_an_error_has_the_file_returned(root: Path, spoil: Spoil) -> None:
    """Loaded and judged as any file; as shipped the same file is accepted with a note."""
    spoil(f"campaigns/{CAMPAIGN}/campaign.yaml", "severities: {}", "severities: {MET_WITHOUT_DOSSIER: error}")
    case = next(case for case in CASES["MET_WITHOUT_DOSSIER"].cases if case.finds)
    stricter, shipped = (judge(case.submission, (), each) for each in (load_campaign(CAMPAIGN, root), LOADED))
    assert (stricter.state, shipped.state) == (SubmissionState.RETURNED, SubmissionState.ACCEPTED)
    told = [next(f for f in each.findings if f.code == "MET_WITHOUT_DOSSIER") for each in (stricter, shipped)]
    assert [each.severity for each in told] == [Severity.ERROR, Severity.NOTE]


def test_no_case_is_of_a_rule_that_is_none() -> None:
    assert set(CASES) == set(BY_CODE)


def test_what_a_case_finds_can_be_said() -> None:
    messages = load_messages()
    for code, rules in BY_CODE.items():
        for case in CASES[code].cases:
            for finding in found_in(case, rules):
                assert "…" not in messages[finding.code].text(finding)


def test_the_page_on_rules_is_written_from_the_cases() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_page(LOADED, CONFIG_ROOT), "run: python -m config.rules_page docs/rules.md"


def cases_in(folder: Path, text: str) -> None:
    (folder / "rule_cases").mkdir()
    (folder / "rule_cases" / "x.yaml").write_text(text, encoding="utf-8")
    load_cases(LOADED, folder)


def test_a_case_of_another_shape_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigMistakes, match=r"rule_cases/x\.yaml") as told:
        cases_in(tmp_path, "A_CODE:\n  title: a\n  basis: b\n  cases:\n    - {says: c, fil: {}}\n")
    assert {mistake.line for mistake in told.value.mistakes} == {5}


def test_a_field_that_no_row_has_is_refused(tmp_path: Path) -> None:
    wrong = "A:\n  title: a\n  basis: b\n  cases:\n    - {says: c, file: {debt: [{project: x, payed: 1}]}}\n"
    with pytest.raises(KeyError, match="payed"):
        cases_in(tmp_path, wrong)


def test_what_a_case_says_of_an_indicator_that_is_none_is_refused(tmp_path: Path) -> None:
    wrong = 'A:\n  title: a\n  basis: b\n  cases:\n    - {says: c, file: {}, catalogue: {"99.9": {confirmed: true}}}\n'
    with pytest.raises(KeyError, match=r"99\.9"):
        cases_in(tmp_path, wrong)


def test_what_a_case_takes_the_catalogue_to_state_holds_for_that_case_alone() -> None:
    stating, *_, shipped = CASES["NOT_MET_AT_TARGET"].cases
    aims = [
        case.campaign.catalogue.numbers_to_reach("my_ha")["3.1"].target.confirmed
        for case in (stating, shipped)
    ]
    assert aims == [True, False]
    assert shipped.campaign is LOADED


def test_sums_of_a_case_are_in_the_unit_of_their_row() -> None:
    case = next(case for case in CASES["PAID_ABOVE_ALLOTTED"].cases if case.finds)
    (row,) = case.submission.parts[Part.DEBT]
    assert isinstance(row, DebtRow)
    assert (row.paid, row.allotted_district, row.allotted_central) == (301_000_000, 300_000_000, 0)
    assert row.last_digit == row.unit == 1_000_000
