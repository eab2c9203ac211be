"""What the operator reads while a run works: one Vietnamese line per event of our loggers."""

from collections.abc import Mapping

from domain.submissions import SubmissionState

SENTENCES: Mapping[str, str] = {
    "collected": "Nhận tệp: {new} tệp mới, {known} tệp đã nhận từ trước",
    "left_out": "Để ngoài {path}: {why}",
    "secret": "{unit}, tuần {week}: tệp có ghi độ mật, không lưu; hãy chuyển tệp khỏi nơi nhận",
    "judged": "Kiểm tra {unit}: {state}{in_file}",
    "answered": "Phản hồi cho {unit}: {path}",
    "unanswered": "Chưa gửi được phản hồi cho {unit}: {why}",
    "summarised": "Tổng hợp tuần {week}: {figures} số liệu",
    "later_weeks_differ": "Nếu tổng hợp lại, số liệu tuần {weeks} sẽ khác; các bản đã phát hành giữ nguyên",
    "unchanged": "Tuần {week}: không có số liệu nào thay đổi so với bản {revision}",
    "rendered": "Soạn {documents} tài liệu",
    "recorded": "Ghi sổ bản {revision} của tuần {week}",
    "published": "Phát hành vào {folder}",
    "delivered": "Giao cho {recipient}: đã xác nhận",
    "undelivered": "Chưa giao được cho {recipient}: {why}",
}

STATES = {state.value: state.vi for state in SubmissionState}


def sentence(event: str, facts: Mapping[str, object]) -> str:
    """The line for one event; an event without a sentence is not shown to an operator ("")."""
    template = SENTENCES.get(event)
    state = STATES.get(str(facts.get("state")), "")
    in_file = f" ({facts['file']})" if facts.get("file") else ""
    return template.format_map({**facts, "state": state, "in_file": in_file}) if template else ""
