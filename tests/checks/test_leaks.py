"""Nobody is named in public who may not be: whatever the place, however it is written; and no page is held up for
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.campus.records import Campus
from sendbook.checks.finding import Severity
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.checks.leaks.scan import Scanner, leaks
from sendbook.checks.reporters import as_json
from tests.checks.leak_disguises import ON_A_PAGE, PLACES
from tests.checks.leak_kit import child, contacts, example_campus, example_identifiers, found, named


@pytest.fixture(scope="module")
def identifiers() -> Identifiers:
    return example_identifiers()


def forms(campus: Campus) -> Iterator[str]:
    """What must never be found in public: names, addresses and the like of the example's people, written plainly."""
    open_to_all = contacts(campus)
    for record in (*campus.of_kind("person"), *campus.of_kind("student")):
        if record.data["id"] in open_to_all:
            continue
        full = record.data["name"]["full"].partition(" (")[0]
        yield full
        yield from (
            record.data[part]["email"] for part in ("sign_in", "family") if "email" in record.data.get(part, {})
        )
        if record.kind == "student":
            yield f"{record.data['name']['known_as']} {full.split()[-1]}"
            yield f"{full.split()[-1]}, {full.split()[0]}"


FORMS = sorted(set(forms(example_campus())))


@settings(max_examples=250)
@given(st.sampled_from(FORMS), st.sampled_from(sorted(ON_A_PAGE)), st.sampled_from(sorted(PLACES)))
def test_anybody_who_is_planted_anywhere_in_any_disguise_is_found(form: str, disguise: str, place: str) -> None:
    html = ON_A_PAGE[disguise](form)
    path, content = PLACES[place](html)
    told = leaks({path: content}, example_identifiers())
    assert any(one.severity is Severity.ERROR and one.path == path for one in told), html


@pytest.mark.parametrize(
    "written",
    [
        *("K. Osei-Darko", "K J Osei-Darko", "KJ Osei-Darko", "Osei-Darko, K.", "Osei-Darko", "Kwame\nOsei-Darko"),
        *(
            "kwame.osei-darko",
            "kwame_osei_darko",
            "KwameOseiDarko.png",
            "/pupils/kwame-osei-darko/",
            "OSEI-DARKO Kwame",
        ),
    ],
)
def test_near_forms_of_a_name_are_found(written: str) -> None:
    assert found(f"'{written}'", child("Kwame Joseph Osei-Darko"))
    assert found(f"<q>'{written}'</q>", child("Kwame Joseph Osei-Darko"))
    assert found(f"<p>See {written} about it.</p>", child("Kwame Joseph Osei-Darko"))


@pytest.mark.parametrize("written", ["O'Carroll", "O\u2019Carroll", "OCarroll", "O<b>'</b>Carroll", "o&#39;carroll's"])
def test_an_apostrophe_is_part_of_a_name_in_whatever_form(written: str) -> None:
    assert found(f"<p>Ask {written} first.</p>", named("Catrin O'Carroll", "Ms O'Carroll"))


@pytest.mark.parametrize("written", ["Mr Shaw", "Mr. Shaw", "R. Shaw", "Robert Shaw", "Shaw, Robert", "ROBERT SHAW"])
def test_a_common_surname_is_found_with_a_title_or_an_initial_or_a_first_name(written: str) -> None:
    assert found(f"<p>Please ask {written}.</p>", named("Robert Shaw", "Mr Shaw", staff={}))


@pytest.mark.parametrize(
    "text",
    [
        "In May, you will find us by the marsh. May I say: have grace, and mark the field day.",
        "The Shaw Trust and Marks and Spencer gave us a long bench.",
        "Grace period ends. Will you come? Marsh land is wet.",
        "Strand A: field trips. (b) Shaw Lane. The school's field.",
        "Mrs Ray is here on Mondays.",
    ],
)
def test_a_name_that_is_a_word_holds_nothing_up_where_it_stands_alone(text: str) -> None:
    people = (
        named("May Field", "Ms Field"),
        {**child("Will Shaw"), "id": "1ABC"},
        {**child("Grace Marsh"), "id": "2ABC"},
        {**child("Mark Long"), "id": "3ABC"},
        {**named("Anna Ray", "Mrs Ray", staff={}), "id": "p-named"},
        {**named("Tom Ray", "Mr Ray"), "id": "p-9999"},
    )
    assert found(f"<p>{text}</p>", *people) == []


@pytest.mark.parametrize("written", ["Will May", "WILL MAY", "will.may@", "May, Will"])
def test_a_name_of_nothing_but_words_is_found_where_it_is_written_as_a_name(written: str) -> None:
    assert found(f"<p>Then {written} came.</p>", child("Will May"))
    assert found("<p>Whoever is ill will may be later.</p>", child("Will May")) == []


