"""`ntm rules` as an officer and a program meet it."""

import json
from collections.abc import Iterable

import pytest
from typer.testing import CliRunner

from config import rules_page
from deployments.cli.main import app
from domain.errors import UserError
from domain.findings import Finding
from domain.rules.cases import Case, found_in
from domain.rules.registry import BY_CODE
from domain.rules.rule import Rule
from tests.story import DEMO, WEEK


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["rules", *arguments], terminal_width=160, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_every_rule_is_listed_in_the_order_in_which_it_judges() -> None:
    words = [word for line in said().splitlines() for word in line.split()[:1]]
    codes = [word for word in words if "_" in word]
    assert codes == list(BY_CODE)


def test_a_rule_is_explained_by_its_cases_however_its_code_is_written() -> None:
    shown = said("paid_above_allotted")
    assert "Thanh toán 300 trên vốn 300 triệu đồng:\n    → không có ý kiến" in shown
    assert "Đã thanh toán 301 triệu đồng lớn hơn vốn đã bố trí 300 triệu đồng." in shown


def test_a_code_that_is_none_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match="PAID_ABOVE_ALLOTTED"):
        CliRunner().invoke(app, ["rules", "PAID_ABOVE_ALOTTED"], catch_exceptions=False)


def test_a_rule_is_tried_only_by_a_code_that_there_is_and_week_and_unit_need_a_file() -> None:
    (file,) = (DEMO / "inbox" / WEEK / "my_ha").glob("*.xlsx")
    with pytest.raises(UserError, match="NONSENSE"):
        CliRunner().invoke(app, ["rules", "NONSENSE", "--try", str(file)], catch_exceptions=False)
    with pytest.raises(UserError, match="--try"):
        CliRunner().invoke(app, ["rules", "--week", WEEK], catch_exceptions=False)


def test_a_program_gets_rules_cases_and_answers() -> None:
    (rule,) = json.loads(said("UNIT_SLIP", "--json"))
    assert rule["severity"] == "error"
    assert [len(case["answers"]) for case in rule["cases"]] == [2, 0, 0, 2, 2]
    assert len(json.loads(said("--json"))) == len(BY_CODE)
    (of_two_parts,) = json.loads(said("DATE_AFTER_WEEK", "--json"))
    assert len(of_two_parts["names"]) == len(BY_CODE["DATE_AFTER_WEEK"]) == 2


def test_rules_tried_on_a_file_tell_what_they_find_and_nothing_of_how_it_was_read() -> None:
    (file,) = (DEMO / "inbox" / WEEK / "my_ha").glob("*.xlsx")
    found = {each["code"] for each in json.loads(said("--try", str(file), "--json"))["findings"]}
    assert found
    assert found <= set(BY_CODE)
    (one,) = {
        each["code"]
        for each in json.loads(said("MET_WITHOUT_DOSSIER", "--try", str(file), "--json"))["findings"]
    }
    assert one == "MET_WITHOUT_DOSSIER"


def test_only_the_cases_of_the_rule_asked_for_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []

    def noting(case: Case, rules: Iterable[Rule]) -> tuple[Finding, ...]:
        asked = tuple(rules)
        run.extend(rule.code for rule in asked)
        return found_in(case, asked)

    monkeypatch.setattr(rules_page, "found_in", noting)
    said("UNIT_SLIP")
    assert set(run) == {"UNIT_SLIP"}
