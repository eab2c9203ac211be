from textwrap import dedent

from tests.mutants.making import mutants


def becomes(source):
    sound = dedent(source)
    return [mutant.beside(sound) for mutant in mutants(sound)]


def test_a_sign_a_number_and_a_word_are_each_changed_alone():
    told = becomes("def late(days: int) -> bool:\n    return days > 3\n")
    assert told == [
        ["- return days > 3", "+ return days >= 3"],
        ["- return days > 3", "+ return days > 4"],
    ]


def test_constants_and_what_has_a_decorator_are_changed_too():
    told = becomes("LIMIT = 7\n\n@property\ndef is_late(self):\n    return not self.sent\n")
    assert told == [
        ["- LIMIT = 7", "+ LIMIT = None"],
        ["- LIMIT = 7", "+ LIMIT = 8"],
        ["- return not self.sent", "+ return self.sent"],
    ]


def test_types_and_docstrings_stay_as_they_are():
    assert (
        becomes('def known(by: "Key" = key) -> "dict[1, 2]":\n    """True and 1."""\n    return by\n') == []
    )


def test_what_is_no_python_is_no_mutant():
    assert ["- break", "+ return"] not in becomes("for each in week:\n    break\n")
