"""The commands of `ntm`. Each says in its help what it changes; the work of each stands in a module beside this one.

Nothing heavy is imported up here: `ntm --help` and `ntm status` answer at once and never import Prefect or pandas.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.case_commands import case_app
from deployments.cli.exits import CODES, INTERRUPTED
from deployments.cli.failing import failed, refused_by_the_system, usage_error
from deployments.cli.options import (
    AnyWeek,
    By,
    DecisionReason,
    FileNumber,
    Json,
    NamedFile,
    OneDemoWeek,
    OneReadWeek,
    OneReporter,
    OneStandingWeek,
    OneWeek,
    Reason,
    Reporter,
    ReportFile,
    Week,
)
from domain.errors import NtmError, UserError

EPILOG = "Mã kết thúc: " + "; ".join(f"{code} = {meaning}" for code, meaning in CODES.items()) + "."

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog=EPILOG,
)
config_app = typer.Typer(no_args_is_help=True, help="Cấu hình của đợt báo cáo.")
db_app = typer.Typer(no_args_is_help=True, help="Cơ sở dữ liệu.")
app.add_typer(config_app, name="config")
app.add_typer(db_app, name="db")
quarantine_app = typer.Typer(no_args_is_help=True, help="Tệp chờ xác minh.")
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(case_app, name="case")


def _say_version(wanted: bool) -> None:
    if wanted:
        from tasks.version import code_version

        typer.echo(code_version())
        raise typer.Exit


@app.callback()
def ntm(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="In phiên bản rồi thoát.")
    ] = False,
) -> None:
    """Tổng hợp báo cáo định kỳ: nhận, kiểm tra, tổng hợp, phát hành."""


@app.command()
def demo(
    week: OneDemoWeek = None,
    late: Annotated[
        bool, typer.Option("--late", help="Nộp tệp muộn của tuần, sau khi đã chạy tuần đó.")
    ] = False,
    every_week: Annotated[
        bool,
        typer.Option(
            "--all", help="Diễn lại cả đợt: mọi tuần và việc sau giờ chốt, theo giờ của dữ liệu mẫu."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Chạy việc hàng tuần trên dữ liệu mẫu. Thay đổi: chỉ ghi trong thư mục demo của NTM_HOME."""
    from deployments.cli.demo import FIRST_WEEK, demonstrate, demonstrate_all

    if not every_week:
        demonstrate(week or FIRST_WEEK, late=late, as_json=as_json)
    elif week or late:
        raise UserError("--all diễn lại mọi tuần; xin bỏ --week và --late.")
    else:
        demonstrate_all(as_json=as_json)


@app.command()
def run(week: AnyWeek = None, as_json: Json = False) -> None:
    """Nhận mọi tệp đang chờ, tổng hợp và phát hành một tuần. Thay đổi: sổ cái, thư mục phát hành, văn phòng nhận."""
    from deployments.cli.doors import run_and_show

    run_and_show("weekly_summary", {"week": week}, week=week, as_json=as_json)


