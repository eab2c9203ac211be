"""What must agree within the catalogue: codes, numbers, and what is stated of an indicator in its unit.

As in checks.py, what could not be read is None here.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from config.campaign_files import CampaignFiles
from config.mistakes import Mistake, closest
from config.schema import NUMERIC_UNITS, ChoiceEntry, IndicatorEntry, target_value
from config.shape import is_said

Mistakes = Iterator[Mistake]
Path = tuple[str | int, ...]


def codes_are_used_once(files: CampaignFiles) -> Mistakes:
    """Within one criterion a repeated key is found on reading; here across criteria, conditions, rows."""
    first: dict[str, str] = {}
    for path in code_places(files):
        code, criterion = str(path[-1]), str(path[1])
        if first.setdefault(code, criterion) != criterion:
            yield files.catalogue.mistake(f'Mã "{code}" đã dùng ở "{first[code]}".', *path)
    for path, indicator in indicator_entries(files):
        if indicator.row_of in first:
            said = f'Mã "{indicator.row_of}" là một dòng khác, không gộp vào được.'
            yield files.catalogue.mistake(said, *path, "row_of")


def criteria_have_their_own_numbers(files: CampaignFiles) -> Mistakes:
    entries = files.catalogue.data.criteria
    often = Counter(entry.number for entry in entries.values())
    for criterion, entry in entries.items():
        if is_said(entry.number) and often[entry.number] > 1:
            said = f"Số {entry.number} dùng cho hai tiêu chí."
            yield files.catalogue.mistake(said, "criteria", criterion, "number")


def code_places(files: CampaignFiles) -> Iterator[Path]:
    source = files.catalogue.source
    for criterion in source.keys("criteria"):
        for code in source.keys("criteria", criterion, "indicators"):
            yield ("criteria", criterion, "indicators", code)
    for code in source.keys("conditions"):
        yield ("conditions", code)


def targets_fit_their_units(files: CampaignFiles) -> Mistakes:
    for path, indicator in indicator_entries(files):
        for n, target in enumerate(indicator.target):
            if not is_said(target.value, indicator.unit):
                continue
            try:
                target_value(target.value, indicator.unit)
            except ArithmeticError:
                said = f'Mức "{target.value}" cần là một số.'
                yield files.catalogue.mistake(said, *path, "target", n)


def steps_are_of_numbers(files: CampaignFiles) -> Mistakes:
    """What moves, only grows or is compared is a number, and a step has a length."""
    for path, indicator in indicator_entries(files):
        is_number = indicator.cumulative or indicator.plausible_step is not None or indicator.tolerance
        if is_number and is_said(indicator.unit) and indicator.unit not in NUMERIC_UNITS:
            said = f'Đơn vị "{indicator.unit}" không phải là số nên không có plausible_step, cumulative, tolerance.'
            yield files.catalogue.mistake(said, *path, "unit")
        if indicator.plausible_step is not None and indicator.plausible_step <= 0:
            said = f"plausible_step {indicator.plausible_step} cần lớn hơn 0."
            yield files.catalogue.mistake(said, *path, "plausible_step")
        for n, tolerance in enumerate(indicator.tolerance):
            if is_said(tolerance.value) and tolerance.value <= 0:
                said = f"tolerance {tolerance.value} cần lớn hơn 0."
                yield files.catalogue.mistake(said, *path, "tolerance", n)


def choices_can_be_met(files: CampaignFiles) -> Mistakes:
    """Of conditions that there are, each asked for by one choice, and no more fields than it names."""
    first: dict[str, str] = {}
    for choice, entry in files.catalogue.data.choices.items():
        if is_said(entry.at_least) and not 1 <= entry.at_least <= len(entry.fields):
            said = f"at_least {entry.at_least} cần từ 1 đến {len(entry.fields)}, là số lĩnh vực của {choice}."
            yield files.catalogue.mistake(said, "choices", choice, "at_least")
        for path, condition in _conditions_of(choice, entry):
            if first.setdefault(condition, choice) != choice:
                said = f'Điều kiện "{condition}" đã thuộc "{first[condition]}".'
                yield files.catalogue.mistake(said, *path)


def choices_name_conditions(files: CampaignFiles) -> Mistakes:
    known = files.catalogue.source.keys("conditions")
    for choice, entry in files.catalogue.data.choices.items():
        for path, condition in _conditions_of(choice, entry):
            if condition not in known:
                said = f'Danh mục không có điều kiện "{condition}"' + closest(condition, known)
                yield files.catalogue.mistake(said, *path)


def _conditions_of(choice: str, entry: ChoiceEntry) -> Iterator[tuple[Path, str]]:
    for field, conditions in entry.fields.items():
        for n, condition in enumerate(conditions):
            if condition:
                yield ("choices", choice, "fields", field, n), condition


def targets_name_groups(files: CampaignFiles) -> Mistakes:
    groups = files.catalogue.source.keys("groups")
    for path, indicator in indicator_entries(files):
        for n, target in enumerate(indicator.target):
            for m, group in enumerate(target.groups):
                if group and group not in groups:
                    said = f'Danh mục không có nhóm xã "{group}"{closest(group, groups)}'
                    yield files.catalogue.mistake(said, *path, "target", n, "groups", m)


def numbers_of_conditions_have_targets(files: CampaignFiles) -> Mistakes:
    """A number that is compared with none, or a target in no unit, would be left alone in silence."""
    for condition, entry in files.catalogue.data.conditions.items():
        is_whole = entry.unit in NUMERIC_UNITS if entry.target else entry.unit is None
        if not is_whole:
            said = f"Điều kiện {condition}: unit (đơn vị của một số) và target cần đi cùng nhau."
            yield files.catalogue.mistake(said, "conditions", condition)


def indicator_entries(files: CampaignFiles) -> Iterator[tuple[Path, IndicatorEntry]]:
    """Every indicator, and the number of every condition that has one."""
    for condition, each in files.catalogue.data.conditions.items():
        if each.measured:
            yield ("conditions", condition), each.measured
    for criterion, entry in files.catalogue.data.criteria.items():
        for code, indicator in entry.indicators.items():
            yield ("criteria", criterion, "indicators", code), indicator


catalogue_checks: tuple[Callable[[CampaignFiles], Mistakes], ...] = (
    choices_can_be_met,
    choices_name_conditions,
    codes_are_used_once,
    criteria_have_their_own_numbers,
    numbers_of_conditions_have_targets,
    targets_fit_their_units,
    targets_name_groups,
    steps_are_of_numbers,
)
