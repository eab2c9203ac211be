"""How a finding is made: its code's severity is the campaign's to say, its facts are text."""

from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity

LONGEST_FACT = 200  # a sentence quotes a cell, it doesn't reprint it


def finding(campaign: Campaign, code: str, place: Place, /, **facts: str) -> Finding:
    """Raises KeyError for a code without severity: config refuses to load a campaign that lacks one."""
    return Finding(
        code, Severity(campaign.severities[code]), place, {k: _quoted(v) for k, v in facts.items()}
    )


def _quoted(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"