def test_the_published_contacts_may_be_named_in_every_form() -> None:
    contact = {**named("Miriam Adaeze Okonjo", "Mrs Okonjo", staff={"email": "m@x.example"}), "id": "p-named"}
    text = "<p>Mrs Okonjo, Miriam Okonjo, M. Okonjo, m@x.example, Okonjo</p>"
    assert found(text, contact) == []
    assert found("<p>Mr Okonjo rang.</p>", contact, named("David Okonjo", "Mr Okonjo"))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Ours is Mr Ravenscroft.</p>",
        "<p>Ours is Mr Ravenscroft</p>",
        "<li>Mr Ravenscroft</li> <li>A worry about a child's safety</li>",
        "<p>Ask Owen Ravenscroft <a href='/'>here</a></p>",
        "<p>Plan A<br>Ravenscroft Owen</p>",
        "- Mr Ravenscroft\n- A worry about a child's safety",
        "<td>P</td> <td>Ravenscroft Owen</td>",
    ],
)
def test_what_stands_beside_a_contact_s_name_is_nobody_else_s_initial(text: str) -> None:
    contact = {**named("Owen Ravenscroft", "Mr Ravenscroft", staff={}), "id": "p-named"}
    namesakes = ({**child("Petra Ravenscroft"), "id": "1ABC"}, {**child("Ada Ravenscroft"), "id": "2ABC"})
    assert found(text, contact, *namesakes) == []


@pytest.mark.parametrize(
    "written", ["Ravenscroft P", "P. Ravenscroft", "Ravenscroft, P.", "Petra Ravenscroft", "Mr A Ravenscroft"]
)
def test_a_contact_s_namesake_is_found_with_an_initial_of_their_own(written: str) -> None:
    contact = {**named("Owen Ravenscroft", "Mr Ravenscroft", staff={}), "id": "p-named"}
    namesakes = ({**child("Petra Ravenscroft"), "id": "1ABC"}, named("Alan Ravenscroft", "Mr Ravenscroft"))
    for text in (f"<p>{written}</p>", f"<p>Ask Mr Ravenscroft. {written} comes too.</p>"):
        assert [one.code for one in found(text, contact, *namesakes)] == ["leak-name"], text


@pytest.mark.parametrize(
    "text",
    [
        "Away today: A Smith, J Brown",
        "Prizes: A. Smith, Jane Brown",
        "Brown J, Smith A, Khatri B",
        "Smith J, Smith A",
        "House points: Smith, J., Smith, A.",
        "A. Smith, J. Smith",
        "With: Smith Jane, Smith A",
        "<tr><td>Brown</td><td>J</td></tr> <tr><td>Smith</td><td>A</td></tr>",
        "<li>Brown J</li> <li>Smith A</li> <li>Jane</li>",
        "House points: J Smith, A J Smith",
        "Mrs Smith and A Smith",
        "Mrs Smith, A Smith",
        "Mrs Smith A",
        "Jane Smith A.",
        "A Smith J Brown",
        "Jane\nSmith A",
    ],
)
def test_in_a_list_a_contact_s_name_excuses_nobody_s_initial(text: str) -> None:
    """What stands beside an initial is put together from two people, or nothing but a space parts it from a name."""
    contact = {**named("Jane Smith", "Mrs Smith", staff={}), "id": "p-named"}
    assert [one.code for one in found(f"<p>{text}</p>", contact, child("Anna Jo Smith"))] == ["leak-name"]


@pytest.mark.parametrize("text", ["Ask Mrs Ali. A worry is never too small.", "Ask Mrs Ali. A. Khan comes too."])
def test_the_next_sentence_begins_with_no_initial_of_a_short_surname(text: str) -> None:
    contact = {**named("Sara Ali", "Mrs Ali", staff={}), "id": "p-named"}
    assert found(f"<p>{text}</p>", contact, child("Amina Ali")) == []
    assert found(f"<p>{text} Ali A.</p>", contact, child("Amina Ali"))


@pytest.mark.parametrize("tag", ["</p>", "<p>", "<b>", "</a>", '<a href="/">', "<i class='x'>"])
def test_the_letter_of_a_tag_is_no_initial_of_a_surname_that_is_a_place_too(tag: str) -> None:
    people = [{**child(f"{first} Bolton"), "id": f"{n}ABC"} for n, first in enumerate(("Petra", "Ada", "Ben", "Ines"))]
    assert found(f"<p>We went to Bolton.{tag} And back from{tag}Bolton.</p>", *people) == []
    assert found(f"<p>We went to {tag} P Bolton.</p>", *people)
    assert found("<p>Bolton &lt;P&gt; came.</p>", *people)


