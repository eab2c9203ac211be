"""The house stays small: STYLE.md's limits, measured over every module that ships."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "config", "tasks", "flows", "deployments")
MODULES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "versions" not in path.parts
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def lines(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_at_most_350_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_knows(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_is_longer_than_60_lines(path: Path) -> None:
    assert {f.name: lines(f) for f in functions(path) if lines(f) > 60} == {}


def test_functions_are_short_on_the_whole() -> None:
    sizes = [lines(function) for path in MODULES for function in functions(path)]
    assert median(sizes) <= 10
    assert quantiles(sizes, n=20)[-1] <= 35


def test_modules_are_short_on_the_whole() -> None:
    sizes = [
        len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES if path.name != "__init__.py"
    ]
    assert median(sizes) <= 110


FLOW_FILES = sorted((ROOT / "flows").glob("*.py"))


@pytest.mark.parametrize("path", FLOW_FILES, ids=named)
def test_a_flow_file_is_one_flow_of_at_most_50_lines_without_classes(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 50
    assert [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)] == []


def test_a_broad_except_stands_at_most_twice_in_the_house() -> None:
    broad = [
        f"{named(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in _BROAD)
    ]
    assert len(broad) <= 2, broad


_BROAD = ("Exception", "BaseException")


def test_no_module_of_flows_shares_its_name_with_another_room_or_the_standard_library() -> None:
    import sys

    names = {path.stem for path in FLOW_FILES} - {"__init__"}
    assert names & (set(sys.stdlib_module_names) | set(ROOMS) | {"tests"}) == set()


def test_the_environment_is_read_in_one_place() -> None:
    readers = [named(path) for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")]
    assert readers == ["config/settings.py"]


def test_nothing_below_a_door_reads_the_clock() -> None:
    below = [path for path in MODULES if path.relative_to(ROOT).parts[0] in ("domain", "tasks", "flows")]
    clocks = ("datetime.now(", "date.today(", "datetime.today(", "utcnow(", "time.time(")
    assert [named(p) for p in below if any(clock in p.read_text(encoding="utf-8") for clock in clocks)] == []
