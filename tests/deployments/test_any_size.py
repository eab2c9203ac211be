"""The generator of campaigns: the engine finds in each week what was planted in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from deployments.demo.acts import Close, Late
from deployments.demo.any_agencies import OFF, sample_of
from deployments.demo.any_communes import Template
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_sendings import Planted
from deployments.demo.any_size import AnySize, close_of, generate
from domain.summary import FigureValue, ReporterLine, ReporterWeekState, Summary
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import summary
from tasks.aggregate import latest_summary
from tasks.collect import collect
from tasks.settling import waiting
from tests.stage import Stage
from tests.story import Story, settings_of

WHOLE = AnySize(reporters=11, weeks=8)  # three communes, as in the sample
State = ReporterWeekState

# What the engine must say of each at the close, and when all is over.
SAID = {
    Planted.ON_TIME: (State.ON_TIME, State.ON_TIME),
    Planted.LATE: (State.LATE, State.LATE),
    Planted.AFTER_CLOSE: (State.MISSING, State.LATE),
    Planted.TWO_WEEKS_LATE: (State.MISSING, State.LATE),
    Planted.EXTENDED: (State.WAITING, State.EXTENDED),
    Planted.NIL: (State.ON_TIME, State.ON_TIME),
    Planted.COPY: (State.ON_TIME, State.ON_TIME),
    Planted.MISSING: (State.MISSING, State.MISSING),
    Planted.EXCLUDED: (State.MISSING, State.EXCLUDED),
    Planted.RETURNED: (State.RETURNED, State.RETURNED),
    Planted.UNIT_SLIP: (State.RETURNED, State.ON_TIME),
    Planted.DASH: (State.RETURNED, State.LATE),
    Planted.QUARANTINED: (State.QUARANTINED, State.QUARANTINED),
    Planted.RELEASED: (State.QUARANTINED, State.ON_TIME),
    Planted.SECRET: (State.QUARANTINED, State.ON_TIME),
    Planted.SENT_TWICE: (State.ON_TIME, State.ON_TIME),
    Planted.WRONG_WEEK: (State.ON_TIME, State.ON_TIME),
    Planted.WRONG_FOLDER: (State.ON_TIME, State.ON_TIME),
    Planted.DEBT_AGAIN: (State.ON_TIME, State.ON_TIME),
    Planted.PAID_ABOVE: (State.ON_TIME, State.ON_TIME),
    Planted.CRITERION_ROW: (State.ON_TIME, State.ON_TIME),
}

# What is told of its files.
FOUND = {
    Planted.COPY: "UNCHANGED_COPY",
    Planted.RETURNED: "JUDGEMENT_UNKNOWN",
    Planted.UNIT_SLIP: "UNIT_SLIP",
    Planted.DASH: "MONEY_DASH",
    Planted.QUARANTINED: "WEEK_DIFFERS",
    Planted.RELEASED: "WEEK_DIFFERS",
    Planted.SECRET: "FILE_SECRET",
    Planted.DEBT_AGAIN: "TOTAL_ROW_DIFFERS",
    Planted.PAID_ABOVE: "PAID_ABOVE_ALLOTTED",
    Planted.CRITERION_ROW: "CRITERION_ROW_DIFFERS",
}


@dataclass(frozen=True)
class Played:
    """What each week said at its close and when all was over, in the order of the weeks."""

    at_close: tuple[Summary, ...]
    at_the_end: tuple[Summary, ...]
    waiting: frozenset[tuple[str, WeekName]]  # reporter and week of what is in quarantine

    def values(self, figure_id: str) -> list[FigureValue]:
        """In the end, week by week."""
        return [week.value(figure_id) for week in self.at_the_end]


def settings_at(folder: Path, home: Path, moment: datetime, **others: Any) -> Settings:
    given: dict[str, Any] = {
        "inbox": folder / "inbox",
        "config_root": folder / "config",
        "campaign": CAMPAIGN,
    }
    return settings_of(home, story_now=moment, **given, **others)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """WHOLE with every act, without Prefect."""
    folder = tmp_path_factory.mktemp("whole")
    generate(WHOLE, folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        story = Story(settings_at(folder, folder / "home", close_of(WHOLE, 0)), monkeypatch)
        stage, at_close = Stage(story, folder), []
        for act in stage.acts:
            is_known = isinstance(act, Late) and "dưới tên khác" in act.reason
            assert stage.play_only(act) == ("Unchanged" if is_known else "Published")
            if isinstance(act, Close):
                at_close.append(said(story, act.week))
        kept = frozenset((file.reporter, file.week) for file in waiting(story.work))
        yield Played(tuple(at_close), tuple(said(story, week) for week in WHOLE.names), kept)
        story.close()


def said(story: Story, week: WeekName) -> Summary:
    latest = latest_summary(story.work, week)
    assert latest is not None
    return latest


def states(week: Summary) -> dict[str, State | None]:
    return {line.reporter: line.state for line in week.reporters if line.reporter.startswith("xa_")}


def line_of(week: Summary, reporter: str) -> ReporterLine:
    return next(line for line in week.reporters if line.reporter == reporter)


def codes_of(week: Summary, reporter: str) -> set[str]:
    return {finding.code for file in line_of(week, reporter).files for finding in file.findings}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(WHOLE.weeks))
def test_every_week_has_exactly_the_states_that_were_planted(played: Played, number: int) -> None:
    planted = WHOLE.planted(number).items()
    assert states(played.at_close[number]) == {commune: SAID[kind][0] for commune, kind in planted}
    assert states(played.at_the_end[number]) == {commune: SAID[kind][1] for commune, kind in planted}


def test_eight_weeks_of_three_communes_show_everything() -> None:
    shown = [kind for number in range(WHOLE.weeks) for kind in WHOLE.planted(number).values()]
    assert set(shown) == set(Planted) == set(SAID)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "code"), FOUND.items())
def test_every_file_is_told_what_was_planted_in_it(played: Played, kind: Planted, code: str) -> None:
    number, commune = planted_once(kind)
    assert code in codes_of(played.at_the_end[number], commune)


def planted_once(kind: Planted) -> tuple[int, str]:
    """The week and the commune of WHOLE."""
    (of,) = [(n, c) for n in range(WHOLE.weeks) for c, done in WHOLE.planted(n).items() if done is kind]
    return of


@pytest.mark.slow
def test_the_debt_sent_again_replaces_the_debt_alone(played: Played) -> None:
    number, commune = planted_once(Planted.DEBT_AGAIN)
    story = Template(1, int(commune[3:]) - 1).story(WHOLE.names[number], number)
    paid = sum(round(project["paid"] * 10**6) for project in story.debt)  # the first file says 0 of one
    unit = {"triệu đồng": 1, "tỷ đồng": 1000}[story.money_unit]
    week = played.at_close[number]
    assert len(line_of(week, commune).files) == 2
    assert week.value(f"debt/{commune}/paid") == paid * unit


@pytest.mark.slow
def test_a_file_in_the_folder_of_the_week_before_waits_there(played: Played) -> None:
    number, commune = planted_once(Planted.WRONG_WEEK)
    assert (commune, WHOLE.names[number - 1]) in played.waiting
    assert len(line_of(played.at_close[number], commune).files) == 1


@pytest.mark.slow
def test_a_nil_report_is_repeated_the_week_after(played: Played) -> None:
    nil = [{line.reporter for line in week.reporters if line.nil} for week in played.at_close]
    assert any(first & second for first, second in pairwise(nil))


@pytest.mark.slow
def test_an_agency_that_is_off_reports_and_stands_in_no_rate(played: Played) -> None:
    first, second, *_ = played.at_close
    assert line_of(first, OFF).files
    assert OFF not in {line.reporter for line in second.reporters if line.files}
    assert first.value("rate/owed") == WHOLE.reporters


@pytest.mark.slow
def test_a_commune_file_in_an_agency_folder_is_quarantined_there_and_counts_in_its_own(
    played: Played,
) -> None:
    number, commune = planted_once(Planted.WRONG_FOLDER)
    week = played.at_close[number]
    assert "REPORTER_DIFFERS" in codes_of(week, "pnn")
    assert line_of(week, "pnn").state is State.ON_TIME
    assert [file.state for file in line_of(week, commune).files] == ["accepted"]


@pytest.mark.slow
def test_what_moves_moves(played: Played) -> None:
    met = sum_of(played, "indicators_met/{}/commune")
    assert met[-1] > met[0]
    for state in ("province_asked", "province_replied"):
        documents = sum_of(played, f"dossier/{{}}/{state}")
        assert documents[-1] > documents[0]


def test_projects_are_paid_off_one_after_the_other() -> None:
    weeks = [Template(1, 1).story(week, n).debt for n, week in enumerate(WHOLE.names)]
    owing = [{p["decision"] for p in debt if round(p["accepted"] - capital_of(p), 2) > 0} for debt in weeks]
    assert all(later <= earlier for earlier, later in pairwise(owing))
    assert {len(earlier - later) for earlier, later in pairwise(owing)} == {0, 1}
    assert len(owing[0]) - len(owing[-1]) == 2


def capital_of(project: Mapping[str, Any]) -> float:
    return sum(one or 0 for one in project["allotted"])


def sum_of(played: Played, figure_id: str) -> list[int]:
    """Over the communes, week by week; what isn't stated counts as nothing."""
    columns = [played.values(figure_id.format(commune.id)) for commune in WHOLE.communes]
    return [sum(one for one in week if isinstance(one, int)) for week in zip(*columns, strict=True)]


