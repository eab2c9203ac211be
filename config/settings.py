"""How this installation runs: folders, database, office, clock. The only reader of the environment (NTM_...).

Knows where things lie; nothing of campaigns (facts.py). Settings are read once by a door and handed down.
pydantic-settings finds, reads and limits the values; what is ours is the sentence for each kind of mistake.
"""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from config.mistakes import ConfigMistakes, Mistake, closest

PREFIX = "NTM_"
SHIPPED = Path(__file__).parent
HOME = "{home}"  # stands for the home folder in the defaults below


class InboxKind(StrEnum):
    FOLDER = "folder"
    BACKFILL = "backfill"


class OfficeKind(StrEnum):
    FOLDER = "folder"
    HTTP = "http"


def _placed(folder: Path, info: ValidationInfo) -> Path:
    home = str(info.data.get("home", ""))
    try:
        return Path(str(folder).replace(HOME, home)).expanduser().absolute()
    except RuntimeError:  # ~nobody/inbox
        raise ValueError("cần đường dẫn của một thư mục, ví dụ /srv/ntm.") from None


def _moment(said: object) -> object:
    """ISO only: pydantic would take a bare number for seconds since 1970."""
    try:
        return datetime.fromisoformat(said) if isinstance(said, str) else said
    except ValueError:
        raise ValueError(_A_MOMENT) from None


_A_MOMENT = "cần thời điểm có múi giờ, dạng 2023-04-12T16:30:00+07:00."

Folder = Annotated[Path, AfterValidator(_placed)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]


class Settings(BaseSettings):
    """Every folder is absolute; those below home follow it unless they are set themselves.

    Built directly, it holds what it is given and the defaults; only `load_settings` looks at the environment.
    A field's check sees the fields above it: home comes first, office before office_url.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, validate_default=True, hide_input_in_errors=True
    )

    home: Folder = Field(default=Path("var"), description="Folder of everything the engine keeps.")
    database_url: str = Field(
        default=f"sqlite:///{HOME}/ntm.sqlite3",
        description="Ledger: sqlite:///file or postgresql+psycopg://user:password@host/name.",
        repr=False,
    )
    campaign: str = Field(default="my-loc-2023", description="Folder below campaigns/ of the configuration.")
    config_root: Folder = Field(default=SHIPPED, description="Folder of the configuration.")
    inbox: Folder = Field(
        default=Path(f"{HOME}/inbox"),
        description="Where files arrive: `<week>/<reporter>/<file>`. Never written.",
    )
    inbox_kind: InboxKind = Field(
        default=InboxKind.FOLDER,
        description="`folder`: arrival is when a file was first seen; `backfill`: as received.yaml says.",
    )
    story_now: Moment | None = Field(
        default=None,
        description="The clock (2023-04-12T16:30:00+07:00), for demo, tests, back-fill; a run needs `backfill` too.",
    )
    office: OfficeKind = Field(
        default=OfficeKind.FOLDER, description="A summary is handed over into a `folder` or by `http`."
    )
    office_folder: Folder = Field(default=Path(f"{HOME}/office"), description="Where `folder` hands over.")
    office_url: str = Field(default="", description="Where `http` hands over; required then.")
    office_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token for `http`. Never shown."
    )
    office_timeout_seconds: int = Field(
        default=20,
        ge=1,
        description="Seconds for handing one revision over, until the answer's last byte; one more for every megabyte.",
    )
    batch_size: int = Field(
        default=0,
        ge=0,
        le=10_000,  # SQLite takes 32,766 values in one statement
        description="Reporters a task takes at once; 0: 1 each up to 50 reporters, 250 above.",
    )
    reader_memory_mb: int = Field(
        default=512, ge=64, description="Memory for the process that reads one file."
    )
    reader_cpu_seconds: int = Field(default=10, ge=1, description="Processor time for reading one file.")
    reader_wall_seconds: int = Field(default=20, ge=1, description="Elapsed time for reading one file.")
    published: Folder = Field(
        default=Path(f"{HOME}/published"),
        description="Where revisions are published, written once; an index follows them.",
    )
    replies: Folder = Field(
        default=Path(f"{HOME}/replies"),
        description="Answers to senders of returned and quarantined files: `<campaign>/<reporter>/`.",
    )
    archive: Folder = Field(default=Path(f"{HOME}/archive"), description="Every file received, by its hash.")
    prefect_home: Folder = Field(
        default=Path(f"{HOME}/prefect"), description="Prefect's own database and logs."
    )
    server_port: int = Field(
        default=4200, ge=1, le=65535, description="Port of Prefect's server and page, on this machine only."
    )

    @field_validator("database_url")
    @classmethod
    def _is_a_ledger(cls, url: str, info: ValidationInfo) -> str:
        if not url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
            raise ValueError("cần sqlite:///tệp hoặc postgresql+psycopg://người-dùng:mật-khẩu@máy/tên.")
        return url.replace(HOME, str(info.data.get("home", "")))

    @field_validator("office_token")
    @classmethod
    def _fits_in_a_header(cls, token: SecretStr) -> SecretStr:
        said = token.get_secret_value()
        if said and not re.fullmatch(r"[\x21-\x7e]+", said):
            raise ValueError("cần một dòng chỉ gồm chữ không dấu, chữ số và dấu câu, không có khoảng trắng.")
        return token

    @field_validator("office_url")
    @classmethod
    def _is_there_for_http(cls, url: str, info: ValidationInfo) -> str:
        is_wanted = url or info.data.get("office") is OfficeKind.HTTP
        if is_wanted and not url.startswith(("http://", "https://")):
            raise ValueError("cần địa chỉ bắt đầu bằng https:// (hoặc http://).")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        *_others: Any,
        **_by_name: Any,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """No environment, no .env: the demo and the tests must not be turned by a variable of the shell."""
        return (init_settings,)

    def now(self) -> datetime:
        """The one clock that doors hand down: aware, UTC."""
        return (self.story_now or datetime.now(UTC)).astimezone(UTC)

    def at(self, moment: datetime) -> Self:
        """The same, with the clock standing at this aware moment."""
        return self.model_copy(update={"story_now": moment})

    def published_week(self, campaign: str, week: str) -> Path:
        """Where the revisions of a week lie, each in its folder `r<n>`."""
        return self.published / campaign / week

    def published_index(self, campaign: str) -> Path:
        """The page over all weeks of a campaign."""
        return self.published / campaign / "index.html"

    def batch_of(self, reporters: int) -> int:
        """How many reporters one task takes, of so many."""
        # measured: DESIGN, "A Prefect task run costs"
        return self.batch_size or (1 if reporters <= 50 else 250)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """From the environment. Raises ConfigMistakes: every wrong setting by name, and what would be right."""
    environ = os.environ if environ is None else environ
    given = {name: text for name, text in environ.items() if name.startswith(PREFIX) and text}
    unknown = {name: given.pop(name) for name in given.keys() - _variables()}  # refused as extra fields
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): text for name, text in given.items()}  # its names are in small letters
    values: dict[str, Any] = source() | unknown
    try:
        return Settings(**values)
    except ValidationError as error:
        # `from None`: a traceback would show the library's text, which is in English
        raise ConfigMistakes(map(_mistake, error.errors(include_url=False, include_input=False))) from None


def stand_at(moment: str) -> None:
    """Set this process's clock to a moment of the story: whoever reads the settings from now on finds it there."""
    os.environ[_variable("story_now")] = moment


