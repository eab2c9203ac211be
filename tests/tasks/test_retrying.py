"""Which errors are worth another try: only those that say that the same call can pass."""

import asyncio
import errno

import pytest
from prefect.states import exception_to_failed_state

from domain.errors import ConfigError, DeliveryError
from tasks.retrying import _can_pass, touches_the_world
from tasks.store.errors import StoreBusy


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (DeliveryError("500"), True),
        (DeliveryError("401", can_pass=False), False),
        (StoreBusy("locked"), True),
        (ConfigError("wrong"), False),
        (ValueError("ours"), False),
    ],
)
def test_only_what_can_pass_is_tried_again(error: Exception, again: bool) -> None:
    async def asked() -> bool:
        return await _can_pass(None, None, await exception_to_failed_state(error))  # type: ignore[arg-type]

    assert asyncio.run(asked()) is again


def test_a_disk_that_refuses_a_step_is_told_in_vietnamese_and_tried_again() -> None:
    @touches_the_world("Thử")
    def step() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/kho/tep")

    with pytest.raises(StoreBusy, match=r"/kho/tep: ổ đĩa đã đầy") as caught:
        step.fn()
    assert caught.value.can_pass
    assert "space" not in str(caught.value)
