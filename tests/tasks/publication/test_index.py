"""The index of a campaign: its story in one screen, from the weeks' own summaries."""

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.campaign import Campaign, CataloguePeriod
from domain.judgement import Judgement, Witness
from domain.reporters import Roster
from domain.summary import AGREED, ReporterLine, ReporterWeekState, count_id, debt_id
from domain.weeks import WeekName
from tasks.publication import index as index_page
from tasks.publication.cells import Report
from tasks.publication.folders import replace_file
from tasks.publication.index import Issue, index, is_made_of
from tasks.publication.lines import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Axis, series
from tasks.publication.many import MANY, least
from tasks.publication.story import NIL, Story, story_of
from tests import factories, factories_weeks
from tests.tasks.publication.test_page import Reader

FIRST = factories.WEEK
FILES = ("bao-cao.docx", "phu-luc.xlsx", "summary.json", "trang.html")
MADE_OF = "ab" * 32


@pytest.fixture(scope="module")
def latest() -> Report:
    return Report(factories_weeks.compared(), factories.campaign(), factories.says)


def story(week: WeekName, **overrides: object) -> Story:
    """A week of the sample's three communes, everything in order."""
    owing = [unit.id for unit in factories.campaign().roster.reporters if unit.owes]
    numbers = {"my_ha": 9, "my_thinh": 10, "my_thanh": 8}
    facts = {
        "received": "11/11",
        "marks": dict.fromkeys(owing, "on_time"),
        "own": numbers,
        "agreed": numbers,
        "first_try": owing,
    }
    return Story(str(week), legal=dict.fromkeys(numbers, 10**9), **{**facts, **overrides})  # type: ignore[arg-type]


def issue(week: WeekName, number: int = 1, reason: str = "", files: tuple[str, ...] = FILES) -> Issue:
    return Issue(week, number, datetime(2023, 4, 12, 9, 31, tzinfo=UTC), reason, files)


def three_weeks() -> list[Story]:
    return [story(FIRST.shifted(n)) for n in range(3)]


def html_of(latest: Report, stories: list[Story], issues: list[Issue] | None = None) -> str:
    return index(stories, latest, issues or [issue(s.name) for s in stories], MADE_OF).decode()


def row(html: str, name: str) -> list[tuple[str, str]]:
    """(sign, words) of each week of a unit's row."""
    found = re.search(rf'<tr><th scope="row">{name}</th>(.*?)</tr>', html, re.S)
    assert found is not None
    return [(sign, words) for words, sign in re.findall(r'title="([^"]*)">([^<]*)</td>', found[1])]


def test_a_week_s_story_is_what_its_summary_says(latest: Report) -> None:
    """Mỹ Thành is silent: neither a zero of criteria nor one of debt."""
    told = story_of(Report(factories.summary(), factories.campaign(), factories.says))
    assert (told.week, told.received) == ("2023-W15", "8/11")
    assert told.marks["pgd"] == "missing"
    assert "bchqs" not in told.marks  # owes nothing
    figures = factories.summary().figures
    assert told.own["my_ha"] == figures[count_id("my_ha", Witness.COMMUNE, Judgement.MET)].value
    assert told.agreed["my_ha"] == figures[count_id("my_ha", AGREED, Judgement.MET)].value
    assert told.legal["my_ha"] == figures[debt_id("my_ha", "legal")].value == 1_250_500_000
    silent = story_of(latest)
    assert (silent.own["my_thanh"], silent.agreed["my_thanh"], silent.legal["my_thanh"]) == (None, None, None)


def test_a_nil_report_is_marked_beside_its_state() -> None:
    nil = (ReporterLine("pnv", ReporterWeekState.LATE, nil=True),)
    told = story_of(Report(factories.summary(reporters=nil), factories.campaign(), factories.says))
    assert told.marks == {"pnv": "late" + NIL}


def test_a_story_comes_back_from_json_equal() -> None:
    told = story(FIRST, own={"my_ha": None})
    assert Story(**json.loads(json.dumps(asdict(told)))) == told


