"""What docs/data-dictionary.md says beside the tables; that it is current: tests/tasks/store/test_schema.py."""

from collections.abc import Mapping

import pytest

from config.dictionary import finding_codes, form_fields
from config.facts import load_campaign, load_messages
from config.rule_cases import CAMPAIGN


@pytest.fixture(scope="module")
def told() -> Mapping[str, list[str]]:
    """Code -> the other cells of its line."""
    rows = (row.strip("| ").split(" | ") for row in finding_codes(load_messages()).splitlines())
    return {row[0].strip("`"): row[1:] for row in rows if row[0].startswith("`")}


def test_a_code_names_every_rule_that_finds_it_with_its_source(told: Mapping[str, list[str]]) -> None:
    severity, found_by, source, says = told["SOURCE_LEFT_BLANK"]
    assert severity == "error"
    assert found_by == "`paid_stays_within_what_is_allotted`, `a_total_is_the_sum_of_its_rows`"
    assert "Luật Đầu tư công" in source
    assert "SEMANTICS, Money" in source
    assert says.startswith("Ô này ghi {seen}")


def test_a_code_of_no_rule_names_the_reader_that_finds_it_and_when(told: Mapping[str, list[str]]) -> None:
    _, found_by, when, _ = told["MONEY_DASH"]
    assert (found_by, when) == ("`domain/reading/money`", "'-' typed in a money column")


def test_every_code_is_told_with_who_finds_it(told: Mapping[str, list[str]]) -> None:
    assert told.keys() == load_messages().keys()
    assert [code for code, (_, found_by, *_) in told.items() if not found_by] == []


def test_a_forms_fields_say_what_is_required_and_what_is_a_key() -> None:
    form = load_campaign(CAMPAIGN).forms[0]
    told = form_fields(form)
    assert "| debt | `project` | Tên dự án, công trình | text | required | key |" in told
    assert "| debt | `decision` | Quyết định đầu tư (số, ngày) | text |  |  |" in told
    assert "| header | `agency` | Cơ quan/đơn vị báo cáo | reporter | required |  |" in told