@app.command()
def late(
    week: Week,
    reporter: Reporter,
    file: Annotated[Path, typer.Option("--file", help="Tệp nộp muộn.")],
    reason: Reason,
    received_at: Annotated[
        datetime | None, typer.Option(help="Thời điểm nhận, chỉ khi nhập lại dữ liệu cũ.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Nhận một tệp sau giờ chốt. Thay đổi: sổ cái; phát hành bản mới chỉ khi có số liệu thay đổi."""
    from deployments.cli.doors import late_parameters, run_and_show

    run_and_show(
        "late_submission",
        late_parameters(week, reporter, file, reason, received_at),
        week=week,
        as_json=as_json,
    )


@app.command()
def republish(week: Week, reason: Reason, as_json: Json = False) -> None:
    """Tổng hợp lại một tuần. Thay đổi: phát hành bản mới chỉ khi có số liệu thay đổi."""
    from deployments.cli.doors import run_and_show

    run_and_show("republication", {"week": week, "reason": reason}, week=week, as_json=as_json)


@app.command()
def deliver(week: OneWeek = None, as_json: Json = False) -> None:
    """Giao lại mọi bản chưa giao được, cả bản bị từ chối. Thay đổi: văn phòng nhận, tình trạng giao trong sổ cái."""
    from deployments.cli.delivering import deliver_again

    raise typer.Exit(deliver_again(week, as_json=as_json))


@app.command()
def submit(file: ReportFile, week: Week, reporter: Reporter, as_json: Json = False) -> None:
    """Ghi nhận một tệp, lần chạy sau sẽ kiểm tra. Thay đổi: kho lưu và sổ cái."""
    from deployments.cli.submitting import submit_file

    submit_file(file, week, reporter, as_json=as_json)


@app.command()
def read(
    file: Annotated[
        str,
        typer.Argument(
            metavar="TỆP|SỐ|MÃ",
            help="Tệp báo cáo, hoặc số hay ít nhất 8 ký tự đầu của mã SHA-256 của tệp trong sổ cái.",
        ),
    ],
    week: OneReadWeek = None,
    reporter: OneReporter = None,
    findings: Annotated[bool, typer.Option("--findings", help="Chỉ in các ô có nội dung cần lưu ý.")] = False,
    as_json: Json = False,
) -> None:
    """Đọc thử một tệp: từng ô hiểu là gì, chỗ nào cần sửa. Thay đổi: không."""
    from deployments.cli.reading import read_and_show

    read_and_show(file, week, reporter, only_findings=findings, as_json=as_json)


@app.command()
def status(week: OneWeek = None, as_json: Json = False) -> None:
    """Cho biết các tuần đã phát hành và tình trạng tệp. Thay đổi: không."""
    from deployments.cli.status import show_status

    show_status(week, as_json=as_json)


@app.command()
def standing(
    week: OneStandingWeek = None,
    commune: Annotated[
        str | None, typer.Option("--commune", metavar="my_ha", help="Chỉ xã này; để trống: mọi xã.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Cho biết từng xã còn thiếu gì để được công nhận, tiến độ cần có và thực tế. Thay đổi: không."""
    from deployments.cli.standing import show_standing

    show_standing(week, commune, as_json=as_json)


@app.command()
def calendar(
    year: Annotated[
        int | None, typer.Option("--year", metavar="2023", help="Mọi thứ Tư của một năm.", min=1900, max=2199)
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="3/5/2023", help="Giải thích một ngày (hoặc 2023-W18).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Cho biết hạn nộp, giờ chốt của từng tuần và vì sao. Thay đổi: không."""
    from deployments.cli.dates import show_calendar

    show_calendar(year, explain, as_json=as_json)


@app.command()
def rules(
    code: Annotated[str | None, typer.Argument(metavar="MÃ", help="Chỉ quy tắc này, kèm ví dụ.")] = None,
    tried: Annotated[
        str | None, typer.Option("--try", metavar="TỆP|SỐ", help="Thử các quy tắc trên một tệp.")
    ] = None,
    week: OneReadWeek = None,
    reporter: OneReporter = None,
    as_json: Json = False,
) -> None:
    """Liệt kê, giải thích các quy tắc kiểm tra, hoặc thử trên một tệp. Thay đổi: không."""
    from deployments.cli.rules import show_rules, try_rules

    if tried is not None:
        try_rules(tried, code, week, reporter, as_json=as_json)
    elif week or reporter:
        raise UserError("--week và --reporter chỉ dùng cùng --try.")
    else:
        show_rules(code, as_json=as_json)


@app.command()
def serve(as_json: Json = False) -> None:
    """Mở máy chủ Prefect, giao diện và các lịch chạy. Thay đổi: cơ sở dữ liệu (nâng cấp), các lịch trong Prefect."""
    from deployments.cli.serving import serve_everything

    serve_everything(as_json=as_json)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Kiểm tra phiên bản, cơ sở dữ liệu, thư mục, máy chủ, lịch chạy. Thay đổi: không."""
    from deployments.cli.doctor import examine

    raise typer.Exit(examine(as_json=as_json))


@config_app.command("check")
def config_check(as_json: Json = False) -> None:
    """Kiểm tra cấu hình, báo mọi chỗ sai một lần, kèm tệp và dòng. Thay đổi: không."""
    from deployments.cli.checking import check_configuration

    raise typer.Exit(check_configuration(as_json=as_json))


@db_app.command("upgrade")
def db_upgrade(as_json: Json = False) -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu. Thay đổi: cấu trúc bảng, không mất dữ liệu."""
    from deployments.cli.checking import upgrade_database

    upgrade_database(as_json=as_json)


@quarantine_app.command("list")
def quarantine_list(as_json: Json = False) -> None:
    """Liệt kê các tệp chờ xác minh, lý do và cách xử lý. Thay đổi: không."""
    from deployments.cli.quarantine import list_quarantine

    list_quarantine(as_json=as_json)


@quarantine_app.command("show")
def quarantine_show(file: NamedFile, as_json: Json = False) -> None:
    """Cho biết mọi điều đã ghi về một tệp, ở bất kỳ tình trạng nào. Thay đổi: không."""
    from deployments.cli.quarantine import show_file

    show_file(file, as_json=as_json)


@quarantine_app.command("release")
def quarantine_release(
    number: FileNumber,
    by: By,
    reason: DecisionReason,
    reporter: Annotated[
        str | None,
        typer.Option("--reporter", metavar="my_ha", help="Đơn vị của báo cáo; để trống: đơn vị của thư mục."),
    ] = None,
    week: Annotated[
        str | None,
        typer.Option("--week", metavar="2023-W15", help="Tuần của báo cáo; để trống: tuần của thư mục."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Xác nhận một tệp là báo cáo của đơn vị nào, tuần nào. Thay đổi: sổ cái, phản hồi đơn vị; không phát hành.

    Không rút lại được: nếu nhầm, báo cáo mới của đơn vị khi được tiếp nhận sẽ thay các phần có trong báo cáo ấy.
    """
    from deployments.cli.quarantine import Whose, release_file

    release_file(number, by, reason, Whose(reporter, week), as_json=as_json)


@quarantine_app.command("refuse")
def quarantine_refuse(number: FileNumber, by: By, reason: DecisionReason, as_json: Json = False) -> None:
    """Không chấp nhận một tệp, trả lại đơn vị kèm lý do. Thay đổi: sổ cái, phản hồi đơn vị; không phát hành.

    Không rút lại được: nếu nhầm, đơn vị lưu tệp thành bản mới rồi gửi lại; nguyên tệp cũ gửi lại không được xét.
    """
    from deployments.cli.quarantine import refuse_file

    refuse_file(number, by, reason, as_json=as_json)


@quarantine_app.command("typed")
def quarantine_typed(
    number: FileNumber,
    file: Annotated[Path, typer.Option("--file", help="Tệp mẫu biểu đã nhập từ bản quét.")],
    by: By,
    as_json: Json = False,
) -> None:
    """Nhận tệp đã nhập tay từ một bản quét, tính giờ nhận của bản quét. Thay đổi: kho lưu, sổ cái; không phát hành.

    Không rút lại được: nếu nhầm, báo cáo mới của đơn vị khi được tiếp nhận sẽ thay các phần có trong báo cáo ấy.
    """
    from deployments.cli.quarantine import typed_file

    typed_file(number, file, by, as_json=as_json)


def main() -> None:
    """The entry point: an error of ours is one line in the terminal and an exit code, never a traceback."""
    try:
        # Standing alone, it would say its own mistakes, in English.
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            typer.echo(f"Đã {CODES[INTERRUPTED]}.", err=True)
        sys.exit(code)
    except typer.TyperException as error:
        sys.exit(_not_understood(error))
    except NtmError as error:
        sys.exit(failed(error))
    except OSError as error:
        sys.exit(failed(refused_by_the_system(error)))


def _not_understood(error: typer.TyperException) -> int:
    """A group without a command brings its help as an error."""
    if type(error).__name__ != "NoArgsIsHelpError":
        return failed(usage_error(error))
    typer.echo(error.format_message(), err=True)
    return 2
