"""How this installation runs: folders, database, office, clock. The only reader of the environment (NTM_...).

Knows where things lie; nothing of campaigns (facts.py). Settings are read once by a door and handed down.
A dataclass, not pydantic-settings: that import alone takes 0.18 s of the half second `ntm status` may take.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

from config.mistakes import ConfigMistakes, Mistake, closest
from config.shape import scalar

PREFIX = "NTM_"
SHIPPED = Path(__file__).parent
HOME = "{home}"  # stands for the home folder in the defaults below


class InboxKind(StrEnum):
    FOLDER = "folder"
    BACKFILL = "backfill"


class OfficeKind(StrEnum):
    FOLDER = "folder"
    HTTP = "http"


@dataclass(frozen=True)
class Secret:
    """A text that no log, traceback or repr shows."""

    _value: str = field(default="", repr=False)

    def get_secret_value(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)


NO_SECRET = Secret()


class About(NamedTuple):
    meaning: str
    least: int | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every folder is absolute; those below home follow it unless they are set themselves."""

    home: Annotated[Path, About("Folder of everything the engine keeps.")] = Path("var")
    database_url: Annotated[
        str, About("Ledger: sqlite:///file or postgresql+psycopg://user:password@host/name.")
    ] = field(default=f"sqlite:///{HOME}/ntm.sqlite3", repr=False)
    campaign: Annotated[str, About("Folder below campaigns/ of the configuration.")] = "my-loc-2023"
    config_root: Annotated[Path, About("Folder of the configuration.")] = SHIPPED
    inbox: Annotated[Path, About("Where files arrive: `<week>/<reporter>/<file>`. Never written.")] = Path(
        f"{HOME}/inbox"
    )
    inbox_kind: Annotated[
        InboxKind,
        About("`folder`: arrival is when a file was first seen; `backfill`: as received.yaml says."),
    ] = InboxKind.FOLDER
    story_now: Annotated[
        datetime | None, About("The clock (2023-04-12T16:30:00+07:00). Set only for demo, tests, back-fill.")
    ] = None
    office: Annotated[OfficeKind, About("A summary is handed over into a `folder` or by `http`.")] = (
        OfficeKind.FOLDER
    )
    office_folder: Annotated[Path, About("Where `folder` hands over.")] = Path(f"{HOME}/office")
    office_url: Annotated[str, About("Where `http` hands over; required then.")] = ""
    office_token: Annotated[Secret, About("Bearer token for `http`. Never shown.")] = NO_SECRET
    office_timeout_seconds: Annotated[int, About("How long the office may take to answer.", least=1)] = 20
    batch_size: Annotated[
        int, About("Reporters a task takes at once; 0: 1 each up to 50 reporters, 250 above.", least=0)
    ] = 0
    reader_memory_mb: Annotated[int, About("Memory for the process that reads one file.", least=64)] = 512
    reader_cpu_seconds: Annotated[int, About("Processor time for reading one file.", least=1)] = 10
    reader_wall_seconds: Annotated[int, About("Elapsed time for reading one file.", least=1)] = 20
    published: Annotated[Path, About("Where revisions are published, written once.")] = Path(
        f"{HOME}/published"
    )
    replies: Annotated[Path, About("Answers to senders of returned and quarantined files.")] = Path(
        f"{HOME}/replies"
    )
    archive: Annotated[Path, About("Every file received, by its hash.")] = Path(f"{HOME}/archive")
    prefect_home: Annotated[Path, About("Prefect's own database and logs.")] = Path(f"{HOME}/prefect")
    server_port: Annotated[
        int, About("Port of Prefect's server and page, on this machine only.", least=1)
    ] = 4200

    def __post_init__(self) -> None:
        home = self.home.expanduser().absolute()
        for name, value in vars(self).copy().items():
            if isinstance(value, Path):
                object.__setattr__(
                    self, name, Path(str(value).replace(HOME, str(home))).expanduser().absolute()
                )
        object.__setattr__(self, "database_url", self.database_url.replace(HOME, str(home)))

    def now(self) -> datetime:
        """The one clock that doors hand down: aware, UTC."""
        return (self.story_now or datetime.now(UTC)).astimezone(UTC)

    def batch_of(self, reporters: int) -> int:
        """How many reporters one task takes, of so many."""
        return self.batch_size or (
            1 if reporters <= 50 else 250
        )  # measured: DESIGN, "A Prefect task run costs"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """From the environment. Raises ConfigMistakes: every wrong setting by name, and what would be right."""
    environ = os.environ if environ is None else environ
    given = {name: text for name, text in environ.items() if name.startswith(PREFIX) and text}
    mistakes = [_unknown(name) for name in given if name not in _FIELDS]
    values: dict[str, Any] = {}
    for name in given.keys() & _FIELDS.keys():
        try:
            values[_FIELDS[name].name] = _read(_FIELDS[name].name, given[name])
        except ValueError as error:
            mistakes.append(Mistake(name, 0, f"cần {error}."))
    mistakes += _disagreements(values)
    if mistakes:
        raise ConfigMistakes(mistakes)
    return Settings(**values)