@pytest.mark.slow
def test_no_planned_date_has_passed(played: Played) -> None:
    assert {
        commune
        for week in played.at_the_end
        for commune in states(week)
        if "PLANNED_DATE_PASSED" in codes_of(week, commune)
    } == set()


@pytest.mark.slow
def test_a_planned_date_slips_twice(played: Played) -> None:
    last = played.at_the_end[-1].figures
    assert any(id_.startswith("plan/") and id_.endswith("/moves") and f.value == 2 for id_, f in last.items())


@pytest.mark.slow
def test_a_difference_becomes_a_case_and_is_settled(played: Played) -> None:
    ages = [{i: f.value for i, f in week.figures.items() if i.endswith("/age")} for week in played.at_the_end]
    assert {1, 2} <= {age for week in ages for age in week.values()}  # at once, and after two weeks
    assert any(week.keys() - later.keys() for week, later in pairwise(ages))


@pytest.mark.slow
def test_a_project_is_renamed_once(played: Played) -> None:
    renamed = [id_ for week in played.at_the_end for id_ in week.figures if id_.endswith("/renamed")]
    assert len(renamed) == len(set(renamed)) == 2  # the first of the three templates keeps its names


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_first_commune_lags(seed: int) -> None:
    last = [Template(seed, number).story(WHOLE.names[-1], 7).progress.values() for number in range(3)]
    met = [sum(row[0] == "Đạt" for row in rows) for rows in last]
    assert met[0] < min(met[1:])