@pytest.mark.parametrize(
    ("mark", "sign", "words"),
    [
        ("on_time", "✓", "đúng hạn"),
        ("late", "◐", "muộn"),
        ("extended", "⏳\ufe0e", "được gia hạn"),
        ("late+nil", "◐∅", "muộn, không phát sinh"),
        ("returned", "↩\ufe0e", "trả lại"),
        ("quarantined", "⚠\ufe0e", "chờ xác minh"),
        ("waiting", "…", "chưa đến hạn"),
        ("missing", "✗", "chưa nộp"),
        ("excluded", "–", "loại trừ"),
    ],
)
def test_every_state_has_its_sign_and_says_it_in_words(
    latest: Report, mark: str, sign: str, words: str
) -> None:
    weeks = three_weeks()
    weeks[1] = story(FIRST.shifted(1), marks={**weeks[1].marks, "pnv": mark})
    html = html_of(latest, weeks)
    assert row(html, "Phòng Nội vụ") == [("✓", "đúng hạn"), (sign, words), ("✓", "đúng hạn")]
    assert f">{sign.removesuffix('∅')}</b>" in html  # the key


def test_a_week_in_between_that_was_not_published_is_an_empty_column(latest: Report) -> None:
    html = html_of(latest, [story(FIRST), story(FIRST.shifted(2))])
    assert row(html, "Xã Mỹ Hà")[1] == ("", "chưa phát hành")


def test_a_unit_that_owed_nothing_in_a_week_has_an_empty_cell(latest: Report) -> None:
    marks = {unit: state for unit, state in story(FIRST).marks.items() if unit != "ca"}
    html = html_of(latest, [story(FIRST, marks=marks), story(FIRST.shifted(1))])
    assert row(html, "Công an huyện") == [("", "chưa phải báo cáo"), ("✓", "đúng hạn")]


def test_links_lead_to_the_files_of_each_revision_and_to_nothing_else(latest: Report) -> None:
    issues = [issue(FIRST), issue(FIRST, 2, "Gửi bổ sung"), issue(FIRST.shifted(2), files=("trang.html",))]
    read = Reader(html_of(latest, three_weeks(), issues))
    hrefs = set(read.attributes("href"))
    assert hrefs == {
        *(f"2023-W15/r{n}/{name}" for n in (1, 2) for name in FILES if name != "summary.json"),
        "2023-W17/r1/trang.html",
    }
    assert "Gửi bổ sung" in read.texts


def test_the_head_of_a_week_leads_to_its_latest_page(latest: Report) -> None:
    issues = [issue(FIRST, 2), issue(FIRST), issue(FIRST.shifted(1))]
    assert '<a href="2023-W15/r2/trang.html">12/4</a>' in html_of(latest, three_weeks(), issues)


def test_the_newest_revision_stands_on_top_and_old_ones_are_folded_away(latest: Report) -> None:
    weeks = [issue(FIRST.shifted(n)) for n in range(12)]
    html = html_of(latest, three_weeks(), weeks)
    assert html.index("Bản mới nhất (tuần thứ Tư 28/6/2023, lần 1)") < html.index("<table")
    assert "<summary>Xem 2 bản trước đó</summary>" in html


