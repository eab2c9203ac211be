"""A person's decision over a quarantined file: the task around settling.py, releasing.py and typed_in.py."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import UserError
from domain.weeks import week_named
from tasks.releasing import Target, release
from tasks.retrying import touches_the_world
from tasks.settling import Answer, Settled, answer, refuse, settled_words
from tasks.typed_in import type_in
from tasks.workplace import Workplace, workplace

# What a form offers; the API refuses any other word.
Choice = Literal["Xác nhận là báo cáo", "Không chấp nhận", "Đã nhập từ bản quét"]
Role = Annotated[str, Field(pattern=r"\S")]
FileNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SettledAs(BaseModel):
    """What some decisions need besides; a name that is no field is refused, never left unread."""

    model_config = ConfigDict(
        extra="forbid",
        title="Báo cáo của đơn vị hoặc tuần khác, tệp đã nhập",
        json_schema_extra={
            "description": "Để trống nếu tệp đúng là báo cáo của thư mục ấy, hoặc không chấp nhận."
        },
    )

    reporter: Annotated[
        str | None, Field(title="Mã đơn vị, nếu không phải đơn vị của thư mục, ví dụ my_ha")
    ] = None
    week: Annotated[
        str | None, Field(title="Tuần báo cáo, nếu không phải tuần của thư mục, ví dụ 2023-W15")
    ] = None
    file: Annotated[str | None, Field(title="Đường dẫn tệp đã nhập từ bản quét, trên máy chủ")] = None


@dataclass(frozen=True)
class Told:
    """The week that the decision touched, what an operator reads, and whether it was taken now."""

    week: str
    words: str
    is_new: bool


@touches_the_world("Xử lý tệp chờ xác minh")
def settle(
    choice: Choice, given: Answer, *, reporter: str | None, week: str | None, file: str | None
) -> Told:
    """Raises UserError where it can't be decided so."""
    work, sound = workplace(), answer(given.number, given.by, given.reason)
    if (file and choice != "Đã nhập từ bản quét") or ((reporter or week) and choice != "Xác nhận là báo cáo"):
        raise UserError(
            "Đơn vị và tuần chỉ ghi khi xác nhận là báo cáo; tệp chỉ ghi khi đã nhập từ bản quét."
        )
    done = _done(work, choice, sound, Target(reporter, week_named(week) if week else None), file)
    return Told(str(done.file.week), settled_words(work, given.number, done), done.is_new)


def _done(work: Workplace, choice: Choice, given: Answer, to: Target, file: str | None) -> Settled:
    match choice:
        case "Xác nhận là báo cáo":
            return release(work, given, to)
        case "Không chấp nhận":
            return refuse(work, given)
        case _ if file:
            return type_in(work, given, Path(file))
    raise UserError("Hãy ghi đường dẫn của tệp đã nhập từ bản quét.")
