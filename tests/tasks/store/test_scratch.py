"""What is on its way has room, and leaves nothing: not even where a process was killed."""

import subprocess
import sys
from pathlib import Path

from tasks.store.scratch import scratch_file, scratch_folder
from tests.story import ROOT

KILLED = """
import os, signal, sys
from pathlib import Path
from tasks.store.scratch import scratch_file, scratch_folder
with scratch_folder(Path(sys.argv[1])) as folder, scratch_file(Path(sys.argv[1])) as file:
    file.write(b"x" * 100_000)
    (folder / "sheet").write_bytes(b"x")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "scratch").iterdir())


def test_a_file_is_written_and_read_and_never_has_a_name(tmp_path: Path) -> None:
    with scratch_file(tmp_path) as file:
        file.write(b"figures")
        file.seek(0)
        assert file.read() == b"figures"
        assert names(tmp_path) == []


def test_a_folder_is_empty_and_gone_in_the_end_also_after_an_error(tmp_path: Path) -> None:
    try:
        with scratch_folder(tmp_path) as folder:
            assert list(folder.iterdir()) == []
            (folder / "sheet").write_bytes(b"x")
            raise ValueError
    except ValueError:
        pass
    assert names(tmp_path) == []


def test_what_a_killed_process_left_goes_with_the_next_and_what_is_in_use_stays(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    (tmp_path / "scratch" / "file").write_bytes(b"of a file system that knows no file without a name")
    assert len(names(tmp_path)) == 2
    with scratch_folder(tmp_path) as first, scratch_folder(tmp_path) as second:
        assert names(tmp_path) == sorted([first.name, second.name])
