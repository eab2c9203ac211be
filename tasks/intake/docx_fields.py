"""Fields of Word: an instruction, then what it came to; and the fields of old forms, which show a box or a choice.

Knows how they begin and end; docx_xml.py knows what else stands in a line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.intake.docx_body import Written
from tasks.intake.docx_styles import is_on
from tasks.intake.xml_pass import Attributes, attribute

TICKED, EMPTY = "☒", "☐"  # what Word draws


@dataclass
class _Field:
    begins_in: Written
    instruction: str = ""
    is_result: bool = False


@dataclass
class _Shown:
    """A field of an old form. `said`: the switches of a box, the numbers of a list, by their elements."""

    is_box: bool
    said: dict[str, Attributes] = field(default_factory=dict)
    choices: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        if self.is_box:
            said = self.said.get("checked", self.said.get("default"))
            return TICKED if said is not None and is_on(said) else EMPTY
        chosen = attribute(self.said.get("result", self.said.get("default", {})), "val") or "0"
        try:
            n = int(chosen)
        except ValueError:  # one odd cell, no damaged file
            return ""
        return self.choices[n] if 0 <= n < len(self.choices) else ""


class Fields:
    """Those that are open in the innermost cell; those of the cells around it, and of the body, wait."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """`write` takes the text that a field of a form shows."""
        self._write = write
        self._open: list[_Field] = []
        self._around: list[list[_Field]] = []
        self._form: _Shown | None = None

    def starts(self, paragraph: Callable[[], Written]) -> dict[str, Callable[[Attributes], None]]:
        said = ("checked", "default", "result")
        return {
            "fldChar": lambda attributes: self._on_mark(attributes, paragraph()),
            "fldSimple": lambda attributes: _note_formula(paragraph(), attribute(attributes, "instr")),
            "checkBox": lambda _: self._on_form(is_box=True),
            "ddList": lambda _: self._on_form(is_box=False),
            "listEntry": self._on_choice,
            **{name: self._saying(name) for name in said},
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        return dict.fromkeys(("checkBox", "ddList"), self._on_form_end)

    @property
    def is_all_result(self) -> bool:
        """Whether what stands here is shown: none of them is still at its instruction."""
        return all(each.is_result for each in self._open)

    def on_instruction(self, text: str) -> None:
        if self._open:
            self._open[-1].instruction += text

    def on_paragraph(self) -> None:
        """An instruction ends in its own paragraph: one that doesn't would keep out what follows."""
        _leave_open([each for each in self._open if not each.is_result])
        self._open = [each for each in self._open if each.is_result]

    def on_cell(self) -> None:
        self._around.append(self._open)
        self._open = []

    def on_cell_end(self) -> None:
        _leave_open(self._open)
        self._open = self._around.pop()

    def on_end(self) -> None:
        _leave_open(self._open)

    def _on_mark(self, attributes: Attributes, paragraph: Written) -> None:
        kind = attribute(attributes, "fldCharType")
        if kind == "begin":
            self._open.append(_Field(paragraph))
        elif kind == "separate" and self._open:
            self._open[-1].is_result = True
            _note_formula(paragraph, self._open[-1].instruction)
        elif kind == "end" and self._open:
            self._open.pop()

    def _on_form(self, *, is_box: bool) -> None:
        self._form = _Shown(is_box)

    def _saying(self, name: str) -> Callable[[Attributes], None]:
        def on_start(attributes: Attributes) -> None:
            if self._form:
                self._form.said[name] = attributes

        return on_start

    def _on_choice(self, attributes: Attributes) -> None:
        if self._form:
            self._form.choices.append(attribute(attributes, "val"))

    def _on_form_end(self) -> None:
        """It stands at the beginning of its own field, whose result it is."""
        if self._form and self._open:
            form, own = self._form.text, self._open.pop()
            self._write(form)
            self._open.append(own)
        self._form = None


def _leave_open(fields: list[_Field]) -> None:
    for each in fields:
        each.begins_in.is_open = True


def _note_formula(paragraph: Written, instruction: str) -> None:
    """ "=SUM(ABOVE)": what it came to when somebody last pressed F9 is what stands there."""
    if instruction.strip().startswith("="):
        paragraph.formula = instruction.strip().removeprefix("=")
