"""What a run is called in the UI and what its form asks for. The form of a deployment is made from these types."""

from typing import Annotated

from prefect.runtime import flow_run
from pydantic import Field

from domain.errors import NtmError
from domain.judgement import Matter
from flows.which_week import week_of_run

# Printed on page one of a revision: the form refuses an empty one.
Reason = Annotated[str, Field(pattern=r"\S")]


def run_name() -> str:
    """`Tuần thứ Tư 12/4/2023`."""
    try:
        return f"Tuần {week_of_run(flow_run.parameters.get('week')).vi}"
    except NtmError:  # said by the run itself, where a person sees it
        return "Tuần chưa xác định"


def late_name() -> str:
    """`Tuần thứ Tư 12/4/2023: my_thanh nộp muộn`."""
    return f"{run_name()}: {flow_run.parameters.get('reporter')} nộp muộn"


def again_name() -> str:
    """`Tuần thứ Tư 12/4/2023: phát hành lại`."""
    return f"{run_name()}: phát hành lại"


def settle_name() -> str:
    """`Tệp số 12: Không chấp nhận`."""
    return f"Tệp số {flow_run.parameters.get('number')}: {flow_run.parameters.get('decision')}"


def decide_name() -> str:
    """`my_ha 1.1, tuần 2023-W15: Theo cơ quan thẩm tra`; not of judgements `my_ha 1.1, hồ sơ, tuần`."""
    given = flow_run.parameters
    matter = given.get("matter", Matter.JUDGEMENT.vi)
    about = "" if matter == Matter.JUDGEMENT.vi else f", {matter.lower()}"
    return f"{given.get('case')}{about}, tuần {given.get('week')}: {given.get('decision')}"