@pytest.mark.slow
def test_a_nil_report_is_accepted_in_one_batch_with_the_report_that_it_refers_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = AnySize(reporters=32, weeks=2)
    generate(size, tmp_path)
    story = Story(settings_at(tmp_path, tmp_path / "home", close_of(size, 1), batch_size=100), monkeypatch)
    intake(as_functions(collect), as_functions)
    summary(str(size.names[1]), call=as_functions)
    latest = said(story, size.names[1])
    story.close()
    planted = {commune for commune, kind in size.planted(1).items() if kind is Planted.NIL}
    assert {line.reporter for line in latest.reporters if line.nil} == planted != set()


@pytest.mark.parametrize("reporters", [9, 10, 11, 14, 32, 33, 58, 208])
def test_nobody_repeats_who_never_reported(reporters: int) -> None:
    size = AnySize(reporters=reporters, weeks=8)
    silent = {
        Planted.MISSING,
        Planted.EXCLUDED,
        Planted.RETURNED,
        Planted.QUARANTINED,
        Planted.TWO_WEEKS_LATE,
    }
    reported: set[str] = set()
    for number in range(size.weeks):
        planted = size.planted(number)
        repeats = {c for c, kind in planted.items() if kind in (Planted.NIL, Planted.COPY, Planted.UNIT_SLIP)}
        assert repeats <= reported
        reported |= {c for c, kind in planted.items() if kind not in silent}


