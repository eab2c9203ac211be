"""Checked files become objects of the domain. Called only without mistakes; decides nothing of its own."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from config import schema
from config.assigned import placed_assignments
from config.build_catalogues import catalogue_periods, first_asked
from config.campaign_files import CampaignFiles
from config.dated import aware
from config.schema_forms import ColumnEntry, FormFile, PartEntry
from config.schema_words import SpellingsFile
from config.yaml_source import bytes_hash
from domain.calendar import Calendar, DayOff, Extension, Milestone
from domain.campaign import Campaign, DocumentHeading, Exclusion, Recipient
from domain.criteria import Assignments
from domain.forms import Column, Form, HeaderField, Part, PartForm, Spellings
from domain.reporters import AreaNames, Reporter, ReporterKind, Roster
from domain.vietnamese import match_key


def build_campaign(files: CampaignFiles) -> Campaign:
    facts, periods = files.campaign.data, catalogue_periods(files)
    return Campaign(
        id=files.id,
        name=facts.name,
        notice=facts.notice,
        sample=facts.sample,
        calendar=_calendar(files),
        roster=Roster(tuple(_reporters(files.roster.data)), tuple(_areas(files.roster.data))),
        catalogue=first_asked(periods, files.calendar.data.first_week.wednesday),
        assignments=Assignments(tuple(placed.row for placed in placed_assignments(files))),
        forms=tuple(_form(form.data) for form in files.forms),
        spellings=_spellings(files.spellings.data),
        heading=_heading(facts.heading),
        recipients=tuple(Recipient(id_, entry.name) for id_, entry in facts.recipients.items()),
        severities={**{c: m.severity for c, m in files.messages.data.items()}, **facts.severities},
        extensions=tuple(_extension(one, files.calendar.data.zone) for one in files.calendar.data.extensions),
        exclusions=tuple(_exclusion(one, files.calendar.data.zone) for one in files.calendar.data.exclusions),
        rule_parameters=facts.rule_parameters,
        config_hash=bytes_hash(files.contents),
        periods=periods if len(periods) > 1 else (),
    )


def _calendar(files: CampaignFiles) -> Calendar:
    facts = files.calendar.data
    return Calendar(
        zone=facts.zone,
        first_week=facts.first_week,
        last_week=facts.last_week,
        policy=facts.policy,
        deadline_at=facts.deadline_at,
        close_at=facts.close_at,
        cutoff_at=facts.cutoff_at,
        days_off=_days_off(files),
        working_days_extra=dict(_working_days(files)),
        milestones=tuple(
            Milestone(id_, m.name, m.wording, m.last_good_day, m.dossier_state)
            for id_, m in facts.milestones.items()
        ),
        correction_working_days=facts.correction_working_days,
        locked_after_days=facts.locked_after_days,
        plausible_dates=_plausible_dates(facts),
    )


def _plausible_dates(facts: schema.CalendarFile) -> Mapping[str, tuple[date, date]]:
    first, last = facts.first_week.wednesday, facts.last_week.wednesday
    return {
        column: (first - timedelta(entry.days_before), last + timedelta(entry.days_after))
        for column, entry in facts.plausible_dates.items()
    }


def _days_off(files: CampaignFiles) -> Mapping[date, DayOff]:
    """The country's days off, then the local ones; a working day of working_days_extra wins over both."""
    days = {d: DayOff(name, y.data.announced) for y in files.holidays for d, name in y.data.days_off.items()}
    local = files.calendar.data.days_off_local.items()
    return {**days, **{day: DayOff(entry.name, entry.announced, entry.source) for day, entry in local}}


def _working_days(files: CampaignFiles) -> Iterator[tuple[date, str]]:
    """Saturdays worked in exchange and local working days, except those that are off here; each with why."""
    off = files.calendar.data.days_off_local
    days = (day for year in files.holidays for day in year.data.working_days if day not in off)
    yield from ((day, "làm bù") for day in days)
    for day, entry in files.calendar.data.working_days_local.items():
        yield day, f"{entry.reason} ({entry.source})"


