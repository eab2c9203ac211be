"""The campaign's index page is written anew when the ledger knows a revision that the page doesn't show.

Up to date is a cheap question: the page names what it was made of. What was read out of each week's summary is kept
beside it (`.index.json`), so one new revision costs one summary, not a year of them. Both files can be thrown away.
"""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from domain.errors import StoreError
from tasks.publication.cells import Report
from tasks.publication.folders import replace_file
from tasks.publication.index import Issue, index, is_made_of
from tasks.publication.story import Story, story_of
from tasks.store.publications import Revision
from tasks.summaries import summary_of
from tasks.workplace import Workplace

_log = logging.getLogger("ntm.publish")


def keep_index(work: Workplace, revisions: Sequence[Revision]) -> None:
    """Write the page if it shows other revisions than these. It is a convenience: nothing that is owed waits for it."""
    if not revisions:
        return
    try:
        _keep(work, revisions)
    except (OSError, StoreError) as error:
        _log.warning("the index is not written, the next run tries again: %(why)s", {"why": str(error)})


def _keep(work: Workplace, revisions: Sequence[Revision]) -> None:
    path, made_of = work.settings.published_index(work.campaign.id), _made_of(work, revisions)
    if is_made_of(path, made_of):
        return
    latest = {
        revision.week: revision for revision in revisions
    }  # the last of a week wins: they come in order
    newest = latest[max(latest)]
    report = _report(work, newest)
    stories = _stories(work, list(latest.values()), {newest.summary_sha256: story_of(report)})
    issues = [
        Issue(r.week, r.number, r.recorded_at, r.reason, tuple(d.name for d in r.documents))
        for r in revisions
    ]
    replace_file(path, index(stories, report, issues, made_of))
    _log.info("index of %(weeks)s weeks", {"weeks": len(stories)})


def _made_of(work: Workplace, revisions: Sequence[Revision]) -> str:
    """One hash over all that the page depends on."""
    told = [(revision.key, revision.summary_sha256) for revision in revisions]
    return hashlib.sha256(json.dumps([_stamp(work), told]).encode()).hexdigest()


def _stamp(work: Workplace) -> str:
    """Another configuration or code may read other things out of the same summary."""
    return f"{work.stamp.config_hash} {work.stamp.code_version}"


def _report(work: Workplace, revision: Revision) -> Report:
    summary = summary_of(work.archive, revision.summary_sha256)
    return Report(summary, work.campaign, lambda f: work.messages[f.code].sentence(f))


def _stories(work: Workplace, latest: Sequence[Revision], known: Mapping[str, Story]) -> list[Story]:
    """One for each of these revisions; a summary is read only where nothing was kept of it."""
    path = work.settings.published_index(work.campaign.id).with_name(".index.json")
    known = {**_kept(path, _stamp(work)), **known}
    found = {r.summary_sha256: known.get(r.summary_sha256) or story_of(_report(work, r)) for r in latest}
    stories = {sha256: asdict(story) for sha256, story in found.items()}
    kept = {"stamp": _stamp(work), "stories": stories, "sha256": _hash(stories)}
    replace_file(path, json.dumps(kept, sort_keys=True).encode())
    return [found[revision.summary_sha256] for revision in latest]


def _kept(path: Path, stamp: str) -> dict[str, Story]:
    """Summary -> story; nothing where there is none, another configuration or code made them, or somebody else did."""
    try:
        kept: Mapping[str, Any] = json.loads(path.read_bytes())
        if kept["stamp"] != stamp or kept["sha256"] != _hash(kept["stories"]):
            return {}
        return {sha256: Story(**story) for sha256, story in kept["stories"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _hash(stories: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(stories, sort_keys=True).encode()).hexdigest()