def test_of_many_communes_most_that_are_silent_report_the_week_after() -> None:
    size = AnySize(reporters=508, weeks=2)
    first, second = size.planted(0), size.planted(1)
    silent = [c for c, kind in first.items() if kind is Planted.MISSING]
    assert len(silent) == 20
    assert sum(second[c] in (Planted.ON_TIME, Planted.LATE) for c in silent) >= 18


@pytest.mark.slow
def test_the_first_week_of_more_communes_than_kinds_has_the_states_planted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = AnySize(reporters=58)
    generate(size, tmp_path)
    story = Story(settings_at(tmp_path, tmp_path / "home", close_of(size, 0)), monkeypatch)
    stage = Stage(story, tmp_path)
    close, *later = stage.acts
    stage.play_only(close)
    at_close = states(said(story, size.names[0]))
    for act in later:
        stage.play_only(act)
    at_the_end = states(said(story, size.names[0]))
    story.close()
    planted = size.planted(0).items()
    assert at_close == {commune: SAID[kind][0] for commune, kind in planted}
    assert at_the_end == {commune: SAID[kind][1] for commune, kind in planted}


def test_there_are_no_more_weeks_than_the_calendar_knows() -> None:
    assert str(AnySize(reporters=11, weeks=38).names[-1]) == "2023-W52"
    with pytest.raises(ValueError, match="2023-W52"):
        AnySize(reporters=11, weeks=39)


def test_rare_states_have_their_shares_of_the_communes() -> None:
    of_two_hundred = list(AnySize(reporters=208).planted(0).values())
    counted = {kind: of_two_hundred.count(kind) for kind in Planted}
    shares = {Planted.LATE: 16, Planted.MISSING: 8, Planted.RETURNED: 4, Planted.QUARANTINED: 4}
    never = dict.fromkeys((Planted.NIL, Planted.COPY, Planted.UNIT_SLIP, Planted.WRONG_WEEK), 0)
    once = dict.fromkeys(set(Planted) - {*shares, *never, Planted.ON_TIME}, 1)
    assert counted == {**shares, **never, **once, Planted.ON_TIME: 200 - 32 - len(once)}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        generate(AnySize(reporters=15, weeks=2, seed=seed), tmp_path / name)
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "again")
    assert bytes_below(tmp_path / "one") != bytes_below(tmp_path / "other")


def test_agencies_look_at_thirty_communes_a_week_and_at_each_three_weeks_running() -> None:
    listed = AnySize(reporters=208).communes
    first, second, third, fourth = (sample_of(listed, number) for number in range(4))
    assert len(first) == len(fourth) == 30
    stayed = [{one.commune.id: one.since for one in week} for week in (first, second, third)]
    newest = [id_ for id_, since in stayed[0].items() if since == 0]
    assert [[week[id_] for week in stayed] for id_ in newest] == [[0, 1, 2]] * 10
    assert not {one.commune for one in first} & {one.commune for one in fourth}


def test_names_stay_apart_in_the_whole_country() -> None:
    listed = AnySize(reporters=10_600).communes
    assert len(listed) == len({c.name for c in listed}) == 10_592


def bytes_below(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
