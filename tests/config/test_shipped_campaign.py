"""What the shipped campaign says. Expectations are from the notice and the calendar of 2023, not from the loader."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.facts import campaign_files, load_campaign
from config.messages import Message
from domain.campaign import Campaign
from domain.criteria import ConditionKind, Unit
from domain.findings import Severity
from domain.forms import CellKind, DossierState, Part
from domain.judgement import Judgement
from domain.lateness import due
from domain.reporters import ReporterKind
from domain.weeks import WeekName

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
APRIL_12 = date(2023, 4, 12)
NAMES_AS_PRINTED_IN_THE_NOTICE = {
    "xã Mỹ Hà": "my_ha",
    "xã Mỹ Thịnh": "my_thinh",
    "xã Mỹ Thành": "my_thanh",
    "Phòng Nông nghiệp & PTNT": "pnn",
    "phòng Nông nghiệp và PTNT": "pnn",
    "Phòng nông nghiệp & PTNT": "pnn",
    "Ban Chỉ huy Quân sự huyện": "bchqs",
    "Công an huyện": "ca",
    "Phòng Nội vụ": "pnv",
    "Phòng Tài chính- KH": "ptckh",
    "Phòng Giáo dục- Đào tạo": "pgd",
    "Phòng kinh tế - Hạ tầng": "pktht",
    "Phòng Tài nguyên- Môi trường": "ptnmt",
    "Phòng LĐ-TB& XH": "pldtbxh",
    "Chi cục Thống kê khu vực Vụ Bản- Mỹ Lộc": "cctk",
}
DEADLINES = {  # Wednesdays of the campaign; 3/5 was the last day of the break 29/4-3/5
    "2023-W15": date(2023, 4, 12),
    "2023-W16": date(2023, 4, 19),
    "2023-W17": date(2023, 4, 26),
    "2023-W18": date(2023, 5, 4),
    "2023-W19": date(2023, 5, 10),
    "2023-W20": date(2023, 5, 17),
    "2023-W21": date(2023, 5, 24),
    "2023-W22": date(2023, 5, 31),
}


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("my-loc-2023")


def test_three_communes_seven_departments_and_the_police_owe_a_report(campaign: Campaign) -> None:
    owing = [r for r in campaign.roster.reporters if r.owes and r.is_valid_on(APRIL_12)]
    assert Counter(r.kind for r in owing) == {ReporterKind.COMMUNE: 3, ReporterKind.AGENCY: 8}
    assert [r.id for r in campaign.roster.reporters if not r.owes] == ["bchqs", "cctk"]


@pytest.mark.parametrize(("name", "reporter"), NAMES_AS_PRINTED_IN_THE_NOTICE.items())
def test_a_name_as_the_notice_prints_it_is_recognised(campaign: Campaign, name: str, reporter: str) -> None:
    found = campaign.roster.named(name)
    assert found is not None
    assert found.id == reporter


def test_names_that_look_alike_stay_apart(campaign: Campaign) -> None:
    assert campaign.roster.named("Mỹ Thinh") is None
    assert campaign.roster.named("Phòng Nông") is None


def test_free_text_of_police_and_military_is_not_published(campaign: Campaign) -> None:
    assert {r.id for r in campaign.roster.reporters if not r.publishes_remarks} == {"ca", "bchqs"}


def test_the_catalogue_has_76_rows_that_count_as_75_indicators_of_19_criteria(campaign: Campaign) -> None:
    rows = campaign.catalogue.indicators()
    assert len(rows) == 76
    assert len({row.counted_as for row in rows}) == 75
    assert [c.number for c in campaign.catalogue.criteria] == list(range(1, 20))
    assert {row.code for row in rows if row.row_of == "2.2"} == {"2.2a", "2.2b"}


def test_17_1_and_17_10_are_two_indicators(campaign: Campaign) -> None:
    first, tenth = campaign.catalogue.indicator("17.1"), campaign.catalogue.indicator("17.10")
    assert first is not None
    assert tenth is not None
    assert (first.unit, tenth.unit) == (Unit.YES_NO, Unit.PERCENT)


def test_no_target_is_confirmed_and_numbers_are_exact(campaign: Campaign) -> None:
    targets = {row.code: row.target for row in campaign.catalogue.indicators() if row.target}
    assert not any(target.confirmed for target in targets.values())
    assert (targets["4"].op, targets["4"].value) == (">=", Decimal(99))
    assert (targets["3.6"].op, targets["3.6"].value) == (">=", "Khá")
    assert "2.4" not in targets


def test_every_indicator_and_condition_has_an_assignment_in_every_week(campaign: Campaign) -> None:
    codes = [row.code for row in campaign.catalogue.indicators()] + [
        c.id for c in campaign.catalogue.conditions
    ]
    for week in campaign.calendar.weeks():
        assert [c for c in codes if campaign.assignments.of(c, week.wednesday) is None] == []
    assert len(campaign.assignments.rows) == len(codes) == 85


def test_four_criteria_have_nobody_in_charge(campaign: Campaign) -> None:
    unowned = {
        r.code.split(".")[0] for r in campaign.assignments.rows if r.lead is None and r.code[0].isdigit()
    }
    assert unowned == {"6", "8", "14", "16"}


def test_a_criterion_may_be_split_between_agencies(campaign: Campaign) -> None:
    assert campaign.assignments.lead_of("19.1", APRIL_12) == "bchqs"
    assert campaign.assignments.lead_of("19.2", APRIL_12) == "ca"
    row = campaign.assignments.of("17.8", APRIL_12)
    assert row is not None
    assert (row.lead, row.support, row.confirmed) == ("ptnmt", ("pnn",), False)


def test_only_what_the_notice_itself_assigns_is_confirmed(campaign: Campaign) -> None:
    confirmed = {row.code for row in campaign.assignments.rows if row.confirmed}
    assert confirmed == {f"KM-4-ANTT-{n}" for n in (1, 2, 3, 4)}
    antt = campaign.catalogue.condition("KM-4-ANTT-1")
    assert antt is not None
    assert antt.communes == {"my_thinh", "my_thanh"}


@pytest.mark.parametrize(("week", "day"), DEADLINES.items())
def test_reports_are_due_at_16_on_the_wednesday_or_the_next_working_day(
    campaign: Campaign, week: str, day: date
) -> None:
    expected = datetime(day.year, day.month, day.day, 16, 0, tzinfo=HANOI)
    assert campaign.calendar.deadline(WeekName.parse(week)) == expected


def test_the_campaign_has_exactly_these_weeks(campaign: Campaign) -> None:
    assert [str(week) for week in campaign.calendar.weeks()] == list(DEADLINES)


def test_the_break_of_2023_is_off_by_its_vietnamese_names(campaign: Campaign) -> None:
    off = campaign.calendar.days_off
    assert [day.day for day in sorted(off) if date(2023, 4, 20) < day < date(2023, 5, 20)] == [
        29,
        30,
        1,
        2,
        3,
    ]
    assert off[date(2023, 5, 3)].name == "Ngày Chiến thắng (nghỉ bù)"
    assert off[date(2023, 5, 3)].announced


def test_before_the_25th_excludes_it_and_within_may_includes_the_31st(campaign: Campaign) -> None:
    milestones = {m.id: (m.last_good_day, m.dossier_state) for m in campaign.calendar.milestones}
    assert milestones == {
        "M1": (date(2023, 4, 24), DossierState.SENT),
        "M2": (date(2023, 5, 9), DossierState.PROVINCE_ASKED),
        "M3": (date(2023, 5, 31), None),
    }


def test_both_forms_are_read_with_their_spellings(campaign: Campaign) -> None:
    commune, agency = campaign.forms
    assert [form.reporter_kind for form in (commune, agency)] == [ReporterKind.COMMUNE, ReporterKind.AGENCY]
    assert [p.part for p in commune.parts] == [Part.PROGRESS, Part.DOSSIERS, Part.DEBT, Part.REMARKS]
    columns = {c.id: c for c in commune.parts[0].columns}
    assert columns["indicator"].headings == ("Mã chỉ tiêu", "Mã")
    assert columns["judgement"].kind is CellKind.JUDGEMENT
    assert columns["judgement"].required
    assert commune.parts[3].subjects["Nguyên nhân"] == "causes"
    assert agency.mark == "NTM-PHONG-1"


def test_spellings_are_compared_after_normalising(campaign: Campaign) -> None:
    assert campaign.spellings.judgement["cơ bản đạt"] is Judgement.NEARLY_MET
    assert campaign.spellings.money_unit["triệu đồng"] == 1_000_000
    assert campaign.spellings.dossier_state["sở đã góp ý"] is DossierState.PROVINCE_REPLIED
    assert "tối mật" in campaign.spellings.secret


def test_the_document_is_headed_as_the_decree_wants_it(campaign: Campaign) -> None:
    heading = campaign.heading
    assert (heading.parent, heading.issuer) == ("UBND HUYỆN MỸ LỘC", "PHÒNG NÔNG NGHIỆP VÀ PTNT")
    assert heading.addressed_to == ("Lãnh đạo UBND huyện (qua Văn phòng HĐND-UBND huyện)",)
    assert heading.symbol.startswith("BC-")
    assert [r.name for r in campaign.recipients] == ["Văn phòng HĐND-UBND huyện"]
    assert campaign.sample


def test_every_code_has_a_severity(campaign: Campaign, messages: dict[str, Message]) -> None:
    assert campaign.severities == {code: message.severity for code, message in messages.items()}
    assert campaign.severities["WEEK_DIFFERS"] == Severity.QUARANTINE


@pytest.mark.slow
def test_any_byte_of_any_file_changes_the_hash_of_the_configuration(root: Path, campaign: Campaign) -> None:
    assert load_campaign("my-loc-2023", root).config_hash == campaign.config_hash
    for name in campaign_files("my-loc-2023", root):
        before = (root / name).read_bytes()
        (root / name).write_bytes(before + b"\n")
        assert load_campaign("my-loc-2023", root).config_hash != campaign.config_hash, name
        (root / name).write_bytes(before)


def test_the_archived_files_load_again_as_the_same_campaign(tmp_path: Path, campaign: Campaign) -> None:
    for name, data in campaign_files("my-loc-2023").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert load_campaign("my-loc-2023", tmp_path) == campaign


def test_the_archived_files_are_the_campaign_its_catalogue_holidays_forms_and_words() -> None:
    assert set(campaign_files("my-loc-2023")) == {
        "campaigns/my-loc-2023/assignments.yaml",
        "campaigns/my-loc-2023/calendar.yaml",
        "campaigns/my-loc-2023/campaign.yaml",
        "campaigns/my-loc-2023/roster.yaml",
        "catalogues/ntm-nc-2021-2025-dbsh.yaml",
        "forms/agency-weekly-v1.yaml",
        "forms/commune-weekly-v1.yaml",
        "holidays/VN-2023.yaml",
        "messages.vi.yaml",
        "spellings.yaml",
    }


def test_what_was_decided_in_the_story_counts_from_its_moment(campaign: Campaign) -> None:
    """docs/decisions/0016; the story's README: W16 pldtbxh decided 20/4, W17 ptnmt until 10:00 on 28/4."""
    w16, w17 = WeekName.parse("2023-W16"), WeekName.parse("2023-W17")

    def at(moment: str) -> datetime:
        return datetime.fromisoformat(f"{moment}+07:00")

    assert due(campaign, "pldtbxh", w16, at("2023-04-19T17:40")).exclusion == ""
    assert "tập huấn" in due(campaign, "pldtbxh", w16, at("2023-04-20T09:00")).exclusion
    assert due(campaign, "ptnmt", w17, at("2023-04-26T16:30")).final == at("2023-04-28T10:00")


