"""The options that several commands of `ntm` have."""

from pathlib import Path
from typing import Annotated

import typer

from domain.errors import UserError


def stated(reason: str) -> str:
    """Printed on page one of a revision: said before anything is started."""
    if not reason.strip():
        raise UserError('Lý do không được để trống; hãy ghi, ví dụ: --reason "Xã gửi lại báo cáo đã sửa".')
    return reason.strip()


Week = Annotated[str, typer.Option("--week", metavar="2023-W15", help="Tuần báo cáo.")]
AnyWeek = Annotated[
    str | None, typer.Option("--week", metavar="2023-W15", help="Tuần báo cáo; để trống: theo lịch.")
]
OneWeek = Annotated[
    str | None, typer.Option("--week", metavar="2023-W15", help="Chỉ tuần báo cáo này; để trống: mọi tuần.")
]
OneReadWeek = Annotated[
    str | None,
    typer.Option("--week", metavar="2023-W15", help="Tuần báo cáo; để trống: theo thư mục hoặc tệp."),
]
OneStandingWeek = Annotated[
    str | None,
    typer.Option("--week", metavar="2023-W15", help="Tuần đã phát hành; để trống: tuần phát hành gần nhất."),
]
OneReporter = Annotated[
    str | None,
    typer.Option("--reporter", metavar="my_ha", help="Mã đơn vị; để trống: theo thư mục hoặc tệp."),
]
OneDemoWeek = Annotated[
    str | None, typer.Option("--week", metavar="2023-W15", help="Tuần của dữ liệu mẫu; để trống: 2023-W15.")
]
Reporter = Annotated[str, typer.Option("--reporter", metavar="my_ha", help="Mã đơn vị báo cáo.")]
Reason = Annotated[
    str, typer.Option("--reason", callback=stated, help="Lý do, được in ở trang đầu của bản mới.")
]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
FileNumber = Annotated[int, typer.Argument(help="Số của tệp trong danh sách.", min=1, max=2**31 - 1)]
NamedFile = Annotated[
    str, typer.Argument(metavar="SỐ|MÃ", help="Số của tệp, hoặc ít nhất 8 ký tự đầu của mã SHA-256.")
]
By = Annotated[str, typer.Option("--by", help="Chức vụ của người quyết định, không ghi họ tên.")]
DecisionReason = Annotated[
    str, typer.Option("--reason", callback=stated, help="Lý do, được lưu và gửi cho đơn vị.")
]
ReportFile = Annotated[Path, typer.Argument(help="Tệp báo cáo.")]
