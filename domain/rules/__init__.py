"""What the rows of one file say together. What was in force before comes in with it."""

from domain.rules.registry import judge

__all__ = ["judge"]
