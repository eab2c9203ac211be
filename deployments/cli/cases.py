"""`ntm case`: where commune and agency still differ, and the department's word on it. Without a Prefect server."""

from dataclasses import asdict

import typer
from rich.console import Console

from deployments.cli.before import opened, require_week
from deployments.cli.show import print_table
from deployments.cli.speaking import say_json
from domain.decisions import CaseDecision, CaseKey
from domain.findings import Place
from domain.judgement import Matter, Witness
from domain.vietnamese import vi_date
from domain.weeks import WeekName, week_named
from tasks.deciding import Case, cases, decide, decided_words, last_published, ruling, told_words
from tasks.publication.blocks import Cell, Column, Line, Table
from tasks.workplace import Workplace

_HEADS = ("Xã", "Chỉ tiêu", "Nội dung", "Về", "Xã báo cáo", "Cơ quan thẩm tra", "Số tuần")
DASH = Cell("–")


def list_cases(week: str | None, *, as_json: bool) -> None:
    """Print what stands in a published week, the last one without `week`. Raises UserError, ConfigError, StoreError."""
    asked = require_week(week)
    work = opened()
    of_week = asked or last_published(work)
    found = cases(work, of_week)
    if as_json:
        say_json({"week": str(of_week), "cases": [_facts(work, of_week, case) for case in found]})
        return
    console = Console(highlight=False, soft_wrap=False)
    console.print(f"[bold]Tuần {of_week.vi}: {_count_words(found)}[/bold]")
    if found:
        print_table(console, _table(work, of_week, found))
    for case in found:
        what = "" if case.matter is Matter.JUDGEMENT else f" ({case.matter.vi.lower()})"
        said = (
            f"{decided_words(work, case.decision)}{_not_yet_published(case)}"
            if case.decision
            else _to_settle(case)
        )
        console.print(f"{case.commune} {case.code}{what}: {said}", markup=False)
    still_open = {case.matter for case in found if case.decision is None}
    if still_open:
        matter = " --matter judgement|dossiers|result" if still_open - {Matter.JUDGEMENT} else ""
        said = '--follow commune|agency --by "chức vụ" --reason "lý do"'
        console.print(f"→ ntm case decide XÃ CHỈ_TIÊU{matter} --week {of_week} {said}", markup=False)


def decide_case(week: str, about: CaseKey, follows: Witness, said: tuple[str, str], *, as_json: bool) -> None:
    """Record whose word the department follows. said: role and reason. Raises UserError where it can't be decided so,
    ConfigError, StoreError."""
    given, of_week = ruling(about, follows, *said), week_named(week)
    work = opened()
    done = decide(work, of_week, given)
    if as_json:
        say_json({"is_new": done.is_new, **_decision(done.decision)})
    else:
        typer.echo(told_words(work, done))


def _count_words(found: tuple[Case, ...]) -> str:
    decided = sum(case.decision is not None for case in found)
    said = f"{len(found) - decided} nội dung phải giải quyết"
    return f"{said}, {decided} nội dung đã có quyết định" if decided else said


def _table(work: Workplace, week: WeekName, found: tuple[Case, ...]) -> Table:
    lines = tuple(Line(_cells(work, week, case)) for case in found)
    return Table("vu-viec", "", tuple(Column(head) for head in _HEADS), lines)


def _cells(work: Workplace, week: WeekName, case: Case) -> tuple[Cell, ...]:
    first, second = case.words
    agency = f"{second} ({work.campaign.roster[case.lead].name})" if case.lead else second
    weeks = DASH if case.weeks is None else Cell(str(case.weeks))
    name = _name(work, week, case.code)
    return (*map(Cell, (case.commune, case.code, name, case.matter.vi, first, agency)), weeks)


def _name(work: Workplace, week: WeekName, code: str) -> str:
    indicator = work.campaign.in_week(week).catalogue.indicator(code)
    return indicator.name if indicator else code


def _to_settle(case: Case) -> str:
    """By whom, by when, and where both words stand."""
    due = [f"hạn {vi_date(case.due)}"] if case.due else []
    cells = (f"{name}, {Place(source.sheet, source.cell).vi}" for name, source in case.cells)
    return "; ".join((f"giải quyết: {case.owner}", *due, *cells))


def _not_yet_published(case: Case) -> str:
    return "" if case.weeks is None else " (bản phát hành chưa có)"


def _facts(work: Workplace, week: WeekName, case: Case) -> dict[str, object]:
    first, second = case.said
    return {
        "commune": case.commune,
        "unit": work.campaign.roster[case.commune].name,
        "code": case.code,
        "name": _name(work, week, case.code),
        "matter": case.matter,
        "commune_said": first,
        "agency_said": second,
        "lead": case.lead or None,
        "since": case.since,
        "weeks": case.weeks,
        "owner": case.owner or None,
        "due": case.due,
        "cells": [
            {"file": name, "sheet": source.sheet, "cell": source.cell, "raw": source.raw}
            for name, source in case.cells
        ],
        "decision": _decision(case.decision) if case.decision else None,
    }


def _decision(decision: CaseDecision) -> dict[str, object]:
    facts = asdict(decision)
    first, second = facts.pop("said")
    return {**facts, "week": str(decision.week), "commune_said": first, "agency_said": second}
