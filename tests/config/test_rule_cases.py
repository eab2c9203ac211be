"""Every case of config/rule_cases is what its rule says; every rule has one that it finds and one that it lets pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.facts import CONFIG_ROOT, load_campaign, load_messages
from config.mistakes import ConfigMistakes
from config.rule_cases import CAMPAIGN, load_cases
from config.rules_page import rules_page
from domain.forms import Part
from domain.rules.cases import Case, found_in
from domain.rules.registry import RULES
from domain.rules.rule import Rule
from domain.submissions import DebtRow
from tests.story import ROOT

LOADED = load_campaign(CAMPAIGN)
CASES = load_cases(LOADED)


def every_case() -> Iterator[object]:
    for rule in RULES:
        for case in CASES[rule.code].cases if rule.code in CASES else ():
            yield pytest.param(rule, case, id=f"{rule.code}: {case.says}")


@pytest.mark.parametrize(("rule", "case"), list(every_case()))
def test_a_rule_finds_in_a_case_what_is_written_beside_it(rule: Rule, case: Case) -> None:
    assert tuple(finding.place for finding in found_in(case, rule, LOADED)) == case.finds


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_case_that_it_finds_and_one_that_it_leaves_alone(rule: Rule) -> None:
    cases = CASES[rule.code].cases
    assert {bool(case.finds) for case in cases} == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_in_its_cases_every_code_that_it_may_find_and_no_other(rule: Rule) -> None:
    found = {finding.code for case in CASES[rule.code].cases for finding in found_in(case, rule, LOADED)}
    assert found == rule.codes


def test_no_case_is_of_a_rule_that_is_none() -> None:
    assert set(CASES) == {rule.code for rule in RULES}


def test_what_a_case_finds_can_be_said() -> None:
    messages = load_messages()
    for rule in RULES:
        for case in CASES[rule.code].cases:
            for finding in found_in(case, rule, LOADED):
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


def test_sums_of_a_case_are_in_the_unit_of_their_row() -> None:
    case = next(case for case in CASES["PAID_ABOVE_ALLOTTED"].cases if case.finds)
    (row,) = case.submission.parts[Part.DEBT]
    assert isinstance(row, DebtRow)
    assert (row.paid, row.allotted_district, row.allotted_central) == (301_000_000, 300_000_000, 0)
    assert row.last_digit == row.unit == 1_000_000