def _extension(entry: schema.ExtensionEntry, zone: ZoneInfo) -> Extension:
    return Extension(
        reporter=entry.reporter,
        week=entry.week,
        until=aware(entry.until, zone),
        reason=entry.reason,
        granted_by=entry.granted_by,
        document_no=entry.document_no,
        asked_by=entry.asked_by,
        decided_at=aware(entry.decided_at, zone) if entry.decided_at else None,
    )


def _exclusion(entry: schema.ExclusionEntry, zone: ZoneInfo) -> Exclusion:
    decided_at = aware(entry.decided_at, zone) if entry.decided_at else None
    return Exclusion(entry.reporter, entry.week, entry.reason, decided_at, entry.decided_by)


def _areas(roster: schema.RosterFile) -> Iterator[AreaNames]:
    return (AreaNames(entry.names, entry.short) for entry in roster.within)


def _reporters(roster: schema.RosterFile) -> Iterator[Reporter]:
    for kind, entries in ((ReporterKind.COMMUNE, roster.communes), (ReporterKind.AGENCY, roster.agencies)):
        for id_, entry in entries.items():
            yield Reporter(
                id=id_,
                name=entry.name,
                kind=kind,
                aliases=entry.aliases,
                owes=entry.owes,
                publishes_remarks=entry.publishes_remarks,
                candidate_for_model=entry.candidate_for_model,
                outstanding_field=entry.outstanding_field,
                valid_from=entry.valid_from,
                valid_to=entry.valid_to,
                successor=entry.successor,
            )


def _form(entry: FormFile) -> Form:
    return Form(
        id=entry.id,
        mark=entry.mark,
        title=entry.title,
        reporter_kind=entry.reporter_kind,
        header_sheet=entry.header.sheet,
        header=tuple(HeaderField(f.id, (f.label, *f.also), f.kind, f.required) for f in entry.header.fields),
        parts=tuple(_part(part, one) for part, one in entry.parts.items()),
    )


def _part(part: Part, entry: PartEntry) -> PartForm:
    return PartForm(
        part=part,
        sheet=entry.sheet,
        columns=tuple(_column(column) for column in entry.columns),
        total_row=entry.total_row,
        no_debt=entry.no_debt,
        part_row=entry.part_row,
        groups=entry.groups,
        subjects={text: id_ for id_, one in entry.subjects.items() for text in (one.label, *one.also)},
    )


def _column(entry: ColumnEntry) -> Column:
    headings = (entry.heading, *entry.also)
    return Column(entry.id, headings, entry.kind, entry.required, entry.key, entry.marked)


def _spellings(entry: SpellingsFile) -> Spellings:
    return Spellings(
        judgement={match_key(text): meaning for meaning, texts in entry.judgement.items() for text in texts},
        dossier_state={
            match_key(text): state for state, texts in entry.dossier_state.items() for text in texts
        },
        money_unit={match_key(text): dong for dong, texts in entry.money_unit.items() for text in texts},
        mark=frozenset(map(match_key, entry.mark)),
        unmarked=frozenset(map(match_key, entry.unmarked)),
        nil=frozenset(map(match_key, entry.nil)),
        secret=frozenset(map(match_key, entry.secret)),
        footer=tuple(map(match_key, entry.footer)),
        nothing=frozenset(map(match_key, entry.nothing)),
        affirmed=frozenset(map(match_key, entry.affirmed)),
        denied=frozenset(map(match_key, entry.denied)),
    )


def _heading(entry: schema.HeadingEntry) -> DocumentHeading:
    return DocumentHeading(
        parent=entry.parent,
        issuer=entry.issuer,
        symbol=entry.symbol,
        place=entry.place,
        subject=entry.subject,
        addressed_to=entry.addressed_to,
        signer=entry.signer,
        copies_to=entry.copies_to,
        filed_as=entry.filed_as,
    )
