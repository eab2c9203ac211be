"""What is asked becomes one catalogue for each period in which nothing dated changes. Called only without mistakes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from config import schema
from config.campaign_files import CampaignFiles
from config.checks_of_catalogue import indicator_entries
from config.dated import changes, held, versions
from domain.campaign import CataloguePeriod
from domain.criteria import Catalogue, Choice, Condition, Criterion, Group, Indicator, Target, Tolerance

_Followed = Mapping[str, Sequence[schema.FollowedEntry]]


def catalogue_periods(files: CampaignFiles) -> tuple[CataloguePeriod, ...]:
    """In their order; the first holds from the beginning of time."""
    periods: list[CataloguePeriod] = []
    for day in sorted({date.min, *_days(files)}):
        asked = _on(files, day)
        if not periods or periods[-1].catalogue != asked:
            periods.append(CataloguePeriod(day, asked))
    return tuple(periods)


def first_asked(periods: Sequence[CataloguePeriod], day: date) -> Catalogue:
    """The catalogue that holds on the day."""
    return [period.catalogue for period in periods if period.valid_from <= day][-1]


def _days(files: CampaignFiles) -> Iterator[date]:
    """On which something that is asked may change."""
    campaign = files.campaign.data
    for entries in (*campaign.conditions.values(), *campaign.groups.values()):
        yield from changes(entries)
    for version in versions(files):
        yield from changes([version] if version.valid_from else [])
        for _, indicator in indicator_entries(version.files):
            yield from changes((*indicator.target, *indicator.tolerance))


def _on(files: CampaignFiles, day: date) -> Catalogue:
    (version,) = held(versions(files), day)
    data, campaign = version.files.catalogue.data, files.campaign.data
    return Catalogue(
        id=data.id,
        name=data.name,
        confirmed=data.confirmed,
        criteria=tuple(
            Criterion(
                id_, c.number, c.name, tuple(_indicator(code, i, day) for code, i in c.indicators.items())
            )
            for id_, c in data.criteria.items()
        ),
        conditions=tuple(
            Condition(
                id_,
                entry.name,
                _communes(campaign.conditions, id_, day),
                entry.kind,
                _indicator(id_, entry.measured, day) if entry.measured else None,
            )
            for id_, entry in data.conditions.items()
        ),
        choices=tuple(
            Choice(id_, entry.name, entry.at_least, dict(entry.fields)) for id_, entry in data.choices.items()
        ),
        groups=tuple(
            Group(id_, entry.name, _communes(campaign.groups, id_, day)) for id_, entry in data.groups.items()
        ),
    )


def _communes(followed: _Followed, id_: str, day: date) -> frozenset[str]:
    return frozenset(commune for entry in held(followed.get(id_, ()), day) for commune in entry.communes)


def _indicator(code: str, entry: schema.IndicatorEntry, day: date) -> Indicator:
    targets, tolerances = held(entry.target, day), held(entry.tolerance, day)
    return Indicator(
        code,
        entry.name,
        entry.unit,
        next((_target(target, entry) for target in targets if not target.groups), None),
        split_by_sex=entry.split_by_sex,
        row_of=entry.row_of,
        plausible_step=entry.plausible_step,
        cumulative=entry.cumulative,
        group_targets=tuple(_of_groups(targets, entry)),
        tolerance=next((Tolerance(each.value, each.confirmed) for each in tolerances), None),
        unit_words=entry.unit_words,
    )


def _of_groups(
    targets: Iterable[schema.TargetEntry], entry: schema.IndicatorEntry
) -> Iterator[tuple[str, Target]]:
    for target in targets:
        yield from ((group, _target(target, entry)) for group in target.groups)


def _target(target: schema.TargetEntry, entry: schema.IndicatorEntry) -> Target:
    return Target(target.op.value, schema.target_value(target.value, entry.unit), target.confirmed)
