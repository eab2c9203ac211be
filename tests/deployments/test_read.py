"""`ntm read` as an operator and as a program meet it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli.main import app
from tests.story import DEMO
from tests.tasks.intake.packages import FORMS

INBOX = DEMO / "inbox" / "2023-W15"
THANH = INBOX / "my_thanh" / "BC tuần NTM xã Mỹ Thành ngày 12-4-2023.xlsx"


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NTM_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["read", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return " ".join(result.output.split())


def as_json(*arguments: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(said(*arguments, "--json"))
    return result


def test_the_table_shows_place_heading_text_and_meaning_and_the_decision(empty_home: Path) -> None:
    told = said(str(THANH))
    assert "Xã Mỹ Thành, tuần thứ Tư 12/4/2023" in told
    assert "I7 Ngày dự kiến hoàn thành 28/04/2023 28/4/2023" in told
    assert "Nếu nộp tệp này: trả lại" in told
    assert "chưa so với các tuần trước" in told
    assert list(empty_home.iterdir()) == []


def test_only_what_is_to_be_looked_at_is_shown_on_demand() -> None:
    told = said(str(THANH), "--findings")
    assert "Lỗi:" in told
    assert "C5 Mã chỉ tiêu" not in told


def test_a_program_gets_every_cell_with_its_raw_text_and_every_finding_with_its_place() -> None:
    read = as_json(str(INBOX / "my_ha" / "Nợ XDCB xã Mỹ Hà 12.4.2023.csv"))
    (cell,) = [cell for cell in read["cells"] if cell["cell"] == "G6"]
    assert cell == {
        "sheet": "",
        "cell": "G6",
        "part": "debt",
        "heading": "Giá trị khối lượng thực hiện đã nghiệm thu",
        "raw": "6.412,5",
        "read": "6.412.500.000 đồng",
        "how": "",
        "findings": [],
    }
    assert (read["state"], read["reporter"], read["week"]) == ("accepted", "my_ha", "2023-W15")


def test_a_program_gets_beside_a_cell_what_is_told_of_it() -> None:
    read = as_json(str(INBOX / "my_thinh" / "MyThinh_BC tuan NTM_12042023.xlsx"))
    (cell,) = [cell for cell in read["cells"] if (cell["part"], cell["cell"]) == ("debt", "P9")]
    assert (cell["raw"], cell["read"]) == ("0,35 tỷ đồng", "350.000.000 đồng")
    assert (cell["how"], cell["findings"]) == ("READ_MONEY_CONVERTED", ["READ_MONEY_CONVERTED"])
    (told,) = [each for each in read["findings"] if each["code"] == cell["how"]]
    assert (told["sheet"], told["cell"]) == ("C. Nợ XDCB", "P9")


def test_the_subject_of_a_remark_is_read_as_the_form_calls_it() -> None:
    (cell, *_) = [cell for cell in as_json(str(THANH))["cells"] if cell["part"] == "remarks"]
    assert cell["read"] == "Công tác chỉ đạo, điều hành trong tuần"


def test_a_file_that_is_refused_says_why() -> None:
    bad = FORMS / "bad" / "FILE_ENCRYPTED password.xlsx"
    assert "mật khẩu" in said(str(bad))
    assert as_json(str(bad))["cells"] == []


def test_texts_of_a_file_are_no_markup_and_move_no_cursor(tmp_path: Path) -> None:
    path = tmp_path / "tệp.csv"
    path.write_text("Nội dung;Nội dung báo cáo\nNguyên nhân;[bold red]đỏ[/]\n", encoding="utf-8")
    assert "[bold red]đỏ[/]" in said(str(path), "--reporter", "my_ha")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["không có.xlsx"], "Không có tệp"),
        ([str(THANH), "--reporter", "ai"], "Không có đơn vị"),
        (["7"], "Chưa có cơ sở dữ liệu"),
        ([str(THANH), "--week", "2031-W15"], "nằm ngoài đợt báo cáo"),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, ["read", *arguments])
    assert words in str(result.exception)
