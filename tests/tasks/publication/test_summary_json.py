"""summary.json: canonical, without floats, and back again without a loss."""

import json
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]

from domain.errors import StoreError
from domain.judgement import Judgement
from domain.lineage import DecisionSource, EarlierSource, FigureSource
from domain.rates import standing
from domain.summary import Change, Comparison, Figure, FigureKind, FigureValue, Summary
from tasks.publication.summary_json import _written, parse, to_bytes
from tests import factories

SCHEMA = Path(__file__).parents[3] / "docs" / "summary.schema.json"


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def with_figures(*figures: Figure) -> Summary:
    return factories.summary(figures={figure.id: figure for figure in figures})


def test_a_week_comes_back_equal() -> None:
    summary = factories.revised(factories.summary(), "Gửi bổ sung", {"debt/my_ha/legal": None})
    assert parse(to_bytes(summary)) == summary


def test_who_was_accepted_at_the_first_try_is_read_out_of_what_was_written() -> None:
    """A file's state was read back as bare text, which is no state: the index page said 0 % of every unit."""
    written = parse(to_bytes(factories.summary()))
    tried = [standing(line).at_first_try for line in written.owing]
    assert tried == [standing(line).at_first_try for line in factories.summary().owing]
    assert any(tried)


def test_a_revision_written_before_sources_led_to_the_configuration_is_still_read() -> None:
    summary = with_figures(Figure("rate/owed", FigureKind.NUMBER, 11, (FigureSource("state/my_ha"),)))
    assert parse(to_bytes(summary).replace(b"ntm-summary/4", b"ntm-summary/1")) == summary


def test_a_revision_written_before_weeks_were_compared_is_still_read() -> None:
    """Of its parts in force it says nothing, so the week after it is compared with nothing."""
    summary = factories.summary()
    document = json.loads(to_bytes(summary))
    document["format"] = "ntm-summary/2"
    del document["compared_with"], document["later_weeks"]
    for reporter in document["reporters"]:
        del reporter["parts"]
    lines = tuple(replace(line, parts=()) for line in summary.reporters)
    assert parse(json.dumps(document).encode()) == replace(summary, reporters=lines)


def beside_another_week() -> Summary:
    value = Figure(
        "last/debt/my_ha/legal", FigureKind.MONEY, 5, (EarlierSource(factories.WEEK, "debt/my_ha/legal"),)
    )
    return replace(
        with_figures(value),
        compared_with=Comparison(factories.WEEK.shifted(-1), 0, "a" * 64),
        later_weeks=(factories.WEEK.shifted(1), factories.WEEK.shifted(2)),
    )


def test_a_week_beside_another_comes_back_equal_and_as_the_schema_has_it(
    schema: Draft202012Validator,
) -> None:
    summary = beside_another_week()
    assert parse(to_bytes(summary)) == summary
    schema.validate(json.loads(to_bytes(summary)))


def test_a_decision_over_a_case_comes_back_with_who_decided_it_and_why(schema: Draft202012Validator) -> None:
    source = DecisionSource(factories.WEEK, "Trưởng phòng", 'Biên bản "13/4"')
    summary = with_figures(Figure("decision/my_ha/1.1/follows", FigureKind.STATE, "agency", (source,)))
    assert parse(to_bytes(summary)) == summary
    schema.validate(json.loads(to_bytes(summary)))


def test_the_bytes_do_not_depend_on_the_order_of_the_figures() -> None:
    summary = factories.summary()
    turned = replace(summary, figures=dict(reversed(list(summary.figures.items()))))
    assert to_bytes(turned) == to_bytes(summary)


def test_the_bytes_do_not_depend_on_the_zone_a_database_hands_moments_back_in() -> None:
    summary = factories.summary()
    in_utc = replace(summary, deadline=summary.deadline.astimezone(UTC), as_of=summary.as_of.astimezone(UTC))
    assert to_bytes(in_utc) == to_bytes(summary)
    assert b'"deadline": "2023-04-12T09:00:00Z"' in to_bytes(summary)


