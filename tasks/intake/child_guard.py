"""What the reading child may still do once it is ready: open the file that it was handed, to read it, and think.

A second wall behind the limits of reader_child: were a reader talked into opening, writing, connecting or starting
something, the process ends there, and the parent names the file. Sees what Python does; a library that calls the
system itself meets the limits alone (no bytes written, no descriptor to spare, no process).
"""

import codecs
import heapq  # noqa: F401 - collections.Counter imports it only when it is asked, and then it would be too late
import os
import sys
from types import TracebackType

_ENDED_BY_GUARD = 97
# All that reading needs beside `open`. Whatever Python reports under another name ends the process.
_HARMLESS = frozenset(
    {
        "resource.setrlimit",  # each file gets its own seconds
        "sys._getframe",
        "gc.get_objects",
        "array.__new__",
        "builtins.id",
        "object.__getattr__",
        "object.__setattr__",
        "object.__delattr__",
        "code.__new__",
        "marshal.loads",
        "marshal.dumps",
        "sys.excepthook",
        "sys.unraisablehook",
        "cpython._PySys_ClearAuditHooks",
    }
)
# Found by name when a file is of them, and a module that isn't loaded yet would have to be opened.
_CODECS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp437",
    "cp1252",
    "cp1258",
    "latin-1",
    "ascii",
)


class Guard:
    """`handed`: the only path that may be opened now."""

    def __init__(self) -> None:
        self.handed = ""

    def close(self) -> None:
        """For the rest of the process' life: a hook can't be taken off."""
        for name in _CODECS:
            codecs.lookup(name)
        sys.excepthook = _told_without_source
        sys.addaudithook(self._on_event)

    def _on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and self._is_handed(*arguments[:3]):
            return
        if event not in _HARMLESS:
            os._exit(_ENDED_BY_GUARD)  # an exception could be caught

    def _is_handed(self, path: object, mode: object, flags: object) -> bool:
        reads = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC) == 0
        return bool(self.handed) and str(path) == self.handed and reads and mode in ("r", "rb", None)


def _told_without_source(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What ends the child, for whoever starts it by hand; Python itself would open the source for its lines."""
    while trace is not None:
        sys.stderr.write(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}\n")
        trace = trace.tb_next
    sys.stderr.write(f"{kind.__name__}: {error}\n")
