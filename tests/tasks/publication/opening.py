"""The annex as a reader of spreadsheets has it: openpyxl's."""

import io
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from tasks.publication.annex import annex
from tasks.publication.cells import Report
from tasks.publication.view import View


def opened(view: View, report: Report) -> Workbook:
    file = io.BytesIO()
    with tempfile.TemporaryDirectory() as scratch:
        annex(view, report, file, Path(scratch))
    return openpyxl.load_workbook(file)
