"""Under WSL a state folder on a Windows disk is refused, by the table of mounts as WSL writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.cli import windows_disk
from sendbook.cli.options import state_folder
from sendbook.cli.windows_disk import is_on_windows_disk
from sendbook.errors import SendbookError

WSL = "5.15.167.4-microsoft-standard-WSL2"
MOUNTS = r"""/dev/sdc / ext4 rw,relatime,discard,errors=remount-ro,data=ordered 0 0
none /usr/lib/wsl/drivers 9p ro,nosuid,nodev,noatime,aname=drivers;fmask=222;dmask=222,mmap,access=client 0 0
proc /proc proc rw,nosuid,nodev,noexec,noatime 0 0
C:\134 /mnt/c 9p rw,noatime,aname=drvfs;path=C:\;uid=1000;gid=1000;symlinkroot=/mnt/,mmap,access=client 0 0
D:\134 /mnt/d drvfs rw,noatime,uid=1000,gid=1000,case=off 0 0
E:\134 /mnt/my\040disk 9p rw,noatime,aname=drvfs;path=E:\ 0 0
/dev/sdd /mnt/c/linux ext4 rw,relatime 0 0
"""


@pytest.mark.parametrize(
    ("folder", "refused"),
    [
        ("/home/pat/campus/.sendbook", False),
        ("/mnt/c/Users/Pat/campus/.sendbook", True),
        ("/mnt/d/campus/.sendbook", True),
        ("/mnt/my disk/campus/.sendbook", True),
        ("/mnt/cellar/campus/.sendbook", False),
        ("/mnt/c", True),
        ("/mnt/c/linux/campus", False),
        ("/mnt", False),
    ],
)
def test_the_disk_that_a_folder_is_on_decides(folder: str, *, refused: bool) -> None:
    assert is_on_windows_disk(Path(folder), MOUNTS, WSL) is refused
    assert not is_on_windows_disk(Path(folder), MOUNTS, "6.1.0-28-amd64"), "9p is a Linux machine's own there"


def test_a_disk_that_is_mounted_over_another_counts() -> None:
    over = MOUNTS + "/dev/sde /mnt/c ext4 rw,relatime 0 0\n"
    assert not is_on_windows_disk(Path("/mnt/c/campus"), over, WSL)


def test_a_state_folder_there_is_refused_with_a_sentence_before_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(f"{MOUNTS}F:\\134 {tmp_path} 9p rw,aname=drvfs 0 0\n", encoding="utf-8")
    monkeypatch.setattr(windows_disk, "_MOUNTS", tmp_path / "mounts")
    monkeypatch.setattr(windows_disk.os, "uname", lambda: type("Uname", (), {"release": WSL})())
    with pytest.raises(SendbookError, match=r"is on a Windows disk.* --state ~/sendbook-state"):
        state_folder(tmp_path / "campus", None)
    assert not (tmp_path / "campus").exists()
