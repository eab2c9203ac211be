"""What an .ods may fetch or start, whatever prefix its names have and in whichever part it stands."""

import pytest

from tasks.intake.preflight import examine
from tests.tasks.intake.packages import ods

LINK = ["FILE_HAS_EXTERNAL_LINK"]
ADDRESS = 'xmlns:xl="http://www.w3.org/1999/xlink" xl:href="{}"'
SPACES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:office="o" xmlns:text="t" xmlns:draw="d" xmlns:meta="m"'
)


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in examine(data, "bc.ods").findings]


def beside(inside: str, part: str = "styles.xml") -> bytes:
    return ods({part: f"<office:x {SPACES}>{inside}</office:x>".encode()})


ELSEWHERE = [
    "http://evil.example/x.png",
    "file:///c:/x.png",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/x.png",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_picture_by_address_is_found_under_any_prefix(address: str) -> None:
    assert codes(ods(body=f"<draw:image {ADDRESS.format(address)}/>")) == LINK


@pytest.mark.parametrize(
    "element", ["draw:fill-image", "x:font-face-uri", "x:background-image", "meta:auto-reload"]
)
@pytest.mark.parametrize("part", ["styles.xml", "meta.xml", "Object 1/content.xml"])
def test_whatever_has_an_address_outside_is_a_link(element: str, part: str) -> None:
    inside = f'<{element} xmlns:x="x" {ADDRESS.format("http://evil.example/x")}/>'
    assert "FILE_HAS_EXTERNAL_LINK" in codes(beside(inside, part))


def test_a_document_that_would_load_another_in_its_place_is_refused() -> None:
    assert codes(beside(f"<meta:auto-reload {ADDRESS.format('x.ods')}/>", "meta.xml")) == LINK
    assert codes(beside(f"<meta:auto-reload {ADDRESS.format('')}/>", "meta.xml")) == []


@pytest.mark.parametrize(
    "inside",
    [
        '<text:a xlink:href="https://example.vn">x</text:a>',
        '<draw:image xlink:href="Pictures/a.png"/><draw:object xlink:href="./Object 1"/>',
        '<draw:fill-image xlink:href="Pictures/a.png"/>',
        '<meta:template xlink:href="file:///c:/mau.ots"/>',
        '<draw:image xlink:href="data:image/png;base64,AAAA"/>',
        '<office:chart xlink:href=".."/>',
        '<draw:area-rectangle xlink:href="https://example.vn"/>',
    ],
)
def test_what_waits_for_a_click_or_lies_in_the_file_is_none(inside: str) -> None:
    assert codes(beside(inside)) == []
    assert codes(beside(inside, "meta.xml")) == []


@pytest.mark.parametrize(
    "expression",
    [
        "of:=WEBSERVICE(&quot;http://evil.example&quot;)",
        "of:='file:///c:/x.ods'#$S.A1",
        "of:=DDE(&quot;a&quot;)",
    ],
)
def test_a_name_may_not_reach_outside(expression: str) -> None:
    named = '<q:named-expression xmlns:q="q" q:name="x" q:expression="{}"/>'
    assert codes(ods(body=named.format(expression))) == LINK
    assert codes(ods(body=named.format("of:=SUM([.A1:.A9])"))) == []


def test_a_condition_may_not_reach_outside() -> None:
    checked = '<table:content-validation table:condition="of:{}"/>'
    assert codes(ods(body=checked.format("cell-content-is-between(1,9)"))) == []
    assert codes(ods(body=checked.format("is-true-formula(WEBSERVICE([.A1]))"))) == LINK


def test_a_macro_is_found_in_any_part() -> None:
    assert codes(beside('<x:event-listener xmlns:x="x"/>', "meta.xml")) == ["FILE_HAS_MACRO"]
