"""The commands of `ntm case`, as main.py has the others. Nothing heavy is imported up here."""

from typing import Annotated

import typer

from deployments.cli.options import By, Json, OneStandingWeek, Week, stated
from domain.judgement import Matter, Witness

case_app = typer.Typer(no_args_is_help=True, help="Nội dung xã và cơ quan thẩm tra chưa thống nhất.")


@case_app.command("list")
def case_list(week: OneStandingWeek = None, as_json: Json = False) -> None:
    """Liệt kê nội dung phải giải quyết của một tuần đã phát hành, ý kiến hai bên, quyết định đã có. Thay đổi: không."""
    from deployments.cli.cases import list_cases

    list_cases(week, as_json=as_json)


@case_app.command("decide")
def case_decide(  # noqa: PLR0913 - one for each thing that is typed
    commune: Annotated[str, typer.Argument(metavar="XÃ", help="Mã xã, ví dụ my_ha.")],
    code: Annotated[str, typer.Argument(metavar="CHỈ_TIÊU", help="Mã chỉ tiêu, ví dụ 1.1.")],
    week: Week,
    follow: Annotated[
        Witness,
        typer.Option(
            "--follow",
            metavar="commune|agency",
            help="Theo xã tự đánh giá (commune) hay theo cơ quan thẩm tra (agency).",
        ),
    ],
    by: By,
    reason: Annotated[str, typer.Option("--reason", callback=stated, help="Lý do, được in trong báo cáo.")],
    matter: Annotated[
        Matter,
        typer.Option(
            metavar="judgement|dossiers|result",
            help="Về đánh giá (judgement), hồ sơ (dossiers) hay kết quả (result).",
        ),
    ] = Matter.JUDGEMENT,
    as_json: Json = False,
) -> None:
    """Quyết định một nội dung hai bên chưa thống nhất. Thay đổi: sổ cái; không phát hành, không sửa số liệu của ai.

    Có hiệu lực đến khi một bên báo cáo khác. Nếu nhầm, quyết định lại theo tuần phát hành sau.
    """
    from deployments.cli.cases import decide_case

    decide_case(week, (commune, code, matter), follow, (by, reason), as_json=as_json)
