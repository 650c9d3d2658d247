"""Which files of this machine are input: those that can be read, each once, and none of ours."""

import os
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.stages.extract.inputs import find_files, has_changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An input folder beside another that is none."""
    for name in ("in/a.jsonl", "in/below/b.jsonl", "beside/secret.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}\n")
    return tmp_path / "in"


def listed(pattern: str | Path, follows_links: bool = False) -> tuple[list[str], Sequence[str]]:
    """Names of the files, and the warnings."""
    files = find_files([str(pattern)], follows_links=follows_links)
    return [Path(file.path).name for file in files.files], files.warnings


@pytest.mark.parametrize("kind", ["fifo", "socket", "device"])
def test_what_would_hang_who_opens_it_is_left_out_with_a_warning(folder: Path, kind: str) -> None:
    path = folder / "odd.jsonl"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(str(path))
        case _:
            path.symlink_to("/dev/zero")
    names, warnings = listed(folder, follows_links=True)
    assert names == ["a.jsonl", "b.jsonl"]
    assert [warning for warning in warnings if f"{path} was not read" in warning]


@pytest.mark.parametrize("target", ["beside", "beside/secret.jsonl"])
@pytest.mark.parametrize("is_glob", [True, False])
def test_a_link_that_leads_out_of_the_folder_is_followed_only_where_asked(
    folder: Path, target: str, is_glob: bool
) -> None:
    (folder / "link.jsonl").symlink_to(folder.parent / target)
    pattern = folder / "*.jsonl" if is_glob else folder
    names, warnings = listed(pattern)
    assert "secret.jsonl" not in names
    assert "link.jsonl" not in names
    assert any("it leads out of the input" in warning for warning in warnings)
    names, warnings = listed(pattern, follows_links=True)
    assert {"secret.jsonl", "link.jsonl"} & set(names)
    assert not warnings


def test_linked_folders_inside_are_read_and_each_file_once(folder: Path) -> None:
    (folder / "again").symlink_to(folder / "below")
    (folder / "below" / "loop").symlink_to(folder)
    assert listed(folder) == (["a.jsonl", "b.jsonl"], ())


def test_a_link_to_nothing_is_a_warning(folder: Path) -> None:
    (folder / "gone.jsonl").symlink_to(folder / "nothing.jsonl")
    names, warnings = listed(folder)
    assert names == ["a.jsonl", "b.jsonl"]
    assert [warning for warning in warnings if "gone.jsonl was not read" in warning]


def test_a_file_that_is_named_outright_is_read_wherever_it_leads(folder: Path) -> None:
    (folder / "link.jsonl").symlink_to(folder.parent / "beside" / "secret.jsonl")
    assert listed(folder / "link.jsonl")[0] == ["link.jsonl"]


@pytest.mark.parametrize("pattern", ["*.jsonl", "**/*.jsonl", "./*.jsonl", "in[x]*"])
def test_a_glob_without_a_folder_is_one(
    folder: Path, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in[x].jsonl").write_text("{}\n")
    monkeypatch.chdir(folder)
    if pattern == "in[x]*":
        with pytest.raises(UsageError, match="matches no file"):
            listed(pattern)
    else:
        assert "a.jsonl" in listed(pattern)[0]


def test_a_name_with_the_characters_of_a_glob_is_a_name(folder: Path) -> None:
    (folder / "a[1]*?.jsonl").write_text("{}\n")
    assert listed(folder / "a[1]*?.jsonl")[0] == ["a[1]*?.jsonl"]


def test_what_lies_in_an_excluded_folder_is_no_input_however_it_is_reached(folder: Path) -> None:
    (folder / "way.jsonl").symlink_to(folder / "below")
    files = find_files([str(folder)], excluded=[str(folder / "below")])
    assert [Path(file.path).name for file in files.files] == ["a.jsonl"]


def test_tables_beside_archives_are_told(folder: Path) -> None:
    (folder / "crawl.warc.gz").write_bytes(b"")
    (folder / "pages.html").write_bytes(b"")
    warnings = listed(folder)[1]
    assert [warning.partition(" holds ")[0] for warning in warnings] == [str(folder)]
    assert warnings[0].endswith("the tables were read too: a.jsonl")


def test_any_change_of_a_file_is_seen_also_where_its_time_is_set_back(folder: Path) -> None:
    path = folder / "a.jsonl"
    [file] = find_files([str(path)]).files
    assert not has_changed(file)
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_text("[]\n")
    os.utime(path, ns=times)
    assert path.stat().st_size == file.size_bytes
    assert has_changed(file)


def test_a_file_that_was_replaced_by_its_like_has_changed(folder: Path) -> None:
    path = folder / "a.jsonl"
    [file] = find_files([str(path)]).files
    other = folder / "other.jsonl"
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    assert has_changed(file)
    path.unlink()
    assert has_changed(file)