def test_the_catalogue_says_what_a_claim_on_each_condition_is_held_against(campaign: Campaign) -> None:
    kinds = {each.id: each.kind for each in campaign.catalogue.conditions}
    followed = dict.fromkeys(("KM-3", *(f"KM-4-ANTT-{n}" for n in range(1, 5))), ConditionKind.DOSSIERS)
    assert kinds == {
        "KM-1": ConditionKind.ALL_CRITERIA,
        "KM-2": None,
        **followed,
        "GATE-NO-DONG": ConditionKind.NO_DEBT,
        "GATE-HAI-LONG": None,
    }
    income = campaign.catalogue.numbers_to_reach("my_thinh")["KM-2"]
    assert (income.value, income.target.confirmed) == (Decimal(72), False)


def test_the_same_code_is_another_condition_in_another_catalogue() -> None:
    other = load_campaign("vi-du-2026").catalogue
    kinds = {each.id: each.kind for each in other.conditions}
    assert kinds == {"KM-1": ConditionKind.DOSSIERS, "GATE-NO-DONG": ConditionKind.NO_DEBT}


def test_the_outstanding_field_can_be_met_only_in_the_one_that_the_notice_names(campaign: Campaign) -> None:
    (choice,) = campaign.catalogue.choices
    assert (choice.id, choice.at_least) == ("KM-4", 1)
    assert choice.fields == {"an ninh trật tự": tuple(f"KM-4-ANTT-{n}" for n in range(1, 5))}
