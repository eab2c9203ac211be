"""A small VBA project such as an officer records in Excel: one module that counts the rows judged đạt.

Written after [MS-OVBA]; harmless, and never run by us: it is there to be refused.
"""

import struct

from deployments.demo.compound_file import compound_file

_MACRO = """\
' Tong hop so chi tieu dat theo xa
Sub TongHop()
    Dim r As Long, dat As Long
    With Worksheets(2)
        For r = 6 To .Cells(.Rows.Count, 2).End(xlUp).Row
            If LCase(Trim(.Cells(r, 5).Value)) = LCase(ChrW(272) & ChrW(7841) & "t") Then dat = dat + 1
        Next r
    End With
    MsgBox "So chi tieu dat: " & dat
End Sub
"""
_DOCUMENT_CLASS = "0{%s-0000-0000-C000-000000000046}"
_WORKBOOK, _WORKSHEET = "00020819", "00020820"


def vba_project(sheets: int) -> bytes:
    """The bytes of xl/vbaProject.bin for a workbook with so many sheets, code names Sheet1, Sheet2, ..."""
    documents = {"ThisWorkbook": _WORKBOOK} | {f"Sheet{n}": _WORKSHEET for n in range(1, sheets + 1)}
    sources = {name: _document_source(name, kind) for name, kind in documents.items()}
    sources["Module1"] = 'Attribute VB_Name = "Module1"\n' + _MACRO
    streams = {name: _compressed(_windows(source)) for name, source in sources.items()}
    vba = {
        "_VBA_PROJECT": struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0),
        "dir": _compressed(_directory(list(sources))),
    }
    return compound_file(
        {
            "VBA": vba | streams,
            "PROJECT": _windows(_project(list(sources))),
            "PROJECTwm": _names(list(sources)),
        }
    )


def _document_source(name: str, kind: str) -> str:
    flags = {"VB_GlobalNameSpace": False, "VB_Creatable": False, "VB_PredeclaredId": True, "VB_Exposed": True}
    lines = [f'Attribute VB_Name = "{name}"', f'Attribute VB_Base = "{_DOCUMENT_CLASS % kind}"']
    lines += [f"Attribute {flag} = {value}" for flag, value in flags.items()]
    return "\n".join([*lines, "Attribute VB_TemplateDerived = False", "Attribute VB_Customizable = True", ""])


def _project(modules: list[str]) -> str:
    lines = ['ID="{5DD90D76-4904-47A2-AF0D-D69B4673604E}"']
    lines += [f"Module={m}" if m == "Module1" else f"Document={m}/&H00000000" for m in modules]
    lines += ['Name="VBAProject"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    lines += [
        'CMG="0705D8E3D8EDDBF1DBF1DBF1DBF1"',
        'DPB="0E0CD1ECDFF4E7F5E7F5E7"',
        'GC="1517CAF1D6F9D7F9D706"',
        "",
    ]
    lines += ["[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", ""]
    return "\n".join([*lines, "[Workspace]", *(f"{m}=0, 0, 0, 0, C" for m in modules), ""])


def _names(modules: list[str]) -> bytes:
    """PROJECTwm: each name in the code page and in Unicode."""
    return b"".join(m.encode() + b"\0" + m.encode("utf-16-le") + b"\0\0" for m in modules) + b"\0\0"


def _directory(modules: list[str]) -> bytes:
    """The dir stream: what the project is, then its modules; each source begins at byte 0 of its stream."""
    out = _record(0x01, struct.pack("<I", 1))
    out += b"".join(_record(number, struct.pack("<I", 0x409)) for number in (0x02, 0x14))
    out += _record(0x03, struct.pack("<H", 1252)) + _record(0x04, b"VBAProject")
    out += _record(0x05) + _record(0x40) + _record(0x06) + _record(0x3D)
    out += b"".join(_record(number, struct.pack("<I", 0)) for number in (0x07, 0x08))
    out += struct.pack("<HIIH", 0x09, 4, 1, 0) + _record(0x0C) + _record(0x3C)
    out += _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    return out + b"".join(map(_module, modules)) + _record(0x10)


def _module(name: str) -> bytes:
    plain, wide = name.encode(), name.encode("utf-16-le")
    out = _record(0x19, plain) + _record(0x47, wide) + _record(0x1A, plain) + _record(0x32, wide)
    out += (
        _record(0x1C)
        + _record(0x48)
        + _record(0x31, struct.pack("<I", 0))
        + _record(0x1E, struct.pack("<I", 0))
    )
    return out + _record(0x2C, b"\xff\xff") + _record(0x21 if name == "Module1" else 0x22) + _record(0x2B)


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(content)) + content


def _windows(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("cp1252")


def _compressed(content: bytes) -> bytes:
    """The container of [MS-OVBA] 2.4.1 in one chunk of literals only: legal, and an eighth larger."""
    literals = b"".join(b"\0" + content[i : i + 8] for i in range(0, len(content), 8))
    if len(literals) > 4096:
        raise ValueError("a source of more than one chunk: this writer is for small macros")
    return b"\x01" + struct.pack("<H", 0xB000 | (len(literals) - 1)) + literals
