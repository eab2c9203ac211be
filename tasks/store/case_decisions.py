"""What the department decided over cases between two witnesses: whose word it follows, who, why, when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.decisions import CaseDecision
from domain.weeks import WeekName
from tasks.store.inserting import insert_new
from tasks.store.tables import case_decisions


def record(connection: Connection, campaign: str, decision: CaseDecision) -> bool:
    """False, and nothing written, where somebody decided over the same words of that week: who was first stands."""
    first, second = decision.said
    insert = insert_new(connection, case_decisions).values(
        campaign=campaign,
        commune=decision.commune,
        code=decision.code,
        matter=decision.matter,
        week=decision.week,
        commune_said=first,
        agency_said=second,
        follows=decision.follows,
        decided_by=decision.decided_by,
        reason=decision.reason,
        recorded_at=decision.recorded_at,
    )
    return connection.execute(insert.returning(case_decisions.c.code)).first() is not None


def known(
    connection: Connection,
    campaign: str,
    week: WeekName,
    as_of: datetime | None = None,
    communes: Collection[str] | None = None,
) -> tuple[CaseDecision, ...]:
    """Over cases of this week and of earlier ones, in the order in which they were recorded: up to and including
    `as_of`, or all; of these communes alone, at most MOST_IN_A_LIST, or of all."""
    c = case_decisions.c
    query = select(case_decisions).where(c.campaign == campaign, c.week <= week)
    if as_of is not None:
        query = query.where(c.recorded_at <= as_of)
    if communes is not None:
        query = query.where(c.commune.in_(communes))
    found = map(_decision, connection.execute(query))
    return tuple(sorted(found, key=lambda each: (each.recorded_at, each.commune, each.code, each.said)))


def _decision(row: Row[Any]) -> CaseDecision:
    said = (row.commune_said, row.agency_said)
    who = (row.decided_by, row.reason, row.recorded_at)
    return CaseDecision(row.commune, row.code, row.week, said, row.follows, *who, row.matter)
