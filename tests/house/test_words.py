"""Every finding code has its sentence, and no sentence waits for a code; every command and setting is documented."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
MESSAGES = yaml.safe_load((ROOT / "config" / "messages.vi.yaml").read_text(encoding="utf-8"))
_CODE = re.compile(r'"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)"')
# Words in capitals and quotes that are no finding codes.
NOT_CODES = {"BC_PNN"}


def codes_in_code() -> set[str]:
    files = [
        *(ROOT / "domain").rglob("*.py"),
        *(ROOT / "tasks" / "intake").rglob("*.py"),
        *(ROOT / "tasks").glob("*.py"),
    ]
    texts = (path.read_text(encoding="utf-8") for path in files)
    return {code for text in texts for code in _CODE.findall(text)} - NOT_CODES


def test_every_finding_code_has_its_vietnamese_sentence() -> None:
    assert {code for code in codes_in_code() if code not in MESSAGES and looks_like_ours(code)} == set()


def looks_like_ours(code: str) -> bool:
    families = {name.split("_")[0] for name in MESSAGES}
    return code.split("_")[0] in families


def test_every_sentence_is_said_somewhere() -> None:
    assert set(MESSAGES) - codes_in_code() == set()


def test_every_command_is_documented() -> None:
    from typer.main import get_command

    from deployments.cli.main import app

    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    group = get_command(app)
    names = [f"ntm {name}" for name in getattr(group, "commands", {})]
    assert [name for name in names if name not in text] == []
