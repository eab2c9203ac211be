"""Small Word documents made by hand: the XML that Word itself would write for a table, and what may be wrong in it."""

from collections.abc import Mapping, Sequence

from tests.tasks.intake.packages import RELATIONSHIPS, relations, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{TYPE}.document.main+xml"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "") -> str:
    """A paragraph; a run that is no markup is plain text."""
    content = "".join(one if one.startswith("<") else run(one) for one in runs)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def tc(content: str = "", *, span: int = 1, merge: str = "") -> str:
    """`merge`: "restart" or "continue"."""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merge, "")
    inside = content if content.startswith("<w:") else p(content)
    return f"<w:tc><w:tcPr>{across}{down}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str | Sequence[str], style: str = "") -> str:
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    lines = "".join(row if isinstance(row, str) else tr(*row) for row in rows)
    return f"<w:tbl><w:tblPr>{named}</w:tblPr>{lines}</w:tbl>"


def docx(
    *blocks: str,
    styles: str = "",
    extra: Mapping[str, bytes] | None = None,
    rels: Sequence[tuple[str, str, str]] = (),
    main: str = MAIN,
) -> bytes:
    """A document of these paragraphs and tables."""
    types = (
        f'<Types xmlns="{RELATIONSHIPS.replace("relationships", "content-types")}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    parts = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/_rels/document.xml.rels": relations(*rels),
        "word/document.xml": (
            f'<w:document xmlns:w="{W}" xmlns:m="{M}" xmlns:mc="{MC}" xmlns:w14="{W14}"><w:body>'
            f"{''.join(blocks)}<w:sectPr/></w:body></w:document>"
        ).encode(),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode(),
    }
    return zipped({**parts, **(extra or {})}.items())
