"""What the rows of one file say together. What needs the ledger is judged elsewhere."""

from domain.rules.registry import judge

__all__ = ["judge"]
