"""Things to store, with defaults: a test names only what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.submissions import (
    DebtRow,
    DossierRow,
    ProgressRow,
    RemarkRow,
    Row,
    Submission,
    SubmissionState,
    Verdict,
    VerificationRow,
)
from domain.weeks import WeekName
from tasks.store.engine import writing
from tasks.store.publications import Document, Revision, record_configuration
from tasks.store.submissions import Arrival, register
from tasks.store.verdicts import Judged, record

CAMPAIGN = "my-loc-2023"
W14, W15, W16 = (WeekName.parse(f"2023-W{n}") for n in (14, 15, 16))
NOON = datetime(2023, 4, 12, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam, on the Wednesday of W15
HOUR = timedelta(hours=1)
SHA = {letter: letter * 64 for letter in "abcdef"}


def arrival(**changed: Any) -> Arrival:
    """A file of the commune my-thinh for W15 that came at noon."""
    first = Arrival(
        campaign=CAMPAIGN,
        reporter="my-thinh",
        week=W15,
        sha256=SHA["a"],
        file_name="Báo cáo tuần.xlsx",
        size=13_000,
        received_at=NOON,
        channel="folder",
    )
    return replace(first, **changed)


def progress(code: str = "17.1", **changed: Any) -> ProgressRow:
    first = ProgressRow(
        sheet="A. Tiến độ",
        row=7,
        columns={"indicator": "C", "judgement": "G"},
        raw={"judgement": "ĐẠT "},
        indicator=code,
        judgement=Judgement.MET,
    )
    return replace(first, **changed)


def debt(project: str = "Đường trục xã", **changed: Any) -> DebtRow:
    return replace(DebtRow(sheet="C. Nợ XDCB", row=9, columns={"accepted": "G"}, project=project), **changed)


def one_row_of_each_part() -> Mapping[Part, tuple[Row, ...]]:
    """Rows with every kind of value in them."""
    return {
        Part.PROGRESS: (
            progress("17.1", result=Decimal("85.50"), completion=Decimal("0.1"), planned_on=date(2023, 5, 9)),
            progress("17.10", row=8, raw={}, judgement=Judgement.NOT_STATED),
        ),
        Part.DOSSIERS: (
            DossierRow(
                sheet="B. Hồ sơ",
                row=6,
                columns={"state": "D"},
                indicator="17.1",
                document="Quyết định phê duyệt",
                state=DossierState.MORE_REQUESTED,
                sent_on=date(2023, 4, 3),
            ),
        ),
        Part.DEBT: (
            debt(accepted=2**53 + 1, allotted_district=0, stated_debt=9_223_372_036_854_775_807),
            debt("Trạm y tế", row=10, in_programme=True),
            debt("Trụ sở xã", row=11, in_programme=False),
        ),
        Part.VERIFICATION: (
            VerificationRow(
                sheet="Thẩm tra",
                row=5,
                commune="my-thinh",
                indicator="2.2a",
                judgement=Judgement.NEARLY_MET,
                state=DossierState.CONFIRMED,
                dossier_state="Phòng xác nhận",
                checked_on=date(2023, 4, 11),
                result=Decimal("98.50"),
                result_text="98,50%",
            ),
        ),
        Part.REMARKS: (RemarkRow(sheet="Ý kiến", row=4, subject="proposals", text="Đề nghị\nbố trí vốn"),),
    }


def submission(came: Arrival, parts: Mapping[Part, Sequence[Row]], **changed: Any) -> Submission:
    first = Submission(
        campaign=came.campaign,
        reporter=came.reporter,
        week=came.week,
        sha256=came.sha256,
        file_name=came.file_name,
        received_at=came.received_at,
        form="commune-weekly-v1",
        parts={part: tuple(rows) for part, rows in parts.items()},
    )
    return replace(first, **changed)


def take_in(
    engine: Engine,
    came: Arrival,
    parts: Mapping[Part, Sequence[Row]],
    *,
    at: datetime = NOON,
    state: SubmissionState = SubmissionState.ACCEPTED,
    judged_by: str = "rules-1",
    **changed: Any,
) -> int:
    """Register and judge one file, both at `at`; return its submission's id."""
    with writing(engine) as connection:
        (registered,) = register(connection, [came], at)
        judged = Judged(registered.id, submission(came, parts, **changed), Verdict(state), judged_by)
        record(connection, judged, at)
    return registered.id


def revision(number: int = 1, **changed: Any) -> Revision:
    first = Revision(
        campaign=CAMPAIGN,
        week=W15,
        number=number,
        summary_sha256=SHA["e"],
        config_hash=SHA["c"],
        code_version="0.1.0",
        as_of=NOON,
        recorded_at=NOON + HOUR,
        reason="" if number == 1 else "bổ sung báo cáo muộn",
        acted_by="hệ thống",
        documents=(Document("bao-cao.docx", SHA["d"], 40_000), Document("summary.json", SHA["e"], 9_000)),
    )
    return replace(first, **changed)


def configure(engine: Engine) -> None:
    """Record the configuration that `revision` names."""
    with writing(engine) as connection:
        record_configuration(connection, SHA["c"], {"campaign.yaml": SHA["f"]}, NOON)
