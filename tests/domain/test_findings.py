import pytest

from domain.findings import Finding, Place, Severity, blocks


@pytest.mark.parametrize(
    ("severity", "out"), [("quarantine", True), ("error", True), ("warning", False), ("note", False)]
)
def test_errors_and_quarantine_keep_a_file_out_of_the_sums(severity, out):
    assert blocks([Finding("A", Severity.NOTE), Finding("B", Severity(severity))]) is out


def test_nothing_found_keeps_nothing_out():
    assert not blocks([])


def test_officers_read_how_grave_a_finding_is():
    assert [severity.vi for severity in Severity] == ["cần xác minh", "lỗi", "lưu ý", "ghi chú"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("Tiến độ", "G12"), "Tiến độ, ô G12"),
        (Place("", "G12"), "ô G12"),
        (Place("Tiến độ"), "Tiến độ"),
        (Place("Bảng 1", "đoạn 7, phần 2"), "Bảng 1, đoạn 7, phần 2"),
        (Place(), ""),
    ],
)
def test_a_place_is_worded_as_an_officer_finds_it(place, said):
    """A paragraph of a Word document says itself what it is."""
    assert place.vi == said
