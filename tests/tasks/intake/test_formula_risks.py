"""Formulas that reach outside a file, and those that only look so."""

import pytest

from tasks.intake.formula_risks import refuse_outside
from tasks.intake.refusals import Refused


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/c calc'!A0",
        "cmd|'calc'!A0",
        "[1]Sheet1!A1",
        "'[1]Sheet 1'!A1",
        "[1]Sheet1:Sheet3!A1",
        "[1]!Name",
        r"'\\server\share\[x.xlsx]S'!A1",
        "'file:///c:/x.ods'#$S.A1",
        'WEBSERVICE("http://evil.example")',
        """'a"'!A1+cmd|'/c calc'!A0+'"b'!A1""",  # a name that begins a text for who looks for texts alone
        "\"'\"&cmd|'/c calc'!A0&\"'\"",
    ],
)
def test_what_leads_outside_is_refused(formula: str) -> None:
    with pytest.raises(Refused, match="ra ngoài tệp"):
        refuse_outside(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "'Call (2)'!A1",
        "'Image (2)'!A1+1",
        "[$'Call (2)'.A1]",
        "SUM(B1[[2022]:[2023]])",
        "T1[2022]+'Tiến độ'!A1",
        "SUBTOTAL(109,T1[[#This Row],[2022]])*S!A1",
        'HYPERLINK("https://mard.gov.vn","về")',
        """'a "b" c'!A1""",
        """"cmd|'/c calc'!A0\"""",
    ],
)
def test_what_only_looks_so_is_not(formula: str) -> None:
    refuse_outside(formula)
