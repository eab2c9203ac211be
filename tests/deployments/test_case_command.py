"""`ntm case` as an officer and a program meet it, on a real ledger."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deployments.cli.main import app
from domain.errors import UserError
from tasks import deciding
from tests.stage_case import CODE, COMMUNE, of_three_matters, publish_a_case, published
from tests.story import CLOSE, WEEK, Story, settings_of

pytestmark = pytest.mark.slow

WORD = ("--week", WEEK, "--by", "Trưởng phòng Nông nghiệp và PTNT", "--reason", "Biên bản [13/4]")


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home", story_now=CLOSE), monkeypatch)
    publish_a_case(played)
    played.at(CLOSE + timedelta(days=1))
    yield played
    played.close()


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["case", *arguments], terminal_width=80, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_case_is_listed_decided_and_listed_as_decided(story: Story) -> None:
    listed = said("list")
    assert "Tuần thứ Tư 12/4/2023: 1 nội dung phải giải quyết" in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert [word for word in (COMMUNE, CODE, "Đánh giá", "Đạt", "Chưa đạt") if word not in listed] == []
    assert "ntm case decide" in listed
    assert "--matter" not in listed
    words = " ".join(listed.split())
    assert "my_thinh 5.1: giải quyết: chưa phân công chính thức; hạn 19/4/2023; " in words
    assert words.count(", ô ") == 2  # both cells
    decided = said("decide", COMMUNE, CODE, *WORD, "--follow", "agency")
    assert "Xã Mỹ Thịnh, chỉ tiêu 5.1, tuần 2023-W15: theo cơ quan thẩm tra; Trưởng phòng" in decided
    assert f"ntm republish --week {WEEK}" in decided
    listed = " ".join(said("list", "--week", WEEK).split())
    assert "0 nội dung phải giải quyết, 1 nội dung đã có quyết định" in listed
    assert "Biên bản [13/4] (bản phát hành chưa có)" in listed
    assert "ntm case decide" not in listed
    published(story, reason="Có quyết định")
    assert "bản phát hành chưa có" not in said("list")


def test_a_program_is_told_the_same(story: Story) -> None:
    told = json.loads(said("list", "--json"))
    (case,) = told["cases"]
    assert told["week"] == WEEK
    assert {
        key: case[key]
        for key in ("commune", "code", "commune_said", "agency_said", "lead", "since", "weeks", "matter")
    } == {
        "matter": "judgement",
        "commune": COMMUNE,
        "code": CODE,
        "commune_said": "met",
        "agency_said": "not_met",
        "lead": None,
        "since": "2023-04-12",
        "weeks": 1,
    }
    assert case["decision"] is None
    assert (case["owner"], case["due"]) == ("chưa phân công chính thức", "2023-04-19")
    assert [each["raw"] for each in case["cells"]] == ["Đạt", "Chưa đạt"]
    assert [each["sheet"] for each in case["cells"]] == ["A. Tiến độ", "Thẩm tra"]
    first = json.loads(said("decide", COMMUNE, CODE, *WORD, "--follow", "commune", "--json"))
    assert (first["is_new"], first["follows"], first["week"], first["matter"]) == (
        True,
        "commune",
        WEEK,
        "judgement",
    )
    again = json.loads(said("decide", COMMUNE, CODE, *WORD, "--follow", "commune", "--json"))
    assert again == first | {"is_new": False}
    (case,) = json.loads(said("list", "--json"))["cases"]
    assert case["decision"] == {key: value for key, value in first.items() if key != "is_new"}
    with pytest.raises(UserError, match="đã được quyết định"):
        said("decide", COMMUNE, CODE, *WORD, "--follow", "agency")


def test_other_matters_are_listed_and_decided_by_their_words(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "summary_of", lambda *_: of_three_matters(story.work.campaign))
    listed = said("list")
    assert "3 nội dung phải giải quyết" in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert [each for each in ("Hồ sơ", "Kết quả", "98,5%", "95%") if each not in listed] == []
    assert "--matter judgement|dossiers|result" in " ".join(listed.split())
    told = said("decide", "my_ha", "2.1", "--matter", "result", *WORD, "--follow", "agency")
    assert "Xã Mỹ Hà, kết quả chỉ tiêu 2.1, tuần 2023-W15: theo cơ quan" in told
    listed = " ".join(said("list").split())
    assert "2 nội dung phải giải quyết, 1 nội dung đã có quyết định" in listed
    assert "my_ha 2.1 (kết quả): theo cơ quan thẩm tra" in listed
    facts = json.loads(said("list", "--json"))["cases"]
    assert [(each["matter"], each["commune_said"], each["agency_said"]) for each in facts] == [
        ("judgement", "met", "not_met"),
        ("dossiers", "đang lập", "phòng xác nhận"),
        ("result", "98,5%", "95%"),
    ]
    assert [each["decision"] and each["decision"]["matter"] for each in facts] == [None, None, "result"]
