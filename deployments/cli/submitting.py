"""`ntm submit`: a file handed in at this machine. It is archived and registered; the next run judges it."""

from pathlib import Path

import typer

from deployments.cli.speaking import say_json
from domain.weeks import week_named
from tasks.receiving import take_named
from tasks.workplace import workplace


def submit_file(file: Path, week: str, reporter: str, *, as_json: bool) -> None:
    """Register the file as received now. Raises UserError for an unknown reporter or week."""
    week_named(week)
    submission = take_named(workplace(), week, reporter, file)
    if as_json:
        say_json({"submission": submission.id, "sha256": submission.sha256, "is_new": submission.is_new})
    elif submission.is_new:
        typer.echo(f"Đã ghi nhận {file.name} ({submission.sha256[:12]}). Lần chạy sau sẽ kiểm tra.")
    else:
        typer.echo(f"Tệp {file.name} đã được ghi nhận từ trước.")
