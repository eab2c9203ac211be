"""Rules that look for less than they could find at first: what they find is what they would find going through all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.forms import DossierState
from domain.judgement import Judgement
from domain.submissions import DossierRow, ProgressRow
from domain.vietnamese import match_key
from tests.domain.rules.kit import before, cells, found

_DOCUMENTS = st.builds(
    DossierRow,
    sheet=st.just("B. Hồ sơ"),
    row=st.just(0),
    columns=st.just({"document": "C", "state": "D"}),
    indicator=st.sampled_from(["1.1", "2.1", "KM-3"]),
    document=st.sampled_from(["Biên bản", "biên bản ", "Biên  bản.", "Kế hoạch", "Kế hoạch 2"]),
    state=st.sampled_from([DossierState.NOT_STARTED, DossierState.COMPLETE, None]),
)
_WORDS = st.builds(
    ProgressRow,
    sheet=st.just("A. Tiến độ"),
    row=st.just(0),
    columns=st.just({"judgement": "G"}),
    indicator=st.sampled_from(["1.1", "2.1"]),
    judgement=st.sampled_from([Judgement.MET, Judgement.NOT_STATED]),
    note=st.sampled_from(["", "x"]),
)


def numbered(rows: Sequence[DossierRow]) -> list[DossierRow]:
    return [replace(row, row=n) for n, row in enumerate(rows, 1)]


def key(row: DossierRow) -> tuple[str, str]:
    return row.indicator, match_key(row.document)


@given(st.lists(_DOCUMENTS, max_size=8))
def test_a_document_is_repeated_where_its_key_was_there(listed):
    rows = numbered(listed)
    keys = [key(row) for row in rows]
    expected = [f"C{n}" for n, each in enumerate(keys, 1) if each in keys[: n - 1]]
    assert cells("DOCUMENT_REPEATED", *rows) == expected


@given(st.lists(_DOCUMENTS, min_size=1, max_size=6), st.lists(_DOCUMENTS, min_size=1, max_size=6))
def test_a_document_is_set_beside_the_one_of_its_line_or_else_the_last_of_its_key(now, then):
    """Seen by its state: from not begun to complete no document comes in a week, nor back."""
    rows, last = numbered(now), {key(row): row for row in then}
    expected = []
    for n, row in enumerate(rows):
        line = then[n] if n < len(then) else None
        is_same = line is not None and (line.indicator, line.document) == (row.indicator, row.document)
        other = line if is_same else last.get(key(row))
        if other and other.state and row.state and other.state is not row.state:
            expected.append(f"D{n + 1}")
    assert cells("DOSSIER_STEP_SKIPPED", *rows, earlier=before(*then)) == expected


@given(st.lists(_WORDS, max_size=5), st.lists(_WORDS, max_size=5) | st.none(), st.randoms())
def test_a_report_is_a_copy_where_it_says_as_often_what_the_last_one_said(now, then, random):
    earlier = random.sample(now, len(now)) if then is None else then

    def said(rows: Sequence[ProgressRow]) -> Counter[object]:
        return Counter((row.indicator, row.judgement, row.note) for row in rows)

    is_copy = bool(now) and said(now) == said(earlier)
    assert bool(found("UNCHANGED_COPY", *now, earlier=before(*earlier))) == is_copy
