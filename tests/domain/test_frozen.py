"""What is true changes under nobody's hands: a new value is another object."""

import pkgutil
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any

import domain


def test_every_dataclass_of_the_domain_is_frozen():
    modules = [import_module(found.name) for found in pkgutil.walk_packages(domain.__path__, "domain.")]
    named = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    kinds: set[Any] = {kind for kind in named if is_dataclass(kind)}
    assert len(kinds) > 50
    assert [kind for kind in kinds if not kind.__dataclass_params__.frozen] == []
