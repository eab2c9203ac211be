"""Why a disk refused, in words an officer understands; how a failure of ours is told."""

import errno

import pytest

from domain.errors import DeliveryError
from domain.telling import failure_facts, why_refused


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


def test_a_delivery_may_pass_at_another_time_unless_it_says_otherwise():
    assert DeliveryError("x").can_pass
    assert not DeliveryError("x", can_pass=False).can_pass
