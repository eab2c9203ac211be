"""`ntm read`: a file cell by cell, as the weekly run would read it. Stores nothing, needs neither server nor ledger."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from config.facts import load_messages
from config.settings import Settings, load_settings
from deployments.cli.before import require_sound
from deployments.cli.read_printed import Printer, facts_of
from deployments.cli.speaking import say_json, silence_events
from domain.campaign import Campaign
from domain.errors import StoreError
from domain.weeks import week_named, week_or_none
from tasks.read_only import FileRead, Wanted, in_the_archive, read_file
from tasks.receiving import require_file, require_owed, require_reporter
from tasks.recorded import may_name_a_file, number_of
from tasks.store.engine import open_engine
from tasks.store.schema import is_current
from tasks.workplace import Workplace, limits_of, workplace


def read_and_show(
    file: str,
    week: str | None,
    reporter: str | None,
    *,
    only_findings: bool,
    as_json: bool,
    codes: Collection[str] | None = None,
) -> None:
    """Print what was understood; of findings only those with these codes.

    Raises UserError for what isn't there, ConfigError; StoreError only for a number.
    """
    settings = load_settings()
    campaign = require_sound(settings)
    silence_events()
    ledger = _ledger(settings)
    wanted = _wanted(file, week, reporter, campaign, settings)
    read = read_file(wanted, campaign, limits_of(settings), ledger)
    if codes is not None:
        read = _with_only(codes, read)
    messages = load_messages(settings.config_root)
    if as_json:
        say_json(facts_of(read, campaign, messages))
    else:
        Printer(campaign, messages, only_findings=only_findings).show(read, has_ledger=ledger is not None)


def _with_only(codes: Collection[str], read: FileRead) -> FileRead:
    """A file that was not opened says why all the same."""
    found = tuple(each for each in read.verdict.findings if each.code in codes or not read.cells)
    return replace(read, verdict=replace(read.verdict, findings=found))


def _ledger(settings: Settings) -> Workplace | None:
    """None where there is none: a file can be read on any machine."""
    try:
        engine = open_engine(settings.database_url)
    except StoreError:
        return None
    try:
        return workplace() if is_current(engine) else None
    finally:
        engine.dispose()


def _wanted(
    file: str, week: str | None, reporter: str | None, campaign: Campaign, settings: Settings
) -> Wanted:
    path = Path(file)
    if may_name_a_file(file) and not path.exists():
        work = workplace()
        return in_the_archive(work, number_of(work, file))
    require_file(path)
    if reporter:
        require_reporter(campaign, reporter)
    folder = path.absolute().parent
    of_folder = week_or_none(folder.parent.name) if campaign.roster.has(folder.name) else None
    of = week_named(week) if week else of_folder
    if of:
        require_owed(campaign, of)
    return Wanted(
        path,
        path.name,
        settings.now(),
        reporter or (folder.name if of_folder else ""),
        of,
    )