def child_environment(settings: Settings) -> dict[str, str]:
    """Our environment for a process that we start, with exactly these settings, defaults written out."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    return inherited | {name: _written(getattr(settings, one.name)) for name, one in _FIELDS.items()}


def settings_table() -> str:
    """docs/settings.md, generated from the fields above."""
    rows = (
        f"| `{name}` | {_shown(one.default)} | {_about(one.name).meaning} |" for name, one in _FIELDS.items()
    )
    return _PAGE + "\n".join(rows) + "\n"


_PAGE = """# Settings

Generated by `config.settings.settings_table`; change the fields there. Read from the environment, once, when
a command or service starts. A wrong or unknown `NTM_` variable stops it, and all are named at once; an empty
one counts as unset. `{home}` is the value of `NTM_HOME`.

| variable | default | meaning |
|---|---|---|
"""


def _read(name: str, text: str) -> object:
    """Raises ValueError that says what would be right. The text isn't repeated: it may be a password."""
    kind = _KINDS[name]
    if kind is Path:
        return Path(text)
    if kind is Secret:
        return Secret(text)
    if datetime in get_args(kind):
        return _aware(text)
    value, least = scalar(text, kind), _about(name).least
    if least is not None and value < least:
        raise ValueError(f"một số nguyên từ {least} trở lên")
    return value


def _written(value: object) -> str:
    """As `load_settings` reads it; an empty text counts as unset."""
    if isinstance(value, Secret):
        return value.get_secret_value()
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _aware(text: str) -> datetime:
    moment = scalar(text, datetime)
    if moment.tzinfo is None:
        raise ValueError("thời điểm có múi giờ, dạng 2023-04-12T16:30:00+07:00")
    return moment  # type: ignore[no-any-return]


def _unknown(name: str) -> Mistake:
    """A misspelt setting would otherwise be ignored in silence."""
    return Mistake(name, 0, f"không có thiết lập này{closest(name, _FIELDS)}")


def _disagreements(values: Mapping[str, Any]) -> list[Mistake]:
    mistakes = []
    url = values.get("office_url", "")
    if (url or values.get("office") is OfficeKind.HTTP) and not url.startswith(("http://", "https://")):
        mistakes.append(Mistake("NTM_OFFICE_URL", 0, "cần địa chỉ bắt đầu bằng https:// (hoặc http://)."))
    if not values.get("database_url", "sqlite:").startswith(
        ("sqlite:", "postgresql:", "postgresql+psycopg:")
    ):
        said = "cần sqlite:///tệp hoặc postgresql+psycopg://người-dùng:mật-khẩu@máy/tên."
        mistakes.append(Mistake("NTM_DATABASE_URL", 0, said))
    return mistakes


def _about(name: str) -> About:
    about: About = _HINTS[name].__metadata__[0]
    return about


def _shown(default: object) -> str:
    if default in (None, "", NO_SECRET):
        return ""
    return "the shipped folder" if default == SHIPPED else f"`{default}`"


_FIELDS = {PREFIX + one.name.upper(): one for one in fields(Settings)}
_KINDS = get_type_hints(Settings)
_HINTS = get_type_hints(Settings, include_extras=True)
