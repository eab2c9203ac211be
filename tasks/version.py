"""The version of the code that runs. Every verdict and revision names it."""

from importlib.metadata import version


def code_version() -> str:
    """As installed: `0.1.0`."""
    return version("ntm-weekly")
