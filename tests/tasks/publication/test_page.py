"""The web page as a parser sees it: self-contained, escaped, every figure with its id, every chart with words."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from domain.judgement import Judgement, Witness
from domain.summary import Summary, count_id, debt_id, rate_id, remark_id
from tasks.publication.cells import Report
from tasks.publication.charts import WIDTH, Chart, criteria_chart, debt_chart, states_chart
from tasks.publication.page import page
from tasks.publication.view import view_of
from tests import factories

Attributes = dict[str, str | None]


class Reader(HTMLParser):
    """Collects tags, texts, and the text that stands under each data-figure."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.texts: list[str] = []
        self.shown: dict[str, set[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        figure_id = self.tags[-1][1].get("data-figure") if self.tags else None
        if figure_id and data.strip():
            self.shown.setdefault(figure_id, set()).add(data.strip())

    def attributes(self, name: str) -> Iterator[str]:
        return (
            value for _, attributes in self.tags for key, value in attributes.items() if key == name and value
        )


def html_of(summary: Summary) -> str:
    campaign = factories.campaign()
    view = view_of(summary, campaign, factories.says)
    return page(view, Report(summary, campaign, factories.says)).decode()


@pytest.fixture(scope="module")
def read() -> Reader:
    return Reader(html_of(factories.summary()))


@pytest.fixture
def report() -> Report:
    return Report(factories.summary(), factories.campaign(), factories.says)


def test_it_is_vietnamese_and_asks_for_nothing_from_outside(read: Reader) -> None:
    assert next(a["lang"] for tag, a in read.tags if tag == "html") == "vi"
    assert {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert list(read.attributes("src")) == []
    assert all(href.startswith("#") for href in read.attributes("href"))
    html = html_of(factories.summary())
    assert "http://" not in html
    assert "https://" not in html
    assert "default-src 'none'" in html


def test_every_link_leads_to_a_section(read: Reader) -> None:
    assert {href[1:] for href in read.attributes("href")} <= set(read.attributes("id"))


def test_ids_are_unique(read: Reader) -> None:
    ids = list(read.attributes("id"))
    assert len(ids) == len(set(ids))


def test_every_figure_that_is_shown_is_published_and_shows_its_value(read: Reader, report: Report) -> None:
    assert read.shown[debt_id("my_ha", "legal")] == {"1.250,5"}
    assert read.shown[count_id("my_ha", Witness.COMMUNE, Judgement.MET)] >= {"9"}
    assert read.shown[rate_id("received")] == {"8"}
    unknown = {i for i in read.shown if i not in report.summary.figures} - {debt_id("my_thanh", "legal")}
    assert {i for i in unknown if read.shown[i] != {"chưa có số liệu"}} == set()


def test_a_dash_is_not_printed_over_a_number_of_criteria() -> None:
    silent = {count_id("my_thanh", Witness.COMMUNE, judgement): 0 for judgement in Judgement}
    silent[count_id("my_thanh", Witness.COMMUNE, Judgement.NOT_STATED)] = 19
    html = html_of(factories.with_values(factories.summary(), silent))
    card = re.search(r'<h2 class="card-label">Xã Mỹ Thành</h2>.*?</div>', html, re.S)
    assert card is not None
    assert "–</span></p>" in card[0]
    assert "/19" not in card[0]


def test_every_change_of_a_second_issue_is_there_folded_away() -> None:
    values = {f"debt/my_ha/project/{n}/legal": n for n in range(60)}
    html = html_of(factories.revised(factories.summary(), "Gửi muộn", values))
    folded = re.search(r"<details><summary>Xem toàn bộ 60 thay đổi</summary>.*?</details>", html, re.S)
    assert folded is not None
    assert folded[0].count('<tr><th scope="row"') == 60
    ids = list(Reader(html).attributes("id"))
    assert len(ids) == len(set(ids))


def test_few_changes_are_shown_once() -> None:
    html = html_of(factories.revised(factories.summary(), "Gửi muộn", {rate_id("received"): 9}))
    assert "<details>" not in html


def test_headline_figures_come_before_every_table() -> None:
    for summary in (
        factories.summary(),
        factories.revised(factories.summary(), "Gửi muộn", {rate_id("received"): 9}),
    ):
        html = html_of(summary)
        assert 0 < html.index('class="cards"') < html.index("<table")
        assert 0 < html.index('class="cards"') < html.index('class="attention"')


def test_labels_stand_at_the_top_and_at_the_bottom(read: Reader) -> None:
    assert read.texts.count("DỰ THẢO") == 1
    assert "DỰ THẢO · DỮ LIỆU MẪU" in read.texts


def test_text_of_a_unit_is_escaped() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=y>\u202e"
    figures = factories.with_values(
        factories.summary(), {remark_id("my_ha", "difficulties"): hostile}
    ).figures
    html = html_of(factories.summary(figures=figures))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "\u202e" not in html


def test_tables_have_captions_and_headings_with_scope(read: Reader) -> None:
    assert [a for tag, a in read.tags if tag == "th" and "scope" not in a] == []
    assert sum(tag == "caption" for tag, _ in read.tags) >= 8


def test_every_chart_has_a_title_and_says_in_words_what_it_shows(read: Reader) -> None:
    drawings = [a for tag, a in read.tags if tag == "svg" and a.get("role") == "img"]
    assert len(drawings) == 3
    ids = set(read.attributes("id"))
    for drawing in drawings:
        assert set(str(drawing["aria-labelledby"]).split()) <= ids


def all_charts(report: Report) -> list[Chart]:
    return [states_chart(report), criteria_chart(report), debt_chart(report)]


def test_segments_fill_a_bar_and_none_leaves_it(report: Report) -> None:
    for chart in all_charts(report):
        for segment in (s for bar in chart.bars for s in bar.segments):
            assert 0 <= segment.x <= segment.x + segment.width <= WIDTH + 0.02
    for bar in criteria_chart(report).bars:
        assert sum(segment.width for segment in bar.segments) == pytest.approx(WIDTH, abs=0.05)


def test_a_commune_without_debt_figures_has_a_word_and_no_bar(report: Report) -> None:
    bars = [bar for bar in debt_chart(report).bars if bar.label.startswith("Xã Mỹ Thành")]
    assert [(bar.segments, bar.note) for bar in bars] == [((), "chưa có số liệu")] * 2


def test_a_sum_that_lacks_a_project_has_its_sign_in_the_chart_too(report: Report) -> None:
    chart = debt_chart(report)
    notes = {bar.label: bar.note for bar in chart.bars}
    assert (notes["Xã Mỹ Hà, theo Luật"], notes["Xã Mỹ Thịnh, theo Luật"]) == ("1.250,5", "250*")
    assert chart.title.endswith("(triệu đồng; * chưa gồm dự án chưa có số liệu)")


def test_debts_are_drawn_on_one_scale(report: Report) -> None:
    """1.250,5 is the longest; 300 of it is 300 / 1250,5."""
    widths = [bar.segments[0].width for bar in debt_chart(report).bars if bar.segments]
    assert widths[3] / widths[0] == pytest.approx(300 / 1250.5, rel=0.001)


def test_the_chart_of_states_counts_every_unit_that_owed_a_report(report: Report) -> None:
    chart = states_chart(report)
    assert chart.bars[0].label == "11 đơn vị phải báo cáo"
    assert "đúng hạn 7" in chart.description
    assert "chưa nộp 1" in chart.description


def test_nobody_owing_anything_is_an_empty_chart_and_no_crash() -> None:
    nobody = factories.summary(reporters=())
    assert "0 đơn vị phải báo cáo" in html_of(nobody)
