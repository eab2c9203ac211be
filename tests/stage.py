"""The acts of a sample campaign played through the plain half-flows, each at its own moment."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from config.settings import Settings
from deployments.cli.playing import play
from deployments.cli.runs import Ending
from deployments.demo.acts import Act, acts_of
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import hand_over, summary
from tasks.collect import collect, take_late
from tests.story import Story


class Stage:
    """An installation on which the acts of a folder are played, without Prefect."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story = story
        self.acts = acts_of(folder, story.work.campaign.calendar)

    def play(self, acts: int = 99) -> list[str]:
        """The first of the acts; how each ended."""
        played = play(self.story.settings, self.acts, self.run)
        return [one.ending.name for one in islice(played, acts)]

    def play_only(self, act: Act) -> str:
        """How this one ended."""
        (played,) = play(self.story.settings, [act], self.run)
        return played.ending.name

    @property
    def published(self) -> dict[str, bytes]:
        """Everything published, by its path below the campaign."""
        root = self.story.settings.published / self.story.settings.campaign
        return {
            p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()
        }

    def run(self, at: Settings, flow: str, given: Mapping[str, object]) -> Ending:
        self.story.at(at.now())
        week = str(given["week"])
        if flow == "weekly_summary":
            intake(as_functions(collect), as_functions)
        if flow == "late_submission":
            number = as_functions(take_late, week, str(given["reporter"]), str(given["file"]), None)
            intake([[number]], as_functions)
        is_new = summary(week, str(given.get("reason", "")), call=as_functions)
        hand_over(week, as_functions)
        return Ending("Published" if is_new else "Unchanged", "")


def files_below(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