def test_the_file_is_utf8_and_ends_in_one_newline() -> None:
    data = to_bytes(factories.summary())
    assert data.endswith(b"}\n")
    assert "Đường trục xã" in data.decode()


def test_there_is_no_float_anywhere() -> None:
    def refuse(number: str) -> None:
        raise AssertionError(number)

    json.loads(to_bytes(factories.summary()), parse_float=refuse)


def test_the_schema_accepts_the_sample_week(schema: Draft202012Validator) -> None:
    summary = factories.revised(factories.summary(), "Gửi bổ sung", {"debt/my_ha/legal": 5})
    schema.validate(json.loads(to_bytes(summary)))


BROKEN: list[tuple[list[str], Any]] = [
    (["week"], "2023-04-12"),
    (["revision"], "1"),
    (["deadline"], "2023-04-12T16:00:00+07:00"),
    (["figures", "debt/my_ha/legal", "value"], "12"),
    (["figures", "rate/owed", "value"], 1.5),
    (["figures", "state/my_ha", "kind"], "mood"),
    (["figures", "state/my_ha", "sources"], []),
    (["figures", "rate/owed", "sources"], [{"configuration": "somewhere"}]),
    (["compared_with"], {"week": "2023-W14", "revision": 1}),
    (["later_weeks"], ["2023-04-19"]),
    (["figures", "rate/owed", "sources"], [{"earlier": "2023-W14"}]),
    (["surprise"], 1),
]


@pytest.mark.parametrize(("path", "value"), BROKEN, ids=lambda item: str(item))
def test_the_schema_refuses(schema: Draft202012Validator, path: list[str], value: Any) -> None:
    document = json.loads(to_bytes(factories.summary()))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        schema.validate(document)


def test_the_schema_documents_every_field() -> None:
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [name for name, field in document["properties"].items() if "description" not in field] == []


KINDS: list[tuple[FigureKind, st.SearchStrategy[FigureValue]]] = [
    (FigureKind.NUMBER, st.integers() | st.decimals(allow_nan=False, allow_infinity=False)),
    (FigureKind.MONEY, st.integers()),
    (FigureKind.PERCENT, st.decimals(min_value=0, max_value=100, places=2)),
    (FigureKind.JUDGEMENT, st.sampled_from(Judgement)),
    (FigureKind.DATE, st.dates()),
    (FigureKind.TEXT, st.text(st.characters(codec="utf-8"))),
]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(JSON)
def test_what_is_written_is_what_the_json_library_writes(value: Any) -> None:
    """Revisions are compared as text and by hash: not a byte may move because we write it faster."""
    assert _written(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, indent=0)


@given(st.data())
def test_any_value_of_any_kind_comes_back_with_its_type(data: st.DataObject) -> None:
    kind, values = data.draw(st.sampled_from(KINDS))
    value = data.draw(values | st.none())
    back = parse(to_bytes(with_figures(Figure("x", kind, value)))).figures["x"]
    assert (back.kind, back.value, type(back.value)) == (kind, value, type(value))


def test_a_change_to_nothing_comes_back_as_nothing() -> None:
    change = Change("indicator/my_ha/1.1/planned_on", FigureKind.DATE, date(2023, 5, 3), None)
    assert parse(to_bytes(factories.summary(changes=(change,)))).changes == (change,)


@pytest.mark.parametrize(
    "forged",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        to_bytes(with_figures(Figure("x", FigureKind.PERCENT, Decimal("1.5")))).replace(b'"1.5"', b"1.5"),
        to_bytes(with_figures(Figure("x", FigureKind.JUDGEMENT, Judgement.MET))).replace(b'"met"', b'"good"'),
        to_bytes(factories.summary()).replace(b"ntm-summary/4", b"ntm-summary/9"),
    ],
)
def test_what_was_never_written_is_refused(forged: bytes) -> None:
    with pytest.raises(StoreError):
        parse(forged)