def configuration_settings(
    wrong: Iterable[Mistake], environ: Mapping[str, str] | None = None
) -> Settings | None:
    """Where the configuration lies although other settings are wrong; None where that is wrong itself."""
    environ = os.environ if environ is None else environ
    names = {_variable(name) for name in ("home", "campaign", "config_root")}
    if names & {mistake.file for mistake in wrong}:
        return None
    return load_settings({name: text for name, text in environ.items() if name in names})


def child_environment(settings: Settings) -> dict[str, str]:
    """Our environment for a process that we start, with exactly these settings, defaults written out."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    values = settings.model_dump(mode="json") | {"office_token": settings.office_token.get_secret_value()}
    return inherited | {_variable(name): "" if said is None else str(said) for name, said in values.items()}


def settings_table() -> str:
    """docs/settings.md, generated from the fields above."""
    rows = (
        f"| `{_variable(name)}` | {_shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    )
    return _PAGE + "\n".join(rows) + "\n"


_PAGE = """# Settings

Generated by `config.settings.settings_table`; change the fields there. Read from the environment, once, when
a command or service starts. A wrong or unknown `NTM_` variable stops it, and all are named at once; an empty
one counts as unset. `{home}` is the value of `NTM_HOME`.

| variable | default | meaning |
|---|---|---|
"""


def _mistake(error: ErrorDetails) -> Mistake:
    """What would be right. The text given isn't repeated: it may be a password."""
    name, kind, facts = str(error["loc"][0]), error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":  # a misspelt setting would otherwise be ignored in silence
        return Mistake(name, 0, f"không có thiết lập này{closest(name, _variables())}")
    if kind == "enum":
        facts = {"expected": facts["expected"].replace(" or ", ", ").replace("'", "")}
    return Mistake(_variable(name), 0, _RIGHT.get(kind, _UNFIT).format(**facts))


# Sentences for pydantic's types of error, with the facts that each brings; its own sentences are in English.
_RIGHT = {
    "enum": "cần một trong: {expected}.",
    "greater_than_equal": "cần một số nguyên từ {ge} trở lên.",
    "less_than_equal": "cần một số nguyên không quá {le}.",
    "int_from_float": "cần một số nguyên.",
    "int_parsing": "cần một số nguyên.",
    "timezone_aware": _A_MOMENT,
    "value_error": "{error}",  # raised by a check above, in Vietnamese
}
_UNFIT = "không đọc được; xem docs/settings.md."


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _variables() -> set[str]:
    return {_variable(name) for name in Settings.model_fields}


def _shown(default: object) -> str:
    if default is None or str(default) == "":
        return ""
    return "the shipped folder" if default == SHIPPED else f"`{default}`"
