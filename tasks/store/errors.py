"""Which refusals of the store can pass by waiting. Knows no database."""

from domain.errors import StoreError


class StoreBusy(StoreError):
    """The same call may succeed later: a lock held by another process, a server that does not answer."""

    can_pass = True
