"""The generator of campaigns: the engine finds in each week what was planted in it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from deployments.demo.any_roster import CAMPAIGN
from deployments.demo.any_size import AnySize, Planted, close_of, generate
from domain.summary import ReporterWeekState, Summary
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import summary
from tasks.aggregate import latest_summary
from tasks.collect import collect
from tests.story import Story, settings_of

SIZE = AnySize(reporters=14, weeks=2)

# What the engine must say of each: state, nil mark.
SAID = {
    Planted.ON_TIME: (ReporterWeekState.ON_TIME, False),
    Planted.LATE: (ReporterWeekState.LATE, False),
    Planted.NIL: (ReporterWeekState.ON_TIME, True),
    Planted.MISSING: (ReporterWeekState.MISSING, False),
    Planted.RETURNED: (ReporterWeekState.RETURNED, False),
    Planted.QUARANTINED: (ReporterWeekState.QUARANTINED, False),
}


def settings_at(folder: Path, home: Path, moment: datetime, **others: Any) -> Settings:
    given: dict[str, Any] = {
        "inbox": folder / "inbox",
        "config_root": folder / "config",
        "campaign": CAMPAIGN,
    }
    return settings_of(home, story_now=moment, **given, **others)


def played(folder: Path, home: Path, size: AnySize, monkeypatch: pytest.MonkeyPatch) -> list[Summary]:
    """The first revision of each week, taken in and summed up at its close."""
    story = Story(settings_at(folder, home, close_of(size, 0)), monkeypatch)
    said = []
    for number, week in enumerate(size.names):
        story.at(close_of(size, number))
        intake(as_functions(collect), as_functions)
        summary(str(week), call=as_functions)
        latest = latest_summary(story.work, week)
        assert latest is not None
        said.append(latest)
    story.close()
    return said


@pytest.mark.slow
def test_a_generated_campaign_has_exactly_the_states_that_were_planted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(SIZE, tmp_path)
    first, second = played(tmp_path, tmp_path / "home", SIZE, monkeypatch)
    for number, week in enumerate((first, second)):
        planted = {reporter: SAID[kind] for reporter, kind in SIZE.planted(number).items()}
        assert {line.reporter: (line.state, line.nil) for line in week.reporters if line.owes} == planted
    assert set(SIZE.planted(1).values()) == set(Planted)  # 6 communes: one of each kind


@pytest.mark.slow
def test_a_nil_report_is_accepted_in_one_batch_with_the_report_that_it_refers_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(SIZE, tmp_path)
    story = Story(settings_at(tmp_path, tmp_path / "home", close_of(SIZE, 1), batch_size=100), monkeypatch)
    intake(as_functions(collect), as_functions)
    summary(str(SIZE.names[1]), call=as_functions)
    latest = latest_summary(story.work, SIZE.names[1])
    story.close()
    assert latest is not None
    assert {line.reporter for line in latest.reporters if line.nil} == {
        reporter for reporter, kind in SIZE.planted(1).items() if kind is Planted.NIL
    }


def test_nobody_says_nil_who_never_reported() -> None:
    assert Planted.NIL not in SIZE.planted(0).values()


def test_rare_states_have_their_shares_of_the_communes() -> None:
    of_two_hundred = list(AnySize(reporters=208).planted(0).values())
    counted = {kind: of_two_hundred.count(kind) for kind in Planted}
    assert counted == {
        Planted.LATE: 16,
        Planted.MISSING: 8,
        Planted.RETURNED: 4,
        Planted.QUARANTINED: 4,
        Planted.NIL: 0,  # 8 of the 200, but nobody reported before
        Planted.ON_TIME: 176,  # 168 communes and 8 agencies
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        generate(AnySize(reporters=15, seed=seed), tmp_path / name)
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "again")
    assert bytes_below(tmp_path / "one") != bytes_below(tmp_path / "other")


def test_agencies_look_at_other_communes_each_week_and_never_at_more_than_thirty() -> None:
    from deployments.demo.any_stories import sample_of

    listed = AnySize(reporters=208).communes
    first, second = sample_of(listed, 0), sample_of(listed, 1)
    assert len(first) == len(second) == 30
    assert not set(first) & set(second)


def test_names_stay_apart_in_the_whole_country() -> None:
    listed = AnySize(reporters=10_600).communes
    assert len(listed) == len({c.name for c in listed}) == 10_592


def bytes_below(folder: Path) -> dict[str, bytes]:
    folders = sorted({path.parent for path in folder.rglob("*") if path.is_file()})
    return {
        f"{f.relative_to(folder)}/{name}": data for f in folders for name, data in files_in_only(f).items()
    }


def files_in_only(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
