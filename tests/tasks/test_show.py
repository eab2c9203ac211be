"""What the UI shows of a week: the cells of the documents, as Markdown and as lines."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from config.facts import load_messages
from config.settings import Settings
from domain.judgement import Judgement, Witness
from domain.summary import count_id
from tasks import show
from tasks.publication.many import COMMUNES_SHOWN, MANY, UNITS_SHOWN
from tests import factories


@dataclass
class Work:
    """As much of a workplace as showing needs: no database."""

    settings: Settings
    campaign: Any = field(default_factory=factories.campaign)
    messages: Any = field(default_factory=load_messages)


@pytest.fixture
def work(tmp_path: Path) -> Any:
    return Work(Settings(home=tmp_path))


def test_a_silent_commune_is_a_dash_in_the_ui_too(work: Any) -> None:
    silent = {count_id("my_thanh", Witness.COMMUNE, judgement): 0 for judgement in Judgement}
    silent[count_id("my_thanh", Witness.COMMUNE, Judgement.NOT_STATED)] = 19
    markdown = show.figures(work, factories.with_values(factories.summary(), silent)).splitlines()
    assert "| Xã Mỹ Thành | – | – | – | 19 | chưa có số liệu |" in markdown
    assert markdown[1] == "| --- | --- | --- | --- | --- | --- |"


def test_every_reporter_is_a_line_with_its_state(work: Any) -> None:
    lines = {line["Đơn vị"]: line for line in show.reporters(work, factories.summary())}
    assert lines["Phòng Giáo dục và Đào tạo"] == {
        "Đơn vị": "Phòng Giáo dục và Đào tạo",
        "Tình trạng": "chưa nộp",
        "Nhận lúc": "–",
        "Cần lưu ý": "–",
    }
    assert lines["Phòng Tài chính - Kế hoạch"]["Cần lưu ý"] == "2 lỗi, 1 lưu ý"


def test_of_many_units_the_ui_has_the_urgent_ones_and_how_many_more_there_are(tmp_path: Path) -> None:
    campaign = factories.campaign_of(MANY + 1)
    work: Any = Work(Settings(home=tmp_path), campaign)
    lines = show.reporters(work, factories.summary(campaign))
    assert len(lines) == UNITS_SHOWN + 1
    assert lines[-1]["Đơn vị"].endswith("đơn vị khác: xem phụ lục, trang tính “Tình hình nộp”.")
    assert set(lines[-1]) == set(lines[0])
    assert show.figures(work, factories.summary(campaign)).count("| Xã") == COMMUNES_SHOWN + 1


def test_of_many_findings_the_ui_has_the_errors_first_and_how_many_more_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(show, "FINDINGS_SHOWN", 3)
    campaign = factories.campaign_of(MANY + 1)
    work: Any = Work(Settings(home=tmp_path), campaign)
    every = show.findings(Work(Settings(home=tmp_path)), factories.summary())  # type: ignore[arg-type]
    shown = show.findings(work, factories.summary(campaign))
    errors = [line for line in every if line["Mức"] != "lưu ý"]
    assert shown[:-1] == [*errors, *(line for line in every if line["Mức"] == "lưu ý")][:3]
    assert (
        shown[-1]["Đơn vị"] == f"Còn {len(every) - 3} nội dung khác: xem phụ lục, trang tính “Lỗi và lưu ý”."
    )
    assert len(every) > len(errors) > 0
