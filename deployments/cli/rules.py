"""`ntm rules`: what reports are judged by, with cases; and what the rules alone find in a file. Stores nothing."""

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from config.facts import CONFIG_ROOT, load_campaign
from config.mistakes import closest
from config.rule_cases import CAMPAIGN
from config.rules_page import PASSES, RuleTold, rules_told
from config.settings import load_settings
from deployments.cli.reading import read_and_show
from deployments.cli.speaking import say_json
from domain.errors import UserError
from domain.rules.registry import RULES
from domain.rules.rule import Rule
from domain.vietnamese import first_capital


def show_rules(code: str | None, *, as_json: bool) -> None:
    """Print all rules, or one with its cases; how grave a finding is, the office's own campaign says. Raises UserError
    for a code that is none, ConfigError."""
    wanted = {rule.code for rule in _named(code)}
    settings = load_settings()
    own = load_campaign(settings.campaign, settings.config_root).severities
    told = list(rules_told(wanted, load_campaign(CAMPAIGN), CONFIG_ROOT, own))
    if as_json:
        say_json([_as_json(each) for each in told])
    elif code is None:
        _print_all(told)
    else:
        for each in told:
            _print_one(each)


def try_rules(file: str, code: str | None, week: str | None, reporter: str | None, *, as_json: bool) -> None:
    """What the rules, or the one of this code, find in a file. Raises as show_rules and read_and_show do."""
    codes = {"RULE_FAILED"}.union(*(rule.codes for rule in _named(code)))
    read_and_show(file, week, reporter, only_findings=True, as_json=as_json, codes=codes)


def _named(code: str | None) -> tuple[Rule, ...]:
    found = tuple(rule for rule in RULES if code is None or rule.code == code.upper())
    if code is not None and not found:
        codes = [rule.code for rule in RULES]
        raise UserError(f"Không có quy tắc {code!r}{closest(code.upper(), codes)}. Xem: ntm rules")
    return found


def _print_all(rules: list[RuleTold]) -> None:
    table = Table("Mã", "Mức", "Quy tắc", box=box.SIMPLE_HEAD)
    for each in rules:
        table.add_row(each.code, each.severity.vi, each.title)
    Console(highlight=False).print(table)
    typer.echo("Xem ví dụ của một quy tắc: ntm rules MÃ; thử trên một tệp: ntm rules --try TỆP")


def _print_one(each: RuleTold) -> None:
    typer.echo(f"{each.title} ({each.code}, {each.severity.vi})")
    typer.echo(f"Căn cứ: {each.basis}.")
    for case in each.cases:
        typer.echo(f"  {first_capital(case.says)}:")
        for where, text in case.answers or [("", PASSES)]:
            typer.echo(f"    → {where}: {text}" if where else f"    → {text}")


def _as_json(each: RuleTold) -> dict[str, object]:
    return {
        "code": each.code,
        "names": [rule.name for rule in each.rules],
        "severity": each.severity.value,
        "title": each.title,
        "basis": each.basis,
        "sources": list(dict.fromkeys(rule.source for rule in each.rules)),
        "cases": [
            {"says": case.says, "answers": [{"where": where, "text": text} for where, text in case.answers]}
            for case in each.cases
        ],
    }
