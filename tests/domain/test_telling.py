"""Why a disk refused, in words an officer understands; how a failure of ours is told."""

import errno

import pytest

from domain.errors import DeliveryError
from domain.findings import Place
from domain.telling import LONGEST_FACT, failure_facts, finding, why_refused
from tests.factories_domain import campaign


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "x", "/a"), "/a: ổ đĩa đã đầy"),
        (OSError(errno.EACCES, "x"), "không có quyền"),
        (OSError(errno.ELOOP, "x"), f"OSError {errno.ELOOP}"),
        (OSError("no number"), "OSError"),
    ],
)
def test_a_refusal_of_the_disk_is_told_in_words(error, told):
    assert why_refused(error) == told


def test_a_failure_names_the_error_and_the_place_without_folders():
    try:
        raise ValueError("x" * 500)
    except ValueError as error:
        facts = failure_facts(error)
    assert facts["error"].startswith("ValueError: xxx")
    assert facts["error"].endswith("…")
    assert facts["traceback"].startswith("test_telling.py:")


@pytest.mark.parametrize(("length", "kept"), [(0, ""), (LONGEST_FACT, "x"), (LONGEST_FACT + 1, "…")])
def test_a_finding_quotes_what_is_no_longer_than_a_sentence_bears(length, kept):
    told = finding(
        campaign(severities={"UNIT_SLIP": "error"}), "UNIT_SLIP", Place(), seen="x" * length
    ).facts["seen"]
    assert (len(told), told[-1:]) == (min(length, LONGEST_FACT), kept)


def test_a_delivery_may_pass_at_another_time_unless_it_says_otherwise():
    assert DeliveryError("x").can_pass
    assert not DeliveryError("x", can_pass=False).can_pass
