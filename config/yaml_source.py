"""One YAML file as a tree of nodes that know their lines. Knows YAML; doesn't know what the file should say.

The tree is composed, never constructed: no type is guessed; 17.10 stays the text "17.10", 16:00 is no 960.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from config.mistakes import Mistake

# libyaml composes eight times faster; PyYAML falls back where its wheel has no C part.
# The base loader resolves no types, which would be half of the time.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULL = ("", "~", "null", "Null", "NULL")

Step = str | int  # a key of a mapping, an index of a list


@dataclass(frozen=True)
class YamlSource:
    """`root` is None where the file is missing, empty or no YAML; that is reported once, when it is read."""

    name: str
    root: yaml.Node | None

    def keys(self, *path: Step) -> tuple[str, ...]:
        """The keys written at this path, also of entries that could not be understood."""
        node = self.root
        for step in path:
            node = _child(node, step)[1]
        if not isinstance(node, yaml.MappingNode):
            return ()
        return tuple(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))

    def line(self, *path: Step) -> int:
        """Where the deepest existing step of this path is written; 1 for a file without content."""
        place, node = self.root, self.root
        for step in path:
            key, node = _child(node, step)
            place = key or place
        return line_of(place) if place else 1

    def mistake(self, message: str, *path: Step) -> Mistake:
        return Mistake(self.name, self.line(*path), message)


def read_yaml(name: str, data: bytes) -> tuple[YamlSource, tuple[Mistake, ...]]:
    """Never raises: what is no YAML comes back as a mistake with its line."""
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return YamlSource(name, None), (Mistake(name, line, "Tệp không phải là văn bản UTF-8."),)
    except yaml.YAMLError as error:
        return YamlSource(name, None), (_syntax_mistake(name, data, error),)
    return YamlSource(name, root), () if root else (Mistake(name, 1, "Tệp không có nội dung."),)


def is_null(node: yaml.Node) -> bool:
    """Nothing, ~ or null without quotation marks."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULL


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def pairs(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    yield from node.value


def bytes_hash(files: Mapping[str, bytes]) -> str:
    """sha256 over relative names and bytes, each with its length before it, in the order of names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def _child(node: yaml.Node | None, step: Step) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The node that shows the place of this step, and the node found there."""
    if isinstance(node, yaml.MappingNode):
        if isinstance(step, int):
            return (node, node) if step == 0 else (None, None)  # one record stands for a list of one
        return next(((key, value) for key, value in node.value if key.value == step), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


def _syntax_mistake(name: str, data: bytes, error: yaml.YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a character that YAML forbids; the error gives its offset only
        offset = getattr(error, "position", 0)
        line = data.decode("utf-8-sig")[:offset].count("\n") + 1
        return Mistake(name, line, "Có ký tự không được dùng trong tệp YAML.")
    return Mistake(name, mark.line + 1, f"Sai cú pháp YAML: {getattr(error, 'problem', None) or error}.")
