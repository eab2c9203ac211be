"""What a witness says of an indicator, and what that makes of a criterion."""

from collections.abc import Iterable
from enum import StrEnum


class Judgement(StrEnum):
    """đạt / cơ bản đạt / chưa đạt / chưa có số liệu. Only stated,
    never computed from a percent or a target."""

    MET = "met"
    NEARLY_MET = "nearly_met"
    NOT_MET = "not_met"
    NOT_STATED = "not_stated"

    @property
    def vi(self) -> str:
        return _VI[self]


_VI = {
    Judgement.MET: "Đạt",
    Judgement.NEARLY_MET: "Cơ bản đạt",
    Judgement.NOT_MET: "Chưa đạt",
    Judgement.NOT_STATED: "Chưa có số liệu",
}


class Witness(StrEnum):
    """Who says it: the commune of itself, or the agency in charge after checking."""

    COMMUNE = "commune"
    AGENCY = "agency"

    @property
    def vi(self) -> str:
        return "Xã tự đánh giá" if self is Witness.COMMUNE else "Cơ quan phụ trách thẩm tra"


class Matter(StrEnum):
    """On what both witnesses of an indicator are heard."""

    JUDGEMENT = "judgement"
    DOSSIERS = "dossiers"  # how far its evidence documents are
    RESULT = "result"  # the number behind it

    @property
    def vi(self) -> str:
        return _MATTER_VI[self]


_MATTER_VI = {Matter.JUDGEMENT: "Đánh giá", Matter.DOSSIERS: "Hồ sơ", Matter.RESULT: "Kết quả"}


# The first that any part has decides the whole. Source: SEMANTICS, "Judgement".
_FIRST_THAT_DECIDES = (Judgement.NOT_MET, Judgement.NOT_STATED, Judgement.NEARLY_MET)


def rolled_up(parts: Iterable[Judgement]) -> Judgement:
    """The judgement of a criterion (or of an indicator written in two rows) from the judgements of its parts.

    Any chưa đạt gives chưa đạt; else any not stated gives chưa có số liệu; else any cơ bản đạt gives cơ bản
    đạt; else đạt. Without parts nothing is stated.
    """
    stated = set(parts)
    if not stated:
        return Judgement.NOT_STATED
    return next((judgement for judgement in _FIRST_THAT_DECIDES if judgement in stated), Judgement.MET)


def agreed(commune: Judgement, agency: Judgement) -> Judgement:
    """What both witnesses say, or NOT_STATED where they differ or one has not spoken."""
    return commune if commune == agency else Judgement.NOT_STATED


def is_difference(commune: Judgement, agency: Judgement) -> bool:
    """Both spoke, and not the same word. Silence of one is no difference."""
    return Judgement.NOT_STATED not in (commune, agency) and commune != agency
