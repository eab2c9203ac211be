"""A blank form that comes after a good report takes nothing of it away, on either database."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.story import Story
from tests.tasks.intake.recognise_kit import DEBT, DOSSIERS, PROGRESS, REMARKS, Lines, workbook

pytestmark = pytest.mark.slow

HEADER: Lines = [["Đơn vị báo cáo", "Xã Mỹ Thịnh"], ["Kỳ báo cáo", "12/4/2023"]]
BLANK: dict[str, Lines] = {
    "A. Tiến độ": [*HEADER, PROGRESS, [1, "Quy hoạch", "1.1"], [2, "", "1.2"]],
    "B. Hồ sơ": [DOSSIERS, [1, "1.1", "Quyết định phê duyệt"]],
    "C. Nợ XDCB": [["Đơn vị tính: triệu đồng"], DEBT, ["Tổng cộng", None, None, 0, 0]],
}


@pytest.mark.parametrize(
    ("remark", "state"),
    [("", "returned"), ("Đề nghị huyện bố trí vốn", "accepted")],
    ids=["blank", "remarks only"],
)
def test_a_blank_form_leaves_every_figure_sent_before(
    story: Story, tmp_path: Path, remark: str, state: str
) -> None:
    story.weekly_run()
    before = stated(story)
    file = tmp_path / "BC tuần Mỹ Thịnh.xlsx"
    workbook({**BLANK, "D. Ý kiến": [REMARKS, ["Kiến nghị, đề xuất", remark]]}).save(file)
    story.late_file(file, "my_thinh")
    (line,) = (line for line in story.summary.reporters if line.reporter == "my_thinh")
    assert [each.state for each in line.files if each.file_name == file.name] == [state]
    assert stated(story) == before


def stated(story: Story) -> Mapping[str, object]:
    """What the commune says of its indicators, documents and debt."""
    families = tuple(
        f"{family}/my_thinh/" for family in ("indicator", "criterion", "count", "dossier", "debt")
    )
    found = {key: figure.value for key, figure in story.summary.figures.items() if key.startswith(families)}
    assert len(found) > 100
    return found
