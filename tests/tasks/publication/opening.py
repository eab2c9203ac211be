"""The annex as a reader of spreadsheets has it: openpyxl's."""

import io

import openpyxl
from openpyxl.workbook import Workbook

from tasks.publication.annex import annex
from tasks.publication.cells import Report
from tasks.publication.view import View


def opened(view: View, report: Report) -> Workbook:
    file = io.BytesIO()
    annex(view, report, file)
    return openpyxl.load_workbook(file)
