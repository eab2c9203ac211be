"""Settings from the environment, and the page that documents them."""

import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.facts import CONFIG_ROOT
from config.mistakes import ConfigMistakes
from config.settings import (
    InboxKind,
    OfficeKind,
    Settings,
    child_environment,
    load_settings,
    settings_table,
)

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


def test_settings_built_directly_are_not_turned_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_CAMPAIGN", "another")
    assert Settings(home=tmp_path).published == tmp_path / "published"
    assert Settings(home=tmp_path).campaign == "my-loc-2023"
    assert load_settings().campaign == "another"


def test_a_child_process_loads_exactly_these_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_STORY_NOW", "2020-01-01T00:00:00Z")
    settings = load_settings(
        {
            "NTM_HOME": str(tmp_path / "Nhà của tôi"),
            "NTM_OFFICE": "http",
            "NTM_OFFICE_URL": "https://office.invalid",
            "NTM_OFFICE_TOKEN": "geheim",
            "NTM_BATCH_SIZE": "7",
        }
    )
    later = settings.at(datetime.fromisoformat("2023-04-12T16:30:00+07:00"))
    assert load_settings(child_environment(settings)) == settings
    assert load_settings(child_environment(later)) == later != settings
    assert hash(load_settings(child_environment(later))) == hash(later)  # it is the key of an lru_cache


def test_settings_can_not_be_changed() -> None:
    with pytest.raises(ValidationError):
        setattr(load_settings({}), "campaign", "another")  # noqa: B010 - the types forbid it too


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
    assert all("cần" in said or "có phải" in said for said in found.values())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NTM_OFFICE_URL", "geheim.example"),
        ("NTM_OFFICE", "geheim"),
        ("NTM_BATCH_SIZE", "geheim"),
        ("NTM_BATCH_SIZE", "0.5"),
        ("NTM_BATCH_SIZE", "9" * 5000),
        ("NTM_STORY_NOW", "geheim"),
        ("NTM_STORY_NOW", "2023-04-30"),
        ("NTM_STORY_NOW", "1681291800"),  # would be seconds since 1970
        ("NTM_INBOX", "~geheim/inbox"),
        ("NTM_home", "geheim"),
    ],
)
def test_a_wrong_value_is_never_repeated_nor_explained_in_english(name: str, text: str) -> None:
    found = mistakes(**{name: text})
    assert found.keys() == {name}
    assert text not in found[name]
    assert any(word in found[name] for word in ("cần", "có thể ghi", "docs/settings.md"))


def test_a_traceback_of_a_wrong_setting_shows_no_value() -> None:
    with pytest.raises(ConfigMistakes) as caught:
        load_settings({"NTM_DATABASE_URL": "mysql://u:geheim@h/d"})
    assert caught.value.__suppress_context__
    with pytest.raises(ValidationError) as refused:
        Settings(database_url="mysql://u:geheim@h/d")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(("memory", "is_right"), [("63", False), ("64", True), ("65", True)])
def test_a_limit_has_a_least_value(memory: str, is_right: bool) -> None:
    if is_right:
        assert load_settings({"NTM_READER_MEMORY_MB": memory}).reader_memory_mb == int(memory)
    else:
        assert "64" in mistakes(NTM_READER_MEMORY_MB=memory)["NTM_READER_MEMORY_MB"]


@pytest.mark.parametrize(("port", "is_right"), [("65535", True), ("65536", False), ("99999", False)])
def test_a_port_has_a_greatest_value(port: str, is_right: bool) -> None:
    if is_right:
        assert load_settings({"NTM_SERVER_PORT": port}).server_port == int(port)
    else:
        assert "không quá 65535" in mistakes(NTM_SERVER_PORT=port)["NTM_SERVER_PORT"]


def test_an_empty_variable_is_an_unset_one_and_others_are_not_ours() -> None:
    assert load_settings({"NTM_CAMPAIGN": "", "HOME": "/x"}).campaign == "my-loc-2023"


def test_neither_token_nor_password_is_ever_shown() -> None:
    settings = load_settings(
        {"NTM_OFFICE_TOKEN": "geheim", "NTM_DATABASE_URL": "postgresql+psycopg://u:geheim@h/d"}
    )
    assert "geheim" not in f"{settings!r} {settings} {settings.office_token}"
    assert settings.office_token.get_secret_value() == "geheim"
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.mark.parametrize("token", ["a\nb", "a\r\nX-Other: 1", "a b", "mật-mã", "a\x00b", " "])
def test_a_token_that_fits_in_no_header_is_refused_and_not_repeated(token: str) -> None:
    (said,) = mistakes(NTM_OFFICE_TOKEN=token).values()
    assert "cần một dòng" in said
    assert "mật-mã" not in said


def test_a_token_of_all_signs_that_a_header_takes_is_taken() -> None:
    token = "abc-._~+/09=!"
    assert load_settings({"NTM_OFFICE_TOKEN": token}).office_token.get_secret_value() == token


@pytest.mark.parametrize(("reporters", "batch"), [(1, 1), (50, 1), (51, 250), (2000, 250)])
def test_a_batch_grows_with_the_number_of_reporters(reporters: int, batch: int) -> None:
    assert load_settings({}).batch_of(reporters) == batch
    assert load_settings({"NTM_BATCH_SIZE": "7"}).batch_of(reporters) == 7


def test_the_page_of_settings_is_the_generated_one() -> None:
    assert DOCS.read_text("utf-8") == settings_table()


def test_loading_a_campaign_imports_no_slow_package() -> None:
    """pydantic comes with the settings (and with typer); a campaign is read without it."""
    assert slow_packages_after("from config.facts import load_campaign; load_campaign('my-loc-2023')") == ""


def test_loading_the_settings_imports_no_slow_package_but_pydantic() -> None:
    assert (
        slow_packages_after("from config.settings import load_settings; load_settings({})")
        == "pydantic pydantic_settings"
    )


def slow_packages_after(code: str) -> str:
    slow = ("holidays", "pandas", "prefect", "pydantic", "pydantic_settings", "sqlalchemy")
    asked = f"import sys; {code}; print(*(name for name in {slow} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=CONFIG_ROOT.parent, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
