"""The versions in use, in pyproject.toml and in the locks agree, and stand where Prefect 3.8 works."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
# Each was seen to break: see docs/decisions/0001-versions-and-locks.md.
BOUNDED = ["prefect", "fastapi", "sqlalchemy"]


def required() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [Requirement(line) for line in project["dependencies"]]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def pins(lock: str) -> dict[str, str]:
    """Package to version; a package that is there twice (with and without extras) has one version."""
    found = re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    assert len(set(found)) == len(dict(found))
    return dict(found)


@pytest.mark.parametrize("package", BOUNDED)
def test_what_is_installed_stands_in_the_range_that_works(package: str) -> None:
    bounds = required()[package].specifier
    assert {bound.operator for bound in bounds} == {">=", "<"}
    assert bounds.contains(version(package))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_all_that_the_project_asks_for(lock: str) -> None:
    pinned = pins(lock)
    wanted = required()
    assert {name for name in wanted if not wanted[name].specifier.contains(pinned[name])} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert re.search(r"^\s*-", text.replace("    --hash=sha256:", ""), re.MULTILINE) is None
    for block in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


def test_developers_use_the_very_versions_that_offices_use() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()
