"""Where the slices of a week are cut changes nothing: not a figure, not a source, not a line."""

from hypothesis import given, settings

from domain.figures.beside import Before
from domain.figures.build import Summing, summarise
from domain.figures.debt import AMOUNTS
from domain.reporters import ReporterKind
from domain.snapshot import WeekSnapshot
from domain.summary import Figure, Summary
from tests.domain.figures.test_build import FULL, ROWS
from tests.factories_domain import STAMP, W15, attempt, campaign, named, remark, snapshot, verified

W16 = W15.shifted(1)
CAMPAIGN = campaign()
COMMUNES = sorted(CAMPAIGN.roster.communes(), key=lambda commune: commune.id)
AGENCIES = {r.id for r in CAMPAIGN.roster.reporters if r.kind is ReporterKind.AGENCY}


def one_by_one(known: WeekSnapshot, before: Before | None) -> Summary:
    """As tasks/summing.py does, a slice for each commune."""
    summing = Summing(known.parted(AGENCIES)[0], CAMPAIGN, STAMP, before)
    figures: dict[str, Figure] = {}
    for commune in COMMUNES:
        made = summing.figures_of(known.parted({commune.id})[0], [commune])
        assert not made.keys() & figures.keys()
        figures |= made
    assert not summing.totals().keys() & figures.keys()
    return summing.summary(figures | summing.totals())


def check_alike(known: WeekSnapshot, before: Before | None) -> Summary:
    whole = summarise(known, CAMPAIGN, STAMP, before)
    assert one_by_one(known, before) == whole
    check_totals_name_every_part(whole)
    return whole


def check_totals_name_every_part(week: Summary) -> None:
    """What a total must be of its parts, test_build says."""
    kinds = [f"debt/{{}}/{amount}" for amount in AMOUNTS]
    kinds += ["cases/{}", *(f"movement/{{}}/{what}" for what in ("last", "accepted", "allotted", "paid"))]
    for kind in kinds:
        of_communes = [kind.format(commune.id) for commune in CAMPAIGN.roster.communes()]
        parts = [figure_id for figure_id in of_communes if figure_id in week.figures]
        total = week.figures.get(kind.format("all"))
        assert (named(total) if total else []) == parts


def test_a_full_week_and_its_follower_are_the_same_in_one_slice_and_in_many():
    said = [remark("pgd", "difficulty", "Thiếu phòng học"), verified("ca", "my_ha", "19.2", "met")]
    files = {unit: (attempt(unit, "2023-04-12 15:00"),) for unit in ("my_ha", "my_thanh", "pgd", "ca")}
    first = check_alike(snapshot(*FULL, *said, attempts=files), None)
    silent = [line for line in FULL if line.reporter != "my_thinh"]
    second = check_alike(snapshot(*silent, week=W16, as_of=CAMPAIGN.calendar.close(W16)), Before(first, "a"))
    assert any(figure_id.startswith("last/debt/") for figure_id in second.figures)


# The store hands rows out by reporter.
IN_ORDER = ROWS.map(lambda lines: sorted(lines, key=lambda line: line.reporter))


@settings(max_examples=25)
@given(IN_ORDER, IN_ORDER)
def test_any_two_weeks_are_the_same_in_one_slice_and_in_many(rows, later):
    first = check_alike(snapshot(*rows), None)
    check_alike(snapshot(*later, week=W16, as_of=CAMPAIGN.calendar.close(W16)), Before(first, "a"))
