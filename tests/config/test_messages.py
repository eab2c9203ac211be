"""The sentences officers read."""

import unicodedata
from collections.abc import Mapping

from config.messages import FACTS, Message
from domain.findings import Finding, Severity


def finding(**facts: str) -> Finding:
    return Finding("X", Severity.ERROR, facts=facts)


def message(says: str, mend: str = "") -> Message:
    return Message(Severity.ERROR, "", says, mend)


def test_the_facts_of_a_finding_fill_the_braces() -> None:
    text = message('"{seen}" không phải là số.', "Đề nghị ghi {expected}.").text(
        finding(seen="12a", expected="12")
    )
    assert text == '"12a" không phải là số. Đề nghị ghi 12.'


def test_a_missing_fact_is_an_ellipsis_never_an_exception() -> None:
    assert message("Thiếu cột {heading}.").text(finding()) == "Thiếu cột …."


def test_braces_in_what_an_officer_typed_stay_as_typed() -> None:
    assert message("Ghi {seen}.").text(finding(seen="{name} {0} {")) == "Ghi {name} {0} {."


def test_what_is_wrong_and_what_would_be_right_can_be_had_apart() -> None:
    both = message("Số tiền âm: {seen}.", "Đề nghị kiểm tra lại.")
    assert both.sentence(finding(seen="-1")) == "Số tiền âm: -1."
    assert both.advice(finding(seen="-1")) == "Đề nghị kiểm tra lại."


def test_every_sentence_can_be_said_with_all_facts_and_with_none(messages: Mapping[str, Message]) -> None:
    everything = finding(**dict.fromkeys(FACTS, "…"))
    for code, one in messages.items():
        assert one.text(finding()) == one.text(everything), code
        assert "{" not in one.text(everything), code
        assert one.sentence(finding()).endswith("."), code


def test_every_sentence_is_composed_vietnamese(messages: Mapping[str, Message]) -> None:
    for code, one in messages.items():
        text = one.says + one.mend
        assert text == unicodedata.normalize("NFC", text), code
