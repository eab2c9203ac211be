"""Which errors are worth another try: only those that say that the same call can pass."""

import asyncio

import pytest
from prefect.states import exception_to_failed_state

from domain.errors import ConfigError, DeliveryError
from tasks.retrying import _can_pass
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
