"""Every mutant of one source text, by mutmut's operators. Knows no test and touches no file."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators


@dataclass(frozen=True)
class Mutant:
    """`line`: where the changed expression begins. `source`: the whole text with that one change."""

    line: int
    source: str

    def beside(self, sound: str) -> list[str]:
        """The lines that differ, as `- was` and `+ is`."""
        told = ndiff(sound.splitlines(), self.source.splitlines())
        return [f"{each[:2]}{each[2:].strip()}" for each in told if each[0] in "-+"]


def mutants(source: str) -> Iterator[Mutant]:
    """In the order of the text; each once, and only those that are Python."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    seen = {source}
    places = _Places()
    wrapper.visit(places)
    for line, node, instead in places.found:
        changed = cst.ensure_type(wrapper.module.deep_replace(node, instead), cst.Module).code
        if changed not in seen and _is_python(changed):
            yield Mutant(line, changed)
        seen.add(changed)


class _Places(cst.CSTVisitor):
    """mutmut itself passes over whatever stands outside functions and over functions with a decorator: constants,
    defaults of dataclasses, properties, every rule. Only annotations do nothing while a test runs."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                line = self.get_metadata(PositionProvider, node).start.line
                self.found += [(line, node, instead) for instead in operator(node)]
        return True


def _is_python(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True
