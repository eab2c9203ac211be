"""The exit code of every kind of ending, in one place. `ntm --help` and docs/commands.md list them."""

from deployments.server import ServerNotReady
from domain.errors import ConfigError, DeliveryError, IntakeError, NtmError, StoreError, UserError

INTERRUPTED = 130  # as every shell says of Ctrl-C

CODES = {
    0: "xong (cũng khi không có gì thay đổi)",
    1: "lỗi không lường trước; xem nhật ký",
    2: "lệnh hoặc cấu hình sai; mọi chỗ sai được liệt kê",
    3: "không đọc được hộp thư đến",
    4: "không mở được cơ sở dữ liệu hoặc kho lưu",
    5: "chưa giao được cho văn phòng; xem ntm status, giao lại bằng ntm deliver",
    6: "lần chạy hoặc máy chủ Prefect thất bại",
    INTERRUPTED: "dừng theo yêu cầu (Ctrl-C); chạy lại lệnh để làm tiếp",
}


def exit_code(error: NtmError) -> int:
    """See CODES."""
    match error:
        case UserError() | ConfigError():
            return 2
        case IntakeError():
            return 3
        case StoreError():
            return 4
        case DeliveryError():
            return 5
        case ServerNotReady():
            return 6
        case _:
            return 1


def exit_code_named(name: str) -> int:
    """The same for an error that another process met, by the name of its class."""
    kinds = {kind.__name__: kind for kind in (UserError, ConfigError, IntakeError, StoreError, DeliveryError)}
    return exit_code(kinds[name]("")) if name in kinds else 6


def family(error: BaseException) -> str:
    """The class of ours that decides the exit code: of a ConfigMistakes it is ConfigError."""
    names = [kind.__name__ for kind in type(error).__mro__]
    return names[names.index(NtmError.__name__) - 1] if NtmError.__name__ in names[1:] else names[0]
