"""How `ntm` ends where it can't go on: one Vietnamese sentence, or one JSON document, and an exit code.

The library that reads the command line says its mistakes in English; here they are said again. Its classes aren't
public, so a mistake is known by the name of its class; one that isn't listed gets the general sentence.
"""

import sys
from typing import Any

import typer

from config.mistakes import closest
from deployments.cli.exits import exit_code, family
from deployments.cli.speaking import say_json
from domain.errors import NtmError, StoreError, UserError
from domain.telling import why_refused


def failed(error: NtmError) -> int:
    """Say the error as the caller wants it. Returns the exit code."""
    code = exit_code(error)
    if "--json" in sys.argv[1:]:
        say_json({"error": family(error), "message": str(error), "exit_code": code})
    else:
        typer.echo(str(error), err=True)
    return code


def refused_by_the_system(error: OSError) -> StoreError:
    """A folder that can't be made or written, a full disk: what to look at, instead of a traceback."""
    return StoreError(
        f"Không đọc hoặc ghi được ({why_refused(error)}). "
        "Hãy kiểm tra đường dẫn, quyền và chỗ trống, hoặc đặt NTM_HOME là một thư mục khác."
    )


def usage_error(error: typer.TyperException) -> UserError:
    """A command line that isn't understood."""
    mistake: Any = error
    command = getattr(getattr(mistake, "ctx", None), "command_path", "ntm")
    return UserError(f"{_sentence(mistake)} Xem cách dùng: {command} --help")


def _sentence(mistake: Any) -> str:
    match type(mistake).__name__:
        case "NoSuchOption":
            near = closest(mistake.option_name, mistake.possibilities or ())
            return f"Không có tùy chọn {mistake.option_name}{near}"
        case "MissingParameter":
            return f"Thiếu {_named(mistake.param)}."
        case "BadParameter":
            return f"Giá trị của {_named(mistake.param)} không hợp lệ."
        case "BadOptionUsage":
            return f"Tùy chọn {mistake.option_name} dùng chưa đúng."
        case "UsageError" if commands := getattr(mistake.ctx and mistake.ctx.command, "commands", None):
            return f"Không có lệnh này; các lệnh: {', '.join(commands)}."
        case _:
            return "Lệnh chưa đúng."


def _named(parameter: Any) -> str:
    """`--week 2023-W15`; an argument by its name in capitals."""
    if parameter is None:
        return "tham số"
    name = max(parameter.opts, key=len)
    return f"{name} {parameter.metavar or ''}".strip() if name.startswith("-") else name.upper()
