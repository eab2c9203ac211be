"""How a finding is made: its code's severity is the campaign's to say, its facts are text."""

import errno
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING

from domain.findings import Finding, Place, Severity

if TYPE_CHECKING:  # a reading child tells of no campaign: loading one would cost it a quarter of its start
    from domain.campaign import Campaign

_SEVERITIES = {severity.value: severity for severity in Severity}
LONGEST_FACT = 200  # a sentence quotes a cell, it doesn't reprint it


def finding(campaign: "Campaign", code: str, place: Place, /, **facts: str) -> Finding:
    """Raises KeyError for a code without severity: config refuses to load a campaign that lacks one."""
    return finding_of(campaign, code, place, facts)


def finding_of(campaign: "Campaign", code: str, place: Place, facts: dict[str, str]) -> Finding:
    """The same of facts that are in a dictionary, which becomes the finding's own."""
    for name, fact in facts.items():
        if len(fact) > LONGEST_FACT:
            facts[name] = _quoted(fact)
    return Finding(code, _SEVERITIES[campaign.severities[code]], place, facts)


def failure_facts(error: Exception) -> dict[str, str]:
    """What failed and where in our code. File names without folders: the same failure is the same finding on every
    machine."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    steps = [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": _quoted(f"{type(error).__name__}: {error}"), "traceback": _quoted(" > ".join(steps))}


def why_refused(error: OSError) -> str:
    """Why a disk or folder refused, as an officer understands it, with the path where the system names one."""
    why = _REFUSALS.get(error.errno or 0, f"{type(error).__name__} {error.errno or ''}".rstrip())
    return f"{error.filename}: {why}" if error.filename else why


_REFUSALS = {
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "ổ đĩa đã hết hạn mức",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOENT: "không có ở đó",
    errno.ENOTDIR: "một tệp nằm ở chỗ của thư mục",
    errno.EEXIST: "một tệp nằm ở chỗ của thư mục",
    errno.EISDIR: "một thư mục nằm ở chỗ của tệp",
    errno.EIO: "ổ đĩa bị lỗi",
}


def _quoted(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"
