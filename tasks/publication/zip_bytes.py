"""A zip container without the hour it was packed in. Word and the page's archive need the same bytes on every
machine.
"""

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip entry can hold


def with_fixed_dates(data: bytes) -> bytes:
    """The same members in the same order, each dated the first day of the format."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
