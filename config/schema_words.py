"""What spellings.yaml and messages.vi.yaml may say: one record per kind of entry, as in schema.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.findings import Severity
from domain.forms import DossierState
from domain.judgement import Judgement


@dataclass(frozen=True, kw_only=True)
class SpellingsFile:
    judgement: Mapping[Judgement, tuple[str, ...]]
    dossier_state: Mapping[DossierState, tuple[str, ...]]
    money_unit: Mapping[int, tuple[str, ...]]
    footer: tuple[str, ...]
    mark: tuple[str, ...]
    secret: tuple[str, ...]
    unmarked: tuple[str, ...] = ()
    nil: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    affirmed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MessageEntry:
    severity: Severity
    when: str
    says: str
    mend: str = ""