def test_it_asks_for_nothing_from_outside_and_runs_no_script(latest: Report) -> None:
    html = html_of(latest, three_weeks())
    read = Reader(html)
    assert {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert "http://" not in html
    assert "https://" not in html
    assert "default-src 'none'" in html
    ids = list(read.attributes("id"))
    assert len(ids) == len(set(ids))


def test_it_says_draft_and_sample(latest: Report) -> None:
    assert "DỰ THẢO · DỮ LIỆU MẪU" in Reader(html_of(latest, three_weeks())).texts


def test_text_that_people_wrote_is_escaped(latest: Report) -> None:
    html = html_of(latest, three_weeks(), [issue(FIRST, 2, "<script>alert(1)</script>")])
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_equal_weeks_give_equal_bytes(latest: Report) -> None:
    assert html_of(latest, three_weeks()) == html_of(latest, three_weeks())


def test_one_week_is_enough() -> None:
    first = Report(factories.summary(), factories.campaign(), factories.says)
    html = html_of(first, [story_of(first)])
    assert "đã phát hành 1/8 tuần" in html
    assert "<polyline" in html  # the key
    assert "points=" in html
    assert "Tuần gần nhất không có nội dung nào khác nhau kéo dài" in html


def test_open_cases_and_milestones_are_those_of_the_latest_week(latest: Report) -> None:
    html = html_of(latest, three_weeks())
    assert html.index(">1.1 ") < html.index(">2.1 ")
    assert "64/75 (85,3%)" in html
    assert "(ngày cuối cùng 24/4/2023)" in html


AXIS = Axis(FIRST.wednesday, FIRST.shifted(7).wednesday)


def test_a_week_without_a_number_breaks_the_line_and_is_no_zero() -> None:
    values = [9, 10, None, 12, None, 13, 19]
    points = [(FIRST.shifted(n).wednesday, value, 19, str(value)) for n, value in enumerate(values)]
    line = series("own", AXIS, points)
    assert [len(run.split()) for run in line.runs] == [2, 2]  # 12 stands alone
    assert [dot.words for dot in line.dots] == ["9", "10", "12", "13", "19"]
    assert line.dots[-1].y == TOP


def test_a_line_stays_in_its_field() -> None:
    points = [(FIRST.shifted(n).wednesday, value, 19, "") for n, value in ((0, 0), (7, 19), (9, 5))]
    dots = series("own", AXIS, points).dots
    assert (dots[0].x, dots[0].y) == (LEFT, BOTTOM)
    assert (dots[1].x, dots[2].x) == (WIDTH - RIGHT, WIDTH - RIGHT)


def test_no_debt_at_all_is_a_line_on_the_ground() -> None:
    assert series("legal", AXIS, [(FIRST.wednesday, 0, 0, "")]).dots[0].y == BOTTOM


def test_each_week_is_drawn_by_the_number_of_criteria_it_was_asked(latest: Report) -> None:
    """From the third week on the catalogue has one criterion: first nine of nineteen are met, then that one."""
    asked = latest.campaign.catalogue
    one = CataloguePeriod(FIRST.shifted(2).wednesday, replace(asked, criteria=asked.criteria[:1]))
    shrunk = replace(latest.campaign, periods=(CataloguePeriod(date.min, asked), one))
    met = {"my_ha": 1, "my_thinh": 1, "my_thanh": 1}
    weeks = [story(FIRST), story(FIRST.shifted(1)), story(FIRST.shifted(2), own=met, agreed=met)]
    of_the_last = replace(latest.summary, week=FIRST.shifted(2))
    html = html_of(replace(latest, campaign=shrunk, summary=of_the_last), weeks)
    panel = html.partition("<strong>Xã Mỹ Hà</strong>")[2].partition("</figure>")[0]
    assert "tự đánh giá 1/1" in panel
    assert "tất cả tiêu chí</text>" in panel
    told = re.findall(r'<circle class="own" cx="[^"]*" cy="([^"]*)" r="2.4"><title>([^<]*)</title>', panel)
    middle = round(BOTTOM - 9 / 19 * (BOTTOM - TOP), 1)
    assert told == [
        (str(middle), "12/4/2023: 9/19"),
        (str(middle), "19/4/2023: 9/19"),
        (str(TOP), "26/4/2023: 1/1"),
    ]


def large(monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Limits of a district larger than fits, at the size of the sample."""
    monkeypatch.setattr(index_page, "ROWS_SHOWN", 2)
    return factories.campaign()


def test_of_too_many_units_those_with_the_most_gaps_stand_there(
    latest: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    weeks = three_weeks()
    weeks[0] = story(FIRST, marks={**weeks[0].marks, "pnv": "missing", "ca": "late"})
    weeks[1] = story(FIRST.shifted(1), marks={**weeks[1].marks, "pnv": "returned", "pgd": "excluded"})
    html = html_of(latest, weeks)
    matrix = html[html.index('id="theo-tuan"') : html.index('id="moc"')]
    assert re.findall(r'<tr><th scope="row">([^<]*)</th>', matrix) == ["Phòng Nội vụ", "Công an huyện"]
    assert "còn 9 đơn vị khác" in html


def test_of_equal_gaps_who_reported_in_the_fewest_weeks_stands_first(
    latest: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    weeks = three_weeks()
    weeks[0] = story(FIRST, marks={**weeks[0].marks, "my_ha": "late", "my_thinh": "missing"})
    weeks[2] = story(FIRST.shifted(2), marks={**weeks[2].marks, "pgd": "missing"})
    html = html_of(latest, weeks)
    matrix = html[html.index('id="theo-tuan"') : html.index('id="moc"')]
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>', matrix)
    assert rows == ["Xã Mỹ Thịnh", "Phòng Giáo dục và Đào tạo"]


def test_of_many_communes_those_that_met_the_least_are_drawn_and_the_page_says_which() -> None:
    campaign = factories.campaign_of(MANY + 1)
    latest = Report(factories.summary(campaign), campaign, factories.says)
    html = html_of(latest, [story_of(latest)])
    drawn = re.findall(r'<figure class="panel"><figcaption><strong>([^<]*)</strong>', html)
    assert drawn == [commune.name for commune in least(latest).communes()]
    assert f"Chỉ nêu {len(drawn)} trong {MANY + 1} xã: các xã đạt ít tiêu chí nhất" in html
    milestones = html[html.index('id="moc"') : html.index('id="chua-thong-nhat"')]
    assert [c.name for c in least(latest).communes() if f">{c.name}<" in milestones] == drawn
    assert sum(f">{c.name}<" in milestones for c in latest.communes()) == len(drawn)
    few = html_of(Report(factories.summary(), factories.campaign(), factories.says), [story(FIRST)])
    assert "Chỉ nêu" not in few


def test_many_weeks_are_written_upright_and_open_at_the_newest(latest: Report) -> None:
    calendar = replace(latest.campaign.calendar, last_week=FIRST.shifted(51))
    year = replace(latest, campaign=replace(latest.campaign, calendar=calendar))
    html = html_of(year, [story(FIRST.shifted(n)) for n in range(52)])
    assert 'class="matrix upright"' in html
    assert 'class="table newest-first"' in html
    assert 'class="matrix upright"' not in html_of(latest, three_weeks())
    assert re.findall(r'<th scope="colgroup" colspan="(\d+)">(\d+)</th>', html) == [
        ("38", "2023"),
        ("14", "2024"),
    ]


def test_a_commune_that_left_the_roster_takes_its_line_along(latest: Report) -> None:
    roster = Roster(tuple(unit for unit in latest.campaign.roster.reporters if unit.id != "my_thanh"))
    html = html_of(replace(latest, campaign=replace(latest.campaign, roster=roster)), three_weeks())
    assert "Xã Mỹ Thành" not in html


def test_the_page_says_what_it_was_made_of_in_its_first_lines(latest: Report, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    assert not is_made_of(path, MADE_OF)
    path.write_bytes(index(three_weeks(), latest, [issue(FIRST)], MADE_OF))
    assert is_made_of(path, MADE_OF)
    assert not is_made_of(path, "cd" * 32)


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o644
    with pytest.raises(TypeError):
        replace_file(path, "no bytes")  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["index.html"]
    assert path.read_bytes() == b"new"


def shares(html: str, name: str) -> list[str]:
    """Received, on time, at first try of a line of the rates."""
    table = html.partition('id="bang-ty-le"')[2].partition("</table>")[0]
    found = re.search(rf"<tr[^>]*>\s*<t[hd][^>]*>{name}</t[hd]>(.*?)</tr>", table, re.S)
    assert found is not None
    return re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", found[1])


def test_rates_are_of_what_was_owed_over_the_published_weeks(latest: Report) -> None:
    weeks = three_weeks()
    marks = {**weeks[0].marks, "my_ha": "late", "my_thinh": "missing", "my_thanh": "excluded"}
    first = [unit for unit in weeks[0].first_try if unit not in ("my_ha", "my_thinh", "my_thanh")]
    html = html_of(latest, [replace(weeks[0], marks=marks, first_try=first), *weeks[1:]])
    assert shares(html, "Xã Mỹ Hà") == ["3/3 (100%)", "2/3 (66,7%)", "2/3 (66,7%)"]
    assert shares(html, "Xã Mỹ Thịnh") == ["2/3 (66,7%)"] * 3
    assert shares(html, "Xã Mỹ Thành") == ["2/2 (100%)"] * 3
    assert shares(html, "Các xã") == ["7/8 (87,5%)", "6/8 (75%)", "6/8 (75%)"]
    owed = 3 * len(weeks[0].marks) - 1
    assert shares(html, "Cả đợt")[0].startswith(f"{owed - 1}/{owed} (")


def test_a_unit_that_the_roster_has_no_more_still_counts_in_the_whole(latest: Report) -> None:
    weeks = three_weeks()
    before = shares(html_of(latest, weeks), "Cả đợt")[0]
    gone = replace(weeks[0], marks={**weeks[0].marks, "xa_cu": "missing"})
    received, _, owed = (
        shares(html_of(latest, [gone, *weeks[1:]]), "Cả đợt")[0].partition(" ")[0].partition("/")
    )
    assert (before.partition("/")[0], int(owed)) == (received, int(received) + 1)


def test_a_unit_that_owed_nothing_has_no_rate(latest: Report) -> None:
    weeks = [replace(week, marks={**week.marks, "my_ha": "excluded"}) for week in three_weeks()]
    assert shares(html_of(latest, weeks), "Xã Mỹ Hà") == ["–"] * 3
