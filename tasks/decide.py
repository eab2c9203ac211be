"""The department's decision over a case: the task around deciding.py."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from domain.judgement import Matter, Witness
from domain.weeks import week_named
from tasks.deciding import decide, ruling, told_words
from tasks.retrying import touches_the_world
from tasks.workplace import workplace

# What a form offers; the API refuses any other word.
Followed = Literal["Theo xã tự đánh giá", "Theo cơ quan thẩm tra"]
About = Literal["Đánh giá", "Hồ sơ", "Kết quả"]
CaseName = Annotated[str, Field(pattern=r"^\s*\S+\s+\S+\s*$")]
PublishedWeek = Annotated[str, Field(pattern=r"^[0-9]{4}-W[0-9]{2}$")]


@dataclass(frozen=True)
class Told:
    """What an operator reads, and whether it was decided now."""

    words: str
    is_new: bool


@touches_the_world("Quyết định chênh lệch")
def decide_one(week: str, case: str, matter: About, choice: Followed, by: str, reason: str) -> Told:
    """case: commune and code, `my_ha 1.1`. Raises UserError where it can't be decided so."""
    work, (commune, code) = workplace(), case.split()
    follows = Witness.COMMUNE if choice == "Theo xã tự đánh giá" else Witness.AGENCY
    about = commune, code, next(each for each in Matter if each.vi == matter)
    done = decide(work, week_named(week), ruling(about, follows, by, reason))
    return Told(told_words(work, done), done.is_new)
