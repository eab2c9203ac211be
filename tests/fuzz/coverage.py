"""Which lines of the container check ran: the signal that a mutation reached something new. Only those modules are
traced, so that it costs them twice and the rest nothing.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

from tasks.intake import biff, container, delimited, formats, odf_risks, ooxml_risks, preflight

MODULES: tuple[ModuleType, ...] = (preflight, container, formats, biff, delimited, odf_risks, ooxml_risks)


class Coverage:
    def __init__(self) -> None:
        self.lines: set[tuple[str, int]] = set()
        self._files = {str(module.__file__) for module in MODULES}

    @contextmanager
    def traced(self) -> Iterator[None]:
        before = sys.gettrace()
        sys.settrace(self._on_call)
        try:
            yield
        finally:
            sys.settrace(before)

    def _on_call(self, frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any] | None:
        return self._on_line if frame.f_code.co_filename in self._files else None

    def _on_line(self, frame: FrameType, event: str, _argument: Any) -> Callable[..., Any]:
        if event == "line":
            self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._on_line

    def report(self) -> Iterator[str]:
        """Of each module: lines of its functions that ran, of how many, and which didn't."""
        for module in MODULES:
            name = str(module.__file__)
            wanted = set(_lines_of_functions(module))
            missed = sorted(wanted - {line for file, line in self.lines if file == name})
            share = 100 * (1 - len(missed) / max(len(wanted), 1))
            yield f"  {module.__name__:<28} {share:5.1f} % of {len(wanted):3}   not: {missed}"


def _lines_of_functions(module: ModuleType) -> Iterator[int]:
    path = Path(str(module.__file__))
    whole = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    for code in _functions_in(whole):
        yield from {line for _, _, line in code.co_lines() if line and line != code.co_firstlineno}


def _functions_in(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & 0x2:  # of a function; the body of a class runs at import
                yield constant
            yield from _functions_in(constant)