def test_a_contact_who_is_a_parent_too_has_a_home_that_is_looked_for() -> None:
    address = "9 Cooper's Rise, Wexcombe ZZ9 3CR"
    family = {"email": "jo@families.example", "phone": "07700 900702", "address": address}
    staff = {"email": "j.prender@school.example", "phone": "01632 960000"}
    both = {**named("Jo Prender", staff=staff, family=family), "id": "p-named"}
    spouse = named("Al Prender", family={"address": address})
    assert not found("<p>Jo Prender, j.prender@school.example, 01632 960000</p>", both)
    for said in family.values():
        assert [one.code for one in found(f"<p>{said}</p>", both)] == ["leak-contact"], said
    assert found(f"<p>{address}</p>", both, spouse)


def test_a_word_the_campus_declares_is_let_through_alone_but_never_with_its_first_name() -> None:
    place = {"name": "Hilltop School", "public_words": ["Penhaligon"]}
    person = named("Catrin Penhaligon", "Ms Penhaligon")
    assert found("<p>Penhaligon House, Truro</p>", person, place=place) == []
    assert found("<p>Catrin Penhaligon</p>", person, place=place)
    assert found("<p>Penhaligon House, Truro</p>", person)


def test_a_name_in_another_script_is_found_between_other_letters() -> None:
    person = named("王小明 (Wang Xiaoming)", "Mr Wang")
    assert found("<p>我们请王小明先生来。</p>", person)
    assert found("<p>XIAOMING WANG</p>", person)
    assert found("<p>Wang Xiaoming</p>", person)


@pytest.mark.parametrize(
    "text",
    [
        "07700 900214",
        "+44 7700 900214",
        "0044-7700-900-214",
        "(07700) 900214",
        "07700&nbsp;900<b>214</b>",
        "tel:+447700900214",
        *("12 Tannery Court", "ZZ9 1TC", "zz91tc", "ada@families.example", "p-0000", "P-0000"),
    ],
)
def test_ways_to_reach_a_family_are_found(text: str) -> None:
    family = {"phone": "07700 900214", "email": "ada@families.example", "address": "12 Tannery Court, Wexcombe ZZ9 1TC"}
    assert found(f"<p>Write to {text}.</p>", named("Ada Lovelace", family=family))


def test_the_campus_s_own_address_and_telephone_are_not_a_family_s() -> None:
    office = {"phone": "01632 960100", "address": "The Lodge, 40 Orchard Rise, Wexcombe ZZ9 4LF"}
    person = named("Ada Lovelace", family={"phone": "01632 960100", "address": "40 Orchard Rise, Wexcombe ZZ9 4LF"})
    place = {"name": "Hilltop School", "office": office}
    assert found("<p>40 Orchard Rise, ZZ9 4LF, 01632 960100</p>", person, place=place) == []


@pytest.mark.parametrize("text", ["7Q4K", "7q4k", "/students/7Q4K/plan/", "7Q4K.pdf", "id-7q4k"])
def test_a_student_s_id_is_found_as_a_word_of_its_own(text: str) -> None:
    assert found(f'<a href="{text}">Plan</a>', child("Ada Lovelace"))


@pytest.mark.parametrize("text", ["a7q4k9", "57a0d79d7q4kc", "7Q-4K", "7 Q 4 K"])
def test_the_same_letters_inside_another_word_are_no_id(text: str) -> None:
    assert found(f"<p>{text}</p>", child("Ada Lovelace")) == []


@pytest.mark.parametrize("identity", ["2014", "21st", "BEAM"])
def test_an_id_that_could_be_a_year_or_a_word_is_looked_for_in_an_address_only(identity: str) -> None:
    student = {**child("Ada Lovelace"), "id": identity}
    assert found(f"<p>The rules of {identity} apply.</p>", student) == []
    assert found(f'<a href="/students/{identity}/">Plan</a>', student)


@pytest.mark.parametrize(
    "written", ["2013-05-27", "27/05/2013", "27.5.13", "27 May 2013", "27th of May 2013", "May 27, 2013"]
)
def test_a_day_of_birth_is_an_error_beside_the_word_and_a_question_without(written: str) -> None:
    (sure,) = found(f"<p>Born: {written}</p>", child("Ada Lovelace"))
    (unsure,) = found(f"<p>In force from {written}.</p>", child("Ada Lovelace"))
    assert (sure.severity, unsure.severity) == (Severity.ERROR, Severity.WARNING)


