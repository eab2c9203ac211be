"""`ntm rules`: what reports are judged by, with cases; and what the rules alone find in a file. Stores nothing."""

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from config.facts import CONFIG_ROOT, load_campaign
from config.mistakes import closest
from config.rule_cases import CAMPAIGN
from config.rules_page import PASSES, RuleTold, every_rule
from deployments.cli.speaking import say_json
from domain.errors import UserError
from domain.vietnamese import first_capital


def show_rules(code: str | None, *, as_json: bool) -> None:
    """Print all rules, or one with its cases. Raises UserError for a code that is none."""
    rules = {each.code: each for each in every_rule(load_campaign(CAMPAIGN), CONFIG_ROOT)}
    if code is not None and code.upper() not in rules:
        raise UserError(f"Không có quy tắc {code!r}{closest(code.upper(), rules)}. Xem: ntm rules")
    if as_json:
        wanted = rules.values() if code is None else [rules[code.upper()]]
        say_json([_as_json(each) for each in wanted])
    elif code is None:
        _print_all(list(rules.values()))
    else:
        _print_one(rules[code.upper()])


def codes_of_rules() -> frozenset[str]:
    """Every code that a rule may find."""
    rules = every_rule(load_campaign(CAMPAIGN), CONFIG_ROOT)
    return frozenset(code for each in rules for code in each.codes) | {"RULE_FAILED"}


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
