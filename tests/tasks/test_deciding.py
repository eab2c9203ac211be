"""The department decides over a published case: once over the same words, and nobody's word or count changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import UserError
from domain.judgement import Matter, Witness
from domain.revisions import changes
from domain.weeks import WeekName
from tasks import deciding
from tasks.comparing import week_before
from tasks.deciding import Ruling, cases, decide, last_published, ruling, told_words
from tasks.store.case_decisions import known
from tasks.store.engine import reading
from tasks.summing import summed
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.stage_case import CODE, COMMUNE, of_three_matters, publish_a_case, published
from tests.story import CLOSE, WEEK, Story, settings_of

pytestmark = pytest.mark.slow

W15, W16 = WeekName.parse(WEEK), WeekName.parse("2023-W16")
FOLLOWS = f"decision/{COMMUNE}/{CODE}/follows"
FRIDAY = datetime.fromisoformat("2023-04-14T09:00:00+07:00")


@pytest.fixture
def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:  # noqa: F811
    """The week of 12/4 is published with one case; it is Friday."""
    played = Story(settings_of(tmp_path / "home", database_url, story_now=CLOSE), monkeypatch)
    publish_a_case(played)
    played.at(FRIDAY)
    yield played
    played.close()


def word(follows: Witness = Witness.AGENCY, **changed: Any) -> Ruling:
    facts = {
        "commune": COMMUNE, "code": CODE, "matter": Matter.JUDGEMENT, "by": "Trưởng phòng", "reason": "Biên bản 13/4"
    } | changed  # fmt: skip
    about = facts["commune"], facts["code"], facts["matter"]
    return ruling(about, follows, facts["by"], facts["reason"])


def test_a_case_is_decided_once_and_the_next_revision_says_so_beside_both_words(story: Story) -> None:
    (case,) = cases(story.work, last_published(story.work))
    assert (case.commune, case.code, case.weeks, case.decision) == (COMMUNE, CODE, 1, None)
    assert (case.said, case.lead) == (("met", "not_met"), "")
    first = decide(story.work, W15, word())
    assert first.is_new
    assert f"ntm republish --week {WEEK}" in told_words(story.work, first)
    (case,) = cases(story.work, W15)
    assert (case.weeks, case.decision) == (1, first.decision), "the published revision stays as it is"
    before = story.summary
    after = published(story, reason="Có quyết định")
    assert (after.revision, after.value(FOLLOWS)) == (2, "agency")
    assert {c.figure_id for c in after.changes} == {
        "cases/all", f"cases/{COMMUNE}", f"due/difference/{COMMUNE}/{CODE}", f"case/{COMMUNE}/{CODE}/age",
        *(f"decision/{COMMUNE}/{CODE}/{what}" for what in ("follows", "decided_by", "reason")),
    }  # fmt: skip
    assert (before.value("cases/all"), after.value("cases/all")) == (1, 0)
    (case,) = cases(story.work, W15)
    assert (case.weeks, case.decision) == (None, first.decision)


def test_the_first_decision_stands_and_the_next_is_told(story: Story) -> None:
    first = decide(story.work, W15, word())
    story.at(FRIDAY + timedelta(hours=1))
    again = decide(story.work, W15, word(by="Phó trưởng phòng", reason="như trên"))
    assert (again.decision, again.is_new) == (first.decision, False)
    assert "Đã được quyết định từ trước" in told_words(story.work, again)
    story.at(FRIDAY - timedelta(minutes=1))  # another machine's clock is behind
    with pytest.raises(UserError, match=r"theo cơ quan thẩm tra; Trưởng phòng, lúc .*: Biên bản 13/4"):
        decide(story.work, W15, word(Witness.COMMUNE))
    story.at(FRIDAY + timedelta(hours=1))
    published(story, reason="Có quyết định")
    assert not decide(story.work, W15, word()).is_new
    with pytest.raises(UserError, match="đã được quyết định"):
        decide(story.work, W15, word(Witness.COMMUNE))


def test_a_week_as_it_was_known_before_a_decision_is_unchanged(story: Story) -> None:
    first = story.summary
    decide(story.work, W15, word())
    with reading(story.work.engine) as connection:
        then = summed(story.work, connection, W15, FRIDAY - timedelta(seconds=1), None)
        now = summed(story.work, connection, W15, FRIDAY, None)
        assert changes(first.figures, then.figures) == ()
        assert now.value(FOLLOWS) == "agency"


def test_a_decision_goes_on_while_nobody_speaks_and_can_be_another_in_a_later_week(story: Story) -> None:
    decide(story.work, W15, word())
    story.at(CLOSE + timedelta(weeks=1))
    assert published(story, str(W16)).value(FOLLOWS) == "agency", "the week of 12/4 was not published again"
    assert not decide(story.work, W16, word()).is_new
    assert decide(story.work, W16, word(Witness.COMMUNE)).is_new
    week = published(story, str(W16), "Quyết định lại")
    assert (week.revision, week.value(FOLLOWS)) == (2, "commune")
    assert published(story, reason="xem lại").value(FOLLOWS) == "agency"


def test_what_came_after_a_close_does_not_count_for_that_week(story: Story) -> None:
    """The week of 19/4 is published a day late; meanwhile somebody decides over the week of 12/4."""
    story.at(CLOSE + timedelta(weeks=1, minutes=1))
    decide(story.work, W15, word())
    with reading(story.work.engine) as connection:
        as_of = story.work.now()
        week = summed(story.work, connection, W16, as_of, week_before(story.work, W16, None, as_of))
        assert (week.value(FOLLOWS), week.value(f"case/{COMMUNE}/{CODE}/age")) == (None, 2)


REFUSED: tuple[tuple[WeekName, dict[str, Any], str], ...] = (
    (W15, {"code": "17.4"}, "17.4 của Xã Mỹ Thịnh không phải là nội dung phải giải quyết"),
    (W15, {"matter": Matter.DOSSIERS}, "Hồ sơ chỉ tiêu 5.1 của Xã Mỹ Thịnh không phải là nội dung"),
    (W15, {"code": "không có"}, "không phải là nội dung phải giải quyết"),
    (W15, {"commune": "pgd"}, "Không có xã 'pgd'.*ntm case list --week 2023-W15"),
    (W15, {"commune": "nobody"}, "Không có xã"),
    (W16, {}, "chưa phát hành"),
    (W15, {"by": " "}, "--by"),
    (W15, {"reason": ""}, "--reason"),
)


def test_what_cannot_be_decided_is_said(story: Story) -> None:
    for week, changed, told in REFUSED:
        with pytest.raises(UserError, match=told):
            decide(story.work, week, word(**changed))
    assert [case.decision for case in cases(story.work, W15)] == [None]


def test_nobody_follows_a_witness_whose_word_is_not_known(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row is blank this week, so the revision carries no last word either."""
    (case,) = cases(story.work, W15)
    silent = replace(case, said=("met", "not_stated"))
    monkeypatch.setattr(deciding, "cases", lambda *_: (silent,))
    with pytest.raises(UserError, match="theo cơ quan thẩm tra: bên này chưa có đánh giá"):
        decide(story.work, W15, word())
    assert decide(story.work, W15, word(Witness.COMMUNE)).decision.said == ("met", "not_stated")


