"""What of a rule an office may change without a programmer."""

from domain.rules.parameters import PARAMETERS, WEEKS_OF_A_REQUEST


def test_every_parameter_stands_under_its_name_and_is_possible_by_default():
    assert all(name == each.name for name, each in PARAMETERS.items())
    assert all(each.least <= each.default <= each.most and each.meaning for each in PARAMETERS.values())


def test_a_parameter_is_as_the_campaign_says_and_else_as_shipped():
    assert WEEKS_OF_A_REQUEST.value({"weeks_of_a_request": "5"}) == 5
    assert WEEKS_OF_A_REQUEST.value({}) == WEEKS_OF_A_REQUEST.default == 2


def test_only_whole_numbers_within_the_limits_are_possible():
    possible = [
        text for text in ("0", "1", "52", "53", "2.0", "hai", "", "-1", "٣") if WEEKS_OF_A_REQUEST.takes(text)
    ]
    assert possible == ["1", "52"]
