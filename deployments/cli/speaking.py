"""How a command answers a program: one JSON document on standard output, nothing else."""

import json
import logging
from collections.abc import Mapping

import typer

from config.messages import Message
from domain.findings import Finding


def say_json(answer: object) -> None:
    """Vietnamese letters as they are; what JSON has no word for becomes text."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def say_json_line(answer: object) -> None:
    """The same on one line, for a reader that goes on listening."""
    typer.echo(json.dumps(answer, ensure_ascii=False, default=str))


def silence_events() -> None:
    """For a command that says in Vietnamese what its steps would say once more as events."""
    logging.getLogger("ntm").addHandler(logging.NullHandler())


def finding_facts(finding: Finding, messages: Mapping[str, Message]) -> dict[str, str]:
    """One finding in a document, wherever it stands."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "text": messages[finding.code].text(finding),
    }
