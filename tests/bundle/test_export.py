"""An export is a reader's whole site as files, and nothing else."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from sendbook.bundle import PUBLIC, Bundle, Fragment, export
from sendbook.errors import BundleError
from tests.bundle.sites import AISHA, BEN, MONDAY, STYLE, plan, press, printed

NOT_FOUND = {"/404.html": Fragment(title="Not here", content="<p>There is nothing here for you.</p>")}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_an_export_holds_documents_and_not_their_data(bundle: Bundle, tmp_path: Path):
    export(bundle, "p", MONDAY, tmp_path / "out", press=press)
    written = tree(tmp_path / "out")[printed(AISHA).removeprefix("/")]
    assert written == b'%PDF made of {"plan of": "7Q4K"}'
    assert printed(BEN).removeprefix("/") not in tree(tmp_path / "out")


def test_a_parent_s_export_holds_their_child_s_pages_and_no_other(bundle: Bundle, tmp_path: Path):
    count = export(bundle, "p", MONDAY, tmp_path / "out", press=press, also=NOT_FOUND)
    files = tree(tmp_path / "out")
    assert sorted(files) == [
        ".sendbook-export",
        "404.html",
        STYLE[1:],
        "search/pages.json",
        printed(AISHA)[1:],
        f"students/{AISHA}/plan/index.html",
        f"students/{AISHA}/plan/plan.pdf",
    ]
    assert count == 6
    assert not any(BEN.encode() in content or b"1,200" in content for content in files.values())


def test_pages_are_whole_and_the_marks_of_the_session_are_empty(bundle: Bundle, tmp_path: Path):
    export(bundle, "p", MONDAY, tmp_path / "out", press=press, also=NOT_FOUND)
    page = (tmp_path / "out" / "students" / AISHA / "plan" / "index.html").read_text()
    assert page.startswith("<!doctype html><title>Plan of Aisha Núñez - Campus</title>")
    assert "<div></div>" in page
    assert 'name="csrf_token" value=""' in page
    assert "@@" not in page
    assert "nothing here for you" in (tmp_path / "out" / "404.html").read_text()


def test_a_teacher_s_export_has_home(bundle: Bundle, tmp_path: Path):
    export(bundle, "t", MONDAY, tmp_path / "out", press=press)
    assert b"Aisha" in tree(tmp_path / "out")["index.html"]


def test_the_listing_of_what_search_looks_through_is_the_reader_s_own(bundle: Bundle, tmp_path: Path):
    export(bundle, "p", MONDAY, tmp_path / "out", press=press)
    listing = json.loads(tree(tmp_path / "out")["search/pages.json"])
    assert [(page["path"], page["title"]) for page in listing] == [(f"/students/{AISHA}/plan/", "Plan of Aisha Núñez")]
    assert "ruler" in listing[0]["words"]


def test_the_public_site_is_an_export_like_any_other(bundle: Bundle, tmp_path: Path):
    export(bundle, PUBLIC, MONDAY, tmp_path / "out", press=press)
    assert b"For everybody" in tree(tmp_path / "out")["handbook/index.html"]
    assert b"For staff" not in b"".join(tree(tmp_path / "out").values())


def test_access_that_ended_is_not_exported(bundle: Bundle, tmp_path: Path):
    export(bundle, "t", MONDAY + timedelta(days=1), tmp_path / "out", press=press)
    assert not any(BEN in name for name in tree(tmp_path / "out"))


def test_the_same_bundle_gives_the_same_bytes(bundle: Bundle, tmp_path: Path):
    export(bundle, "t", MONDAY, tmp_path / "one", press=press)
    export(bundle, "t", MONDAY, tmp_path / "two", press=press)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_what_is_hidden_from_a_reader_changes_no_byte_of_theirs(bundle: Bundle, tmp_path: Path):
    export(bundle, "p", MONDAY, tmp_path / "before", press=press)
    with bundle.publish() as change:
        change.forget(BEN)
        path = f"/students/{AISHA}/plan/"
        change.put_pages(
            AISHA, "staff", {path: plan(AISHA, "Aisha", costs=True), f"{path}costs/": plan(AISHA, "x", costs=True)}
        )
        change.set_reader("new", name="Nora New", edition="staff")
    export(bundle, "p", MONDAY, tmp_path / "after", press=press)
    assert tree(tmp_path / "before") == tree(tmp_path / "after")


def test_an_earlier_export_is_replaced_whole(bundle: Bundle, tmp_path: Path):
    export(bundle, "t", MONDAY, tmp_path / "out", press=press)
    export(bundle, "p", MONDAY, tmp_path / "out", press=press)
    assert not any(BEN in name for name in tree(tmp_path / "out"))
    assert {file.name.partition(".")[0] for file in tmp_path.iterdir()} == {"bundle", "keys", "out", "withdrawals"}


def test_somebody_else_s_folder_is_left_alone(bundle: Bundle, tmp_path: Path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("five years of work")
    with pytest.raises(BundleError, match="name a new folder"):
        export(bundle, "t", MONDAY, mine, press=press)
    assert (mine / "thesis.txt").read_text() == "five years of work"


def test_an_empty_folder_may_be_used(bundle: Bundle, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert export(bundle, "p", MONDAY, tmp_path / "empty", press=press) == 5


def test_an_unknown_reader_is_told(bundle: Bundle, tmp_path: Path):
    with pytest.raises(BundleError, match="no site for “x”"):
        export(bundle, "x", MONDAY, tmp_path / "out", press=press)
    assert not (tmp_path / "out").exists()


def test_two_paths_that_would_be_one_file_are_told_and_nothing_is_left(bundle: Bundle, tmp_path: Path):
    with bundle.publish() as change:
        pages = {"/a": Fragment(title="a", content="a"), "/a/": Fragment(title="b", content="b")}
        change.put_pages("library", "all", pages)
        change.set_scopes("library", [("p", "all", None, "everybody")])
    with pytest.raises(BundleError, match="is in its place"):
        export(bundle, "p", MONDAY, tmp_path / "out", press=press)
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_dir()) == ["keys"]


def test_exported_files_are_their_owner_s_alone(bundle: Bundle, tmp_path: Path):
    export(bundle, "p", MONDAY, tmp_path / "out", press=press)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "out" / "search" / "pages.json").stat().st_mode) == 0o600
