"""Reads YAML nodes into dataclasses by their annotations; says all that does not fit, each with its line.

Knows types (text, whole number, date, one of a list, record, list, mapping), not what any of them means.
Our own: pydantic, which reads our settings, knows no lines (docs/decisions/0002-configuration-as-yaml-with-lines.md).

What could not be read is None (or empty) in the result, so that the checks across files can still look at
the rest; whoever got mistakes must not use the result for anything else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import yaml

from config.mistakes import Mistake, closest
from config.yaml_source import YamlSource, is_null, line_of, pairs
from domain.weeks import WeekName

T = TypeVar("T")


def decode(source: YamlSource, kind: type[T]) -> tuple[T, tuple[Mistake, ...]]:
    """The whole file as one record."""
    decoder = _Decoder(source)
    result: T = neutral(kind) if source.root is None else decoder.value(source.root, kind, source.name)
    return result, tuple(decoder.mistakes)


def decode_entries(source: YamlSource, kind: type[T]) -> tuple[Mapping[str, T], tuple[Mistake, ...]]:
    """The whole file as a mapping of names to records of one kind."""
    decoder = _Decoder(source)
    result: Mapping[str, T] = {}
    if source.root is not None:
        result = decoder.mapping(source.root, (str, kind), source.name)
    return result, tuple(decoder.mistakes)


def neutral(kind: Any) -> Any:
    """Stands for what could not be read: an empty collection, a record of neutral values, or None."""
    if _is_record(kind):
        hints = _hints(kind)
        return kind(**{name: neutral(hints[name]) for name in _required(kind)})
    return {tuple: (), Mapping: {}}.get(get_origin(kind))


def is_said(*values: object) -> bool:
    """Whether all of these could be read; the types don't show that a wrong file leaves None."""
    return all(value is not None for value in values)


def scalar(text: str, kind: Any) -> Any:
    """One text as a value of this kind. Raises ValueError that says, in Vietnamese, what was expected."""
    if issubclass(kind, StrEnum):
        try:
            return kind(text)
        except ValueError as error:
            raise ValueError(f"một trong: {', '.join(kind)}") from error
    read, expected = _SCALARS[kind]
    try:
        return read(text)
    except (ValueError, InvalidOperation, KeyError, OSError) as error:  # ZoneInfo raises the last two
        raise ValueError(expected) from error


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise ValueError(text)
    return int(text)


