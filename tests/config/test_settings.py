"""Settings from the environment, and the page that documents them."""

import os
import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.facts import CONFIG_ROOT
from config.mistakes import ConfigMistakes
from config.settings import InboxKind, OfficeKind, Settings, load_settings, settings_table

DOCS = CONFIG_ROOT.parent / "docs" / "settings.md"


def mistakes(**environ: str) -> dict[str, str]:
    with pytest.raises(ConfigMistakes) as caught:
        load_settings(environ)
    return {m.file: m.message for m in caught.value.mistakes}


def test_without_any_variable_everything_lies_below_var(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    home = tmp_path / "var"
    assert settings.home == home
    assert settings.database_url == f"sqlite:///{home}/ntm.sqlite3"
    assert {settings.inbox, settings.office_folder, settings.published, settings.replies} == {
        home / name for name in ("inbox", "office", "published", "replies")
    }
    assert (settings.archive, settings.prefect_home) == (home / "archive", home / "prefect")
    assert settings.campaign == "my-loc-2023"
    assert (settings.inbox_kind, settings.office) == (InboxKind.FOLDER, OfficeKind.FOLDER)
    assert settings.config_root == CONFIG_ROOT


def test_folders_follow_home_unless_they_are_set(tmp_path: Path) -> None:
    settings = load_settings({"NTM_HOME": str(tmp_path), "NTM_INBOX": "/srv/inbox"})
    assert settings.inbox == Path("/srv/inbox")
    assert settings.archive == tmp_path / "archive"


def test_a_test_may_build_settings_without_an_environment(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).published == tmp_path / "published"


def test_the_story_clock_stands_still_and_is_given_in_utc() -> None:
    settings = load_settings({"NTM_STORY_NOW": "2023-04-12T16:30:00+07:00"})
    assert settings.now() == datetime(2023, 4, 12, 9, 30, tzinfo=UTC)
    assert settings.now().tzinfo is UTC


def test_without_a_story_the_clock_is_the_machines() -> None:
    assert abs(load_settings({}).now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_every_wrong_setting_is_named_at_once_with_what_would_be_right() -> None:
    found = mistakes(
        NTM_HOEM="x",
        NTM_BATCH_SIZE="-1",
        NTM_OFFICE="http",
        NTM_OFFICE_TIMEOUT_SECONDS="soon",
        NTM_INBOX_KIND="mail",
        NTM_STORY_NOW="2023-04-12 16:30",
        NTM_DATABASE_URL="mysql://u:geheim@h/d",
    )
    assert found.keys() == {
        "NTM_HOEM",
        "NTM_BATCH_SIZE",
        "NTM_OFFICE_URL",
        "NTM_OFFICE_TIMEOUT_SECONDS",
        "NTM_INBOX_KIND",
        "NTM_STORY_NOW",
        "NTM_DATABASE_URL",
    }
    assert "NTM_HOME" in found["NTM_HOEM"]
    assert "folder, backfill" in found["NTM_INBOX_KIND"]
    assert "+07:00" in found["NTM_STORY_NOW"]
    assert "geheim" not in str(found)


@pytest.mark.parametrize(("memory", "is_right"), [("63", False), ("64", True), ("65", True)])
def test_a_limit_has_a_least_value(memory: str, is_right: bool) -> None:
    if is_right:
        assert load_settings({"NTM_READER_MEMORY_MB": memory}).reader_memory_mb == int(memory)
    else:
        assert "64" in mistakes(NTM_READER_MEMORY_MB=memory)["NTM_READER_MEMORY_MB"]


def test_an_empty_variable_is_an_unset_one_and_others_are_not_ours() -> None:
    assert load_settings({"NTM_CAMPAIGN": "", "HOME": "/x"}).campaign == "my-loc-2023"


def test_neither_token_nor_password_is_ever_shown() -> None:
    settings = load_settings(
        {"NTM_OFFICE_TOKEN": "geheim", "NTM_DATABASE_URL": "postgresql+psycopg://u:geheim@h/d"}
    )
    assert "geheim" not in f"{settings!r} {settings.office_token}"
    assert settings.office_token.get_secret_value() == "geheim"
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.mark.parametrize(("reporters", "batch"), [(1, 1), (50, 1), (51, 250), (2000, 250)])
def test_a_batch_grows_with_the_number_of_reporters(reporters: int, batch: int) -> None:
    assert load_settings({}).batch_of(reporters) == batch
    assert load_settings({"NTM_BATCH_SIZE": "7"}).batch_of(reporters) == 7


def test_the_page_of_settings_is_the_generated_one() -> None:
    assert DOCS.read_text("utf-8") == settings_table()


def test_loading_a_campaign_imports_no_slow_package() -> None:
    code = (
        "import sys; from config.facts import load_campaign; from config.settings import load_settings; "
        "load_campaign(load_settings({}).campaign); "
        "sys.exit(' '.join({'pydantic', 'pydantic_settings', 'holidays', 'pandas', 'prefect'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CONFIG_ROOT.parent, env=os.environ, check=False)
    assert done.returncode == 0