def test_a_student_s_first_name_alone_asks_for_a_look_and_holds_nothing_up() -> None:
    (asked,) = found("<p>“The ramp helps me,” says Zainab.</p>", child("Zainab Al-Masri"))
    assert asked.severity is Severity.WARNING
    assert found("<p>“The ramp helps me,” says Zainab.</p>", named("Zainab Al-Masri", "Mrs Al-Masri")) == []


def test_a_pupil_number_is_found_however_it_is_grouped() -> None:
    student = child("Ada Lovelace", upn="A123456789012", uln="1234567890")
    assert found("<p>UPN A1234 5678 9012</p>", student)
    assert found("<p>123-456-7890</p>", student)


def test_a_finding_names_the_line_of_the_handbook_s_own_file_once(identifiers: Identifiers) -> None:
    html = b"<title>x</title>\n\n\n\n<p>Freya Lindholm-Shaw</p>"
    source = "---\ntitle: x\n---\n\nHello.\n\nFreya Lindholm-Shaw asked.\n"
    files = {"handbook/x/index.html": html, "index.html": html}
    (one,) = leaks(files, identifiers, sources={"handbook/x/index.html": ("handbook/x.md", source)})
    assert (one.path, one.line) == ("handbook/x.md", 7)
    assert {(two.path, two.line) for two in leaks(files, identifiers)} == {
        ("handbook/x/index.html", 5),
        ("index.html", 5),
    }


def test_what_stands_in_another_edition_s_lines_only_is_no_finding(identifiers: Identifiers) -> None:
    source = "Freya Lindholm-Shaw asked.\n"
    assert leaks({"index.html": b"<p>Hello</p>"}, identifiers, sources={"index.html": ("handbook/x.md", source)}) == ()


def test_a_day_of_birth_only_asked_about_in_one_place_is_an_error_where_a_page_says_born(
    identifiers: Identifiers,
) -> None:
    born = next(iter(sorted(identifiers.births)))
    files = {"a/index.html": f"<p>{born}</p>".encode(), "b/index.html": f"<p>born on {born}</p>".encode()}
    told = leaks(files, identifiers, sources={"a/index.html": ("handbook/a.md", f"{born}\n")})
    assert [(one.path, one.severity) for one in told] == [
        ("b/index.html", Severity.ERROR),
        ("handbook/a.md", Severity.WARNING),
    ]


def test_the_name_itself_is_told_on_the_terminal_and_in_no_format_for_programs(identifiers: Identifiers) -> None:
    (one,) = leaks({"index.html": b"<p>Freya Lindholm-Shaw</p>"}, identifiers)
    assert one.found == "Freya Lindholm-Shaw"
    assert "Lindholm" not in as_json([one])


def test_a_file_s_name_that_is_somebody_s_is_repeated_in_no_log(identifiers: Identifiers) -> None:
    told = leaks({"/handbook/freya-lindholm-shaw.pdf": b"%PDF-1.7 broken"}, identifiers)
    assert {one.code for one in told} == {"leak-name", "leak-unread"}
    assert "lindholm" not in as_json(told).casefold()


def test_of_the_theme_s_own_files_only_what_cannot_be_chance_is_told(identifiers: Identifiers) -> None:
    script = b"/* by Oscar Hartshorn */"
    assert leaks({"assets/x.js": script}, identifiers, theme=["assets/x.js"]) == ()
    assert leaks({"assets/x.js": script + b" p-1ge7"}, identifiers, theme=["assets/x.js"])
    assert leaks({"handbook/x.js": script}, identifiers)


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_text_at_all_breaks_it_and_every_place_lies_in_it(text: str) -> None:
    html = f"Freya Lindholm-Shaw {text} Freya Lindholm-Shaw"
    hits = list(Scanner(example_identifiers()).hits(html))
    assert {hit.offset for hit in hits if hit.written.startswith("Freya")} >= {0, len(html) - 19}
    assert leaks({"x.html": html.encode("utf-8", "replace")}, example_identifiers())


@pytest.mark.parametrize("text", ["None of our teachers shouts.", "True to our word, 7 of them.", "[] {}"])
@pytest.mark.parametrize("value", [None, True, 7, [], {}])
def test_a_record_that_has_only_just_been_begun_holds_no_page_back(text: str, value: object) -> None:
    """Its empty name is no word."""
    begun = {"id": "7Q4K", "name": {"full": value, "known_as": value}, "born": value}
    assert found(text, begun) == []


def test_a_name_in_full_is_found_while_the_short_one_is_empty() -> None:
    begun = {"id": "7Q4K", "name": {"full": "Petra Wrzesniewska", "known_as": None}, "born": None}
    assert [one.code for one in found("We met Petra Wrzesniewska.", begun)] == ["leak-name"]