def _finite(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError(text)
    return Decimal(text)


class TextOrNumber(str):
    """A text that may be written as a bare number, such as a target of 99."""


# What people don't mean as words: YAML itself would read a number, a date or a switch. Keys may be like that.
_BARE = re.compile(r"[-+]?[\d.,:_-]+|[-+]?\.(nan|inf)|true|false|yes|no|on|off", re.I)

_SCALARS: Mapping[type, tuple[Callable[[str], object], str]] = {
    str: (str, "một đoạn chữ"),
    TextOrNumber: (str, "chữ hoặc số"),
    bool: ({"true": True, "false": False}.__getitem__, "true hoặc false"),
    int: (_whole, "một số nguyên"),
    Decimal: (_finite, "một số, ví dụ 62.5"),
    date: (date.fromisoformat, "ngày dạng 2023-04-25"),
    time: (time.fromisoformat, "giờ dạng 16:30"),
    datetime: (datetime.fromisoformat, "thời điểm dạng 2023-04-25 16:30"),
    WeekName: (WeekName.parse, "tên tuần dạng 2023-W15"),
    ZoneInfo: (ZoneInfo, "múi giờ dạng Asia/Ho_Chi_Minh"),
}


class _Decoder:
    def __init__(self, source: YamlSource) -> None:
        self._source = source
        self.mistakes: list[Mistake] = []

    def value(self, node: yaml.Node, kind: Any, label: str) -> Any:
        inner, optional = without_none(kind)
        if is_null(node):
            return None if optional else self._wrong(node, kind, f'Mục "{label}" đang để trống.')
        if _is_record(inner):
            return self._record(node, inner, label)
        if _collection(inner) is tuple:
            return self._items(node, get_args(inner)[0], label)
        if _collection(inner) is Mapping:
            return self.mapping(node, get_args(inner), label)
        if (
            inner is str
            and isinstance(node, yaml.ScalarNode)
            and not node.style
            and _BARE.fullmatch(node.value)
        ):
            return self._wrong(
                node, kind, f'Mục "{label}" ghi {node.value}; cần chữ (đúng là chữ thì đặt trong "").'
            )
        return self._scalar(node, inner, label)

    def _filled(self, node: yaml.Node, kind: Any, label: str) -> Any:
        """A value that must stand: what is blank says nothing, and prints nothing."""
        read = self.value(node, kind, label)
        if isinstance(read, str) and not read.strip():
            self._say(node, f'Mục "{label}" đang để trống.')
        return read

    def _record(self, node: yaml.Node, kind: type, label: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self._wrong(node, kind, f'Mục "{label}" cần gồm các dòng "tên: giá trị".')
        hints = _hints(kind)
        read: dict[str, Any] = {}
        for key, value in self._pairs_once(node):
            if key.value not in hints:
                self._say(key, f'Không có mục "{key.value}"' + closest(key.value, hints))
            else:
                read_as = self._filled if key.value in _required(kind) else self.value
                read[key.value] = read_as(value, hints[key.value], key.value)
        for name in _required(kind):
            self._complete(node, name, read, hints[name])
        return kind(**read)

    def _complete(self, node: yaml.Node, name: str, read: dict[str, Any], kind: Any) -> None:
        if name not in read:
            self._say(node, f'Thiếu mục "{name}".')
        read.setdefault(name, neutral(kind))

    def _items(self, node: yaml.Node, kind: Any, label: str) -> tuple[Any, ...]:
        if isinstance(node, yaml.MappingNode) and _is_record(kind):
            return (self.value(node, kind, label),)  # one record stands for a list of one
        if not isinstance(node, yaml.SequenceNode):
            self._say(node, f'Mục "{label}" cần là một danh sách, ví dụ [a, b].')
            return ()
        return tuple(self._filled(item, kind, label) for item in node.value)

    def mapping(self, node: yaml.Node, kinds: tuple[Any, ...], label: str) -> dict[Any, Any]:
        if not isinstance(node, yaml.MappingNode):
            self._say(node, f'Mục "{label}" cần gồm các dòng "tên: giá trị".')
            return {}
        read = {}
        for key, value in self._pairs_once(node):
            name = self._scalar(key, kinds[0], label)
            entry = self.value(value, kinds[1], str(key.value))
            if name is not None:
                read[name] = entry
        return read

    def _pairs_once(self, node: yaml.MappingNode) -> list[tuple[yaml.Node, yaml.Node]]:
        """The pairs whose key is plain text and new; YAML itself would let the last of two win in silence."""
        first: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in pairs(node):
            if not isinstance(key, yaml.ScalarNode):
                self._say(key, "Tên mục phải là chữ.")
            elif key.value in first:
                self._say(
                    key, f'Mục "{key.value}" ghi hai lần (lần trước: dòng {line_of(first[key.value][0])}).'
                )
            else:
                first[key.value] = (key, value)
        return list(first.values())

    def _scalar(self, node: yaml.Node, kind: Any, label: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong(node, kind, f'Mục "{label}" cần một giá trị, không phải danh sách hay nhóm.')
        try:
            return scalar(node.value, kind)
        except ValueError as error:
            return self._wrong(node, kind, f'Mục "{label}" ghi "{node.value}"; cần {error}.')

    def _wrong(self, node: yaml.Node, kind: Any, message: str) -> Any:
        self._say(node, message)
        return neutral(without_none(kind)[0])

    def _say(self, node: yaml.Node, message: str) -> None:
        self.mistakes.append(Mistake(self._source.name, line_of(node), message))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


@cache
def _required(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)


@cache
def _collection(kind: Any) -> Any:
    return get_origin(kind)


@cache
def _is_record(kind: Any) -> bool:
    return is_dataclass(kind) and kind not in _SCALARS  # WeekName is a dataclass, and is written as one word


@cache
def without_none(kind: Any) -> tuple[Any, bool]:
    """The kind of value that an annotation asks for, and whether there may be none."""
    if get_origin(kind) not in (Union, UnionType):
        return kind, False
    inner = [arg for arg in get_args(kind) if arg is not type(None)]
    return inner[0], len(inner) < len(get_args(kind))