def test_every_open_case_is_listed_and_what_is_decided_over_one_holds_in_the_next_revision(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = story.work.campaign
    for is_silent in (False, True):
        week = of_three_matters(campaign, is_silent=is_silent)
        monkeypatch.setattr(deciding, "summary_of", lambda *_, week=week: week)
        found = cases(story.work, W15)
        assert len(found) == week.value("cases/all") == 3
        assert [(each.matter, each.said) for each in found] == [
            (Matter.JUDGEMENT, ("met", "not_met")),
            (Matter.DOSSIERS, ("đang lập", "phòng xác nhận")),
            (Matter.RESULT, ("98,5%", "95%")),
        ]
        assert found[0].words == ("Đạt", "Chưa đạt")
    taken = [
        decide(story.work, W15, word(commune="my_ha", code="2.1", matter=each)).decision for each in Matter
    ]
    with reading(story.work.engine) as connection:
        assert sorted(known(connection, campaign.id, W15), key=taken.index) == taken
    decided = of_three_matters(campaign, decisions=taken[1:])
    assert (decided.value("cases/all"), decided.value("decision/my_ha/2.1/result/follows")) == (1, "agency")
    monkeypatch.setattr(deciding, "summary_of", lambda *_: decided)
    assert [each.decision for each in cases(story.work, W15)] == taken
    assert [each.weeks for each in cases(story.work, W15)] == [1, None, None]


def test_before_the_first_week_is_published_there_is_none(
    tmp_path: Path,
    database_url: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = Story(settings_of(tmp_path / "home", database_url), monkeypatch)
    with pytest.raises(UserError, match="Chưa có tuần nào"):
        last_published(story.work)
    story.close()
