"""The configuration of a campaign of any size: the sample's own, with as many communes as are asked for.

Knows YAML files and names; nothing of reports. The catalogue, the forms, the agencies and their assignments are the
sample's.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from config.settings import SHIPPED

CAMPAIGN = "any-size"
_SAMPLE = SHIPPED / "campaigns" / "my-loc-2023"
# libyaml writes ten thousand communes in a second; PyYAML alone in ten.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_SOURCE = "dữ liệu mẫu, sinh tự động"
_FIRST = (
    "An Bình Cẩm Đại Đồng Gia Hải Hòa Hợp Hưng Khánh Kim Lộc Minh Mỹ Nam Nghĩa Ngọc Phú Phúc Quang "
    "Tân Thanh Thái Thượng Tiên Trung Trường Văn Vĩnh Xuân Yên"
)
_SECOND = (
    "Bắc Cường Dương Đạo Đức Giang Hà Hiệp Hoàng Hùng Lâm Lập Liên Long Lợi Lương Ninh Phong Phước "
    "Sơn Tâm Thạch Thành Thắng Thịnh Thọ Thuận Tiến Trị Tường Việt Xá"
)


@dataclass(frozen=True)
class Commune:
    """The `number`-th from 0. `office` is what it writes as the sender."""

    number: int
    id: str
    name: str
    office: str
    is_model: bool  # two of three follow the conditions of a model commune, as in the sample


def communes(number: int) -> tuple[Commune, ...]:
    """So many communes, always the same. Past a thousand pairs of syllables a number tells namesakes apart."""
    return tuple(_commune(n) for n in range(number))


def _commune(n: int) -> Commune:
    firsts, seconds = _FIRST.split(), _SECOND.split()
    again, pair = divmod(n, len(firsts) * len(seconds))
    first, second = divmod(pair, len(seconds))
    name = f"{firsts[first]} {seconds[second]}" + (f" {again + 1}" if again else "")
    return Commune(n, f"xa_{n + 1:05}", f"Xã {name}", f"UBND xã {name}", n % 3 != 0)


def write_configuration(
    listed: Sequence[Commune], last_week: str, decided: Mapping[str, Sequence[Mapping[str, str]]], into: Path
) -> None:
    """A whole configuration folder, of the one campaign CAMPAIGN. `decided`: the extensions and exclusions."""
    shutil.copytree(
        SHIPPED, into, ignore=shutil.ignore_patterns("campaigns", "*.py", "py.typed", "__*", "*.md")
    )
    folder = into / "campaigns" / CAMPAIGN
    folder.mkdir(parents=True)
    shutil.copy(_SAMPLE / "assignments.yaml", folder)
    calendar = (_SAMPLE / "calendar.yaml").read_text(encoding="utf-8")
    calendar = re.sub(r"^last_week: \S+", f"last_week: {last_week}", calendar, flags=re.M)
    # What was decided in the sample's story gives way to what was decided here.
    calendar = re.sub(r"^(extensions|exclusions):\n(?: .*\n)+", "", calendar, flags=re.M)
    (folder / "calendar.yaml").write_text(calendar + _written(decided), encoding="utf-8")
    roster = _said("roster.yaml") | {"communes": {c.id: _entry(c) for c in listed}}
    for name, said in (("roster", roster), ("campaign", _campaign(listed))):
        (folder / f"{name}.yaml").write_text(_written(said), encoding="utf-8")


def _written(said: Mapping[str, Any]) -> str:
    text: str = yaml.dump(said, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1000)
    return text


def _entry(commune: Commune) -> dict[str, Any]:
    aliases = [commune.office, commune.name.removeprefix("Xã ")]
    return {"name": commune.name, "aliases": aliases, "source": _SOURCE, "confirmed": True}


def _campaign(listed: Sequence[Commune]) -> dict[str, Any]:
    said = _said("campaign.yaml")
    said["name"] = f"Đợt báo cáo mẫu của {len(listed)} xã"
    said["heading"]["subject"] = "Kết quả xây dựng nông thôn mới nâng cao, kiểu mẫu"
    for code, condition in said["conditions"].items():
        followed = [c.id for c in listed if c.is_model or code == "GATE-NO-DONG"]
        condition["communes"] = followed if condition["communes"] else []
    return said


def _said(name: str) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((_SAMPLE / name).read_text(encoding="utf-8"))
    return said
