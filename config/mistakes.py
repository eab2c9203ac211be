"""A mistake in what an office wrote, with the place to mend it. Knows nothing of YAML or of campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import ConfigError


@dataclass(frozen=True, order=True)
class Mistake:
    """`file` is relative to the config folder, or the name of a setting; `line` from 1, 0 = the whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class ConfigMistakes(ConfigError):
    """Every mistake of one loading at once, sorted by file and line. Its text lists them, one a line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        lines = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(f"Cấu hình có {len(self.mistakes)} chỗ cần sửa:\n{lines}\nĐề nghị sửa rồi chạy lại.")

    def __reduce__(self) -> tuple[type["ConfigMistakes"], tuple[tuple[Mistake, ...]]]:
        return type(self), (self.mistakes,)  # a worker process hands it to its parent


def closest(word: str, known: Iterable[str]) -> str:
    """`; có phải "deadline_at"?` for a slip of the keyboard, else what would be right."""
    from difflib import get_close_matches  # only a wrong configuration pays for it

    names = sorted(name for name in known if name)  # what is null in a file is told by itself
    if near := get_close_matches(word, names, n=1):
        return f'; có phải "{near[0]}"?'
    return f"; có thể ghi: {', '.join(names)}." if 0 < len(names) <= _FEW else "."


_FEW = 25  # more than that is no help on a screen
