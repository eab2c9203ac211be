"""The exit code of every kind of ending, in one place. `ntm --help` and docs/commands.md list them."""

from domain.errors import ConfigError, DeliveryError, IntakeError, NtmError, StoreError, UserError

CODES = {
    0: "xong (cũng khi không có gì thay đổi)",
    1: "lỗi không lường trước; xem nhật ký",
    2: "lệnh hoặc cấu hình sai; mọi chỗ sai được liệt kê",
    3: "không đọc được hộp thư đến",
    4: "không mở được cơ sở dữ liệu hoặc kho lưu",
    5: "chưa giao được cho văn phòng; lần chạy sau sẽ giao tiếp",
    6: "lần chạy trong Prefect thất bại",
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
        case _:
            return 1


def exit_code_named(name: str) -> int:
    """The same for an error that another process met, by the name of its class."""
    kinds = {kind.__name__: kind for kind in (UserError, ConfigError, IntakeError, StoreError, DeliveryError)}
    return exit_code(kinds[name]("")) if name in kinds else 6
