"""A small site for the tests of the bundle: two students, a teacher, a parent and the public."""

from datetime import date
from pathlib import Path

from sendbook.bundle import HANDBOOK, PUBLIC, Bundle, File, Fragment, PrintData, Publication, Shell, stands_for

MONDAY = date(2026, 11, 23)
SHELL = Shell.cut(
    "<!doctype html><title>@@title@@ - Campus</title><nav>@@nav@@</nav><b>@@title@@</b>"
    "<div>@@account@@</div><aside>@@contents@@</aside><main>@@content@@</main>"
    '<form method="post" action="/search"><input name="csrf_token" value="@@csrf@@"></form>'
)
STYLE = "/assets/sendbook.1a2b3c.css"
AISHA, BEN = "7Q4K", "2B9M"


def plan(student: str, name: str, *, costs: bool) -> Fragment:
    """A plan's page; `costs` says whether this projection has the costs."""
    money = "<p>It costs £1,200 a year.</p>" if costs else ""
    return Fragment(
        title=f"Plan of {name}",
        nav=f'<a href="/students/{student}/plan/">Plan</a>',
        contents='<a href="#targets">Targets</a>',
        content=f"<h1>Plan of {name}</h1><p>Reads with a ruler.</p>{money}",
    )


def printed(student: str) -> str:
    """Where a student's document stands that is made when it is asked for."""
    return f"/students/{student}/plan-{student}.pdf"


def press(data: bytes) -> bytes:
    """Makes a document as the real press does: from its data alone."""
    return b"%PDF made of " + data


def subjects_of(bundle: Bundle, reader: str) -> set[str]:
    """Everything in a reader's scope, as readers' own pages ask for it."""
    return {subject for subject, *_ in bundle.remembered_for(reader, "")}


def publish_site(change: Publication) -> None:
    """The whole small site."""
    for student, name in ((AISHA, "Aisha Núñez"), (BEN, "Ben Okoro")):
        path = f"/students/{student}/plan/"
        document = File(media_type="application/pdf", content=f"%PDF plan of {student}".encode())
        projections = {"staff": True, "family": False} if student == AISHA else {"staff": True}
        for projection, costs in projections.items():
            data = PrintData(content=f'{{"plan of": "{student}"}}'.encode())
            pages = {path: plan(student, name, costs=costs), f"{path}plan.pdf": document, printed(student): data}
            change.put_pages(student, projection, pages)
    change.set_scopes(AISHA, [("t", "staff", None, "teaches 10X"), ("p", "family", None, "mother")])
    change.set_scopes(BEN, [("t", "staff", MONDAY, "teaches 10X until he moves")])
    for reader, name, edition, address in (
        ("t", "Tom Reed", "staff", "tom@school.example"),
        ("p", "Ana Núñez", "family", "ana@home.example"),
        (PUBLIC, "", "public", ""),
    ):
        change.set_reader(reader, name=name, edition=edition, address=stands_for(address))
        change.set_shell(edition, SHELL)
    home = Fragment(title="Home", content="<ul><li>Aisha<li>Ben</ul>", search="")
    change.set_own_pages("t", {"/": home}, until=MONDAY)
    change.put_pages(HANDBOOK, "public", {"/handbook/": Fragment(title="Handbook", content="<p>For everybody.</p>")})
    change.put_pages(HANDBOOK, "staff", {"/handbook/": Fragment(title="Handbook", content="<p>For staff.</p>")})
    change.set_scopes(HANDBOOK, [(PUBLIC, "public", None, "everybody"), ("t", "staff", None, "staff")])
    change.set_assets({STYLE: File(media_type="text/css", content=b"b{color:#123}", hashed=True)})
    change.set_meta("script_hashes", '["sha256-abc"]')


def small_site(folder: Path) -> Bundle:
    """A bundle with the small site, in the given (private) folder."""
    bundle = Bundle.create(folder / "bundle.db")
    with bundle.publish() as change:
        publish_site(change)
    return bundle
