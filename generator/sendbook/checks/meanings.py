"""What each finding code means that is no rule: how a file is written, what points where, how a page is made up.

Rules say of themselves what they mean (see ``rules/rule.py``). Here are a title, why it is asked, and what to do, for
somebody who reads a code in a log for the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A code in plain words."""

    code: str
    title: str
    text: str
    remedy: str


_YAML = "Records are plain YAML that reads in one way only, so that no program and no person takes a line for another."
_WORDS_LOST = (
    "YAML would leave words out or join lines without saying so, and what was typed has to arrive as it was typed."
)
_PAGES = "A handbook page is words, headings, lists, tables and pictures; nothing else may run in a reader's browser."
_TORN = "Programs read such Markdown in different ways, and on the site, on paper or elsewhere it comes out torn."
_PUBLIC = "The public edition is read by anybody; only the contacts named in campus.yml may be named in it."

_SAID: Mapping[str, tuple[str, str, str]] = {
    # How a file is written
    "not-utf-8": (
        "A file is written as UTF-8",
        _YAML,
        "Save it again in your editor with the encoding “UTF-8”.",
    ),
    "empty": ("A file says something", "A record without a field says nothing.", "Fill it in, or delete the file."),
    "not-a-mapping": ("A record is fields", _YAML, "Begin each field on its own line: name, colon, space."),
    "several-documents": ("One record, one file", _YAML, "Take the line of dashes out, or make two files."),
    "directive": ("No lines for YAML programs", _YAML, "Take the line out that begins with %."),
    "duplicate-key": ("A field is there once", "Of two, one would be lost without a word.", "Keep one of the two."),
    "anchor": ("No values marked for repeating", _YAML, "Take the & name out; put text that begins with & in quotes."),
    "alias": ("No values repeated by reference", _YAML, "Write the value out; put text that begins with * in quotes."),
    "merge-key": ("No fields copied by reference", _YAML, "Write the fields out where they belong."),
    "tag": ("No words that set a type", _YAML, "Take the ! word out; put text that begins with ! in quotes."),
    "complex-key": ("A field has a plain name", _YAML, "Give it one; put brackets meant as text in quotes."),
    "too-deep": ("Nothing is nested too deep", _YAML, "Look for brackets or dashes repeated by mistake."),
    "too-large": (
        "A file has a sensible size",
        "A larger one is a mistake, or an attack.",
        "Split it, or take it out.",
    ),
    "control-character": ("Text can be seen", "Unseen characters come with copied text.", "Type it again."),
    "tab": ("Indents are spaces", "A tab is as wide as each editor likes.", "Indent with two spaces a level."),
    "bad-indent": ("Indents fit", _YAML, "Begin the line exactly below the field it belongs with."),
    "syntax": ("A file can be read as YAML", _YAML, "Correct the line named; often a text with a colon needs quotes."),
    "merge-conflict": (
        "No conflict is left open",
        "Git could not join two versions of the file, and left both in it between marks.",
        "Keep the lines that are right, take out the lines of <<<<<<<, ======= and >>>>>>>, then git add the file.",
    ),
    # What YAML would leave out of a text, or change in it
    "text-after-hash": (
        "No words follow a # on the line of a value",
        _WORDS_LOST,
        "Put the text in quotes; write a comment on a line of its own.",
    ),
    "hash-within-text": (
        "No line of a text begins with #",
        _WORDS_LOST,
        "Write the text below “|”, or move the comment.",
    ),
    "text-over-lines": ("A text of several lines says how they are read", _WORDS_LOST, "Write it below “>-” or “|”."),
    "quotes-over-lines": (
        "Quotation marks close on their line",
        _WORDS_LOST,
        "Close them, or write below “>-” or “|”.",
    ),
    "list-in-one-line": ("Lines of a list are not joined", _WORDS_LOST, "Write “|” in place of “>”."),
    "backslash-in-quotes": (
        "A backslash is read as written",
        _WORDS_LOST,
        "Use single quotes in place of double ones.",
    ),
    "no-text-below": ("Text follows “>” and “|”", _WORDS_LOST, "Write it below, or put the character in quotes."),
    "digit-after-mark": ("“>” and a number is no text", _WORDS_LOST, "Put the text in quotes."),
    "text-in-brackets": ("Sentences are not cut at commas", _WORDS_LOST, "Write each entry of a list after a dash."),
    "lone-return": (
        "Lines end where they can be seen to end",
        _WORDS_LOST,
        "Delete the unseen character, press Enter.",
    ),
    # Where a file lies
    "link": ("A record is a file of its own", "A link could lead out of the folder.", "Put the file itself there."),
    "not-a-file": ("A record is a plain file", "Devices and pipes are not opened.", "Take it out of records/."),
    "unreadable": ("A file can be opened", "What can't be read can't be checked.", "See whether you may read it."),
    "unreadable-then": (
        "The older version could be read",
        "What changed since a version that can't be read by today's schemas can't be shown.",
        "Look at what changed in it yourself, or name a later version for --since.",
    ),
    "wrong-clock": (
        "A version's day is neither before that of the version it builds on nor after today",
        "By a wrong clock a change would seem to lie before the day that is asked about, and would not be found.",
        "Set the clock of the computer the version was recorded on. Its change is compared all the same.",
    ),
    "history-unread": (
        "The history can be read",
        "What changed since the last meeting comes from git; without it the site has no page of changes.",
        "Put right what git says, such as a folder of another user's; a clone made with --depth lacks the past.",
    ),
    "litter": (
        "What systems and editors leave behind is passed over",
        "It is never read, and holds nothing back.",
        "Nothing has to be done; you may delete it.",
    ),
    "copy": (
        "A record is there once",
        "Of two, nobody knows which is right: the copy is not read.",
        "Put what is right into the record itself, then delete the copy.",
    ),
    "stray": (
        "Only records lie among the records",
        "What is no record is not read and shown to nobody.",
        "Keep it in another place.",
    ),
    "unknown-place": (
        "A file lies where it is read",
        "Each kind has its place.",
        "See sendbook schema for the places.",
    ),
    "name-in-path": (
        "No name is in a path",
        "Paths end up in histories, logs and backups, where a child's name must not be.",
        "Name the file or folder by the student's or person's id, such as 7Q4K or p-3f8q.",
    ),
    # What the schema says
    "unknown-field": ("Fields are known ones", "An unknown field is never shown.", "Correct its name, or take it out."),
    "missing-field": ("What is needed is there", "Pages and rules rest on it.", "Add the field named."),
    "wrong-type": (
        "A value is of its type",
        "Text, numbers and lists are not the same.",
        "Write it as the finding says.",
    ),
    "unknown-value": ("A value is a known one", "Codes have one spelling each.", "Use one of those listed."),
    "impossible-date": ("A date is in the calendar", "Deadlines are counted from it.", "Write it as 2026-11-23."),
    "wrong-format": ("A value is written as it must be", "Links rest on it.", "Write it as the finding says."),
    "empty-text": (
        "Text says something",
        "An empty text hides that something is missing.",
        "Fill it in, or take it out.",
    ),
    "text-too-long": ("Text has a sensible length", "Longer ones are read by nobody.", "Say it more shortly."),
    "number-too-small": ("A number is within bounds", "Below them it is a slip.", "Correct it."),
    "number-too-large": ("A number is within bounds", "Above them it is a slip.", "Correct it."),
    "list-too-short": (
        "A list has enough entries",
        "An empty list hides a gap.",
        "Add an entry, or take the list out.",
    ),
    "list-too-long": ("A list has few enough entries", "Longer ones are slips.", "Take entries out."),
    "listed-twice": ("Nothing is listed twice", "Two of the same say nothing more.", "Take one of them out."),
    "wrong-shape": ("A record has its shape", "Pages are made from it.", "Compare it with sendbook schema."),
    # What points where
    "duplicate-id": ("An id is one record's", "Neither of two could be meant.", "Give one of them a new id and path."),
    "unprintable": (
        "A character can be printed",
        "What no font has prints as a box, and a name should print as it is written.",
        "Add a font that has it, or write it another way.",
    ),
    "table-in-text": (
        "No table is typed into a record's text",
        "A text is paragraphs and lists; a table's marks would be shown to everybody who reads it.",
        "Write an entry of a list for each row.",
    ),
    "id-not-path": ("An id and its path agree", "Records are found by their paths.", "Make the two the same."),
    "same-id-twice": ("Entries have ids of their own", "History rests on them.", "Give each entry its own."),
    "link-to-nothing": (
        "What is pointed to exists",
        "A person or entry is named that is not there.",
        "Point to one that exists, or add it first.",
    ),
    "same-sign-in": ("A sign-in address is one person's", "Two would open each other's pages.", "Give each their own."),
    # The handbook
    "front-matter": ("A page's facts are complete", "Editions and reviews rest on them.", "Correct the field named."),
    "front-matter-open": (
        "A page's facts end",
        "Else the whole page is taken for them.",
        "Add a line of three dashes.",
    ),
    "no-front-matter": (
        "A page begins with its facts",
        "Without them nobody knows who may read it.",
        "Begin with ---, the page's id, title and other fields, and ---.",
    ),
    "handbook-engine": (
        "The handbook can be made into pages",
        "The pages published last stay up meanwhile.",
        "Look at what was changed in the handbook since.",
    ),
    "handbook-file": ("The handbook holds pages and pictures", _PAGES, "Take other files out."),
    "same-id": ("A page's id is its own", "Links and acknowledgements rest on it.", "Give one of the two a new id."),
    "edition-block": (
        "Blocks for one edition are whole",
        "A slip shows staff's words to families.",
        "Write <!-- edition: staff --> above and <!-- end edition --> below.",
    ),
    "macro": ("Only our macros go in braces", _PAGES, 'Write person("senco").email and the like, or plain text.'),
    "macro-alone": (
        "A table has a line to itself",
        "In a sentence it could not be shown.",
        "Give it its own line.",
    ),
    "macro-unknown": (
        "What a macro asks for is there",
        "It says names, dates and released figures of the records.",
        "Use a name that is known; figures are there once released and approved.",
    ),
    "attributes": ("Braces mark headings only", _PAGES, "Take them out, or put \\ before the brace."),
    "html": ("No HTML on a page", _PAGES, "Say it in Markdown; save drawings as plain SVG or PNG."),
    "hidden-letter": (
        "No mark that nobody sees turns words round",
        "A page would read otherwise than it is written, to people and to every check.",
        "Delete the word with what is right before and after it, and type it again.",
    ),
    "unseen-letter": (
        "No character is there that nobody sees",
        "Search would not find the word, and nobody could say why.",
        "Delete the word with what is right before and after it, and type it again.",
    ),
    "mermaid": ("No drawing from another host", _PAGES, "Put the diagram in as a picture with a description."),
    "snippet": ("No other file is pulled in", _PAGES, "Copy the text in, or link to the page that has it."),
    "link-scheme": ("A link leads to a page or an address", _PAGES, "Link to a page, https, mailto or tel."),
    "link-address": (
        "A link's address is whole",
        "An address torn in copying leads nowhere.",
        "Copy the whole address again, from https:// to its end.",
    ),
    "address-torn": (
        "An address in the text is whole",
        "Readers copy an address as it is printed.",
        "Copy the whole address again, without spaces or brackets.",
    ),
    "link-absolute": (
        "Links inside the handbook are relative",
        "They work in every edition then.",
        "Name the file next to the page, such as 02-roles.md.",
    ),
    "link-nowhere": ("A link leads somewhere", "A reader would find nothing there.", "Correct the file it names."),
    "link-edition": (
        "A link stays within its edition",
        "The page is not in every edition this one is in.",
        "Put it into a block for the right edition, or link to another page.",
    ),
    "link-anchor": ("A link's place is on the page", "The heading it names is not there.", "Correct what follows #."),
    "other-host": (
        "Pictures come from the handbook",
        "Another host would learn who reads.",
        "Put the file next to it.",
    ),
    "not-a-picture": (
        "What is shown as a picture is one",
        "A page or a paper can't be shown within a page.",
        "Name a picture, or take the ! out to make a link.",
    ),
    "stored-elsewhere": (
        "A file is here itself",
        "Git LFS and git-annex leave a note in a large file's place until the file is fetched.",
        "Fetch it (git lfs pull, or git annex get), or put the file itself here.",
    ),
    "not-the-file": (
        "A file is what its name says, and whole",
        "An empty file, a web page or half a download can't be shown.",
        "Copy the file here again from where it came from.",
    ),
    "image-text": ("A picture has words", "Some readers can't see it.", "Say in a few words what it shows."),
    "image-name": ("A picture names its file", _PAGES, "Write the file's name in round brackets."),
    # Markdown that comes out torn
    "list-runs-on": ("A list begins after a blank line", _TORN, "Leave a blank line above the list."),
    "list-mark": ("A list has marks that make one", _TORN, "Begin each entry with “- ” or “1. ”."),
    "list-space": ("A space follows the mark of an entry", _TORN, "Put a space after the mark."),
    "list-indent": ("What belongs to an entry is four spaces in", _TORN, "Indent it by four spaces for each list."),
    "table-runs-on": ("A table begins after a blank line", _TORN, "Leave a blank line above the table."),
    "table-line": ("A line under a table's first row makes it one", _TORN, "Write | --- | --- | under the first row."),
    "table-cells": ("No cell of a table is left out", _TORN, "Give the first row as many columns."),
    "heading-space": ("A space follows the marks of a heading", _TORN, "Put a space after the # marks."),
    "heading-line": ("A dividing line makes no heading", _TORN, "Leave a blank line above the line of dashes."),
    "code-indent": ("Text is not shown as a computer's", _TORN, "Take the spaces at its beginning out."),
    "struck-out": ("Nothing is struck out", _TORN, "Take the marks ~~ out."),
    "line-break": ("A line ends in no backslash", _TORN, "Put two spaces in its place, or leave a blank line."),
    "heading-skips": ("Headings go down by one", "Screen readers step by them.", "Use one # mark more than above."),
    "heading-title": ("A page has one title", "Screen readers begin with it.", "Use two # marks for the others."),
    "owner-unknown": ("A page's owner is a contact", "Somebody has to keep it right.", "Name a contact of campus.yml."),
    "approval-missing": ("A page says when it was approved", "Else nobody knows if it counts yet.", "Add approved_on."),
    "review-missing": ("A page says when it is read again", "Else it goes out of date unseen.", "Add review_by."),
    "review-lapsed": ("A page was read again in time", "Its day has passed.", "Read it, then set new dates."),
    "mkdocs-setting": (
        "mkdocs.yml runs nothing of its own",
        "Settings can name code that reads the records.",
        "Take the setting out, or set it as in the file that sendbook new makes.",
    ),
    "template": (
        "A campus's own templates can be used",
        "Ours is used wherever one can't be read, fails, runs on or grows without end.",
        "Correct what the sentence names, or take the file out.",
    ),
    # What may not be public
    "leak-name": ("Nobody else is named in public", _PUBLIC, "Take the name out, or name the person as a contact."),
    "leak-id": ("No id is in public", _PUBLIC, "Take it out of the page."),
    "leak-contact": ("No one else's address is in public", _PUBLIC, "Take it out, or use the contact macros."),
    "leak-birth": ("No date of birth is in public", _PUBLIC, "Take it out of the page."),
    "leak-unread": (
        "Everything public can be looked through",
        "What can't be read may name a child.",
        "Replace the file by one whose text can be read.",
    ),
}

#: The codes of which some finding or all are warnings or notes, about a file that can be named: findings of all other
#: codes here are errors, or about no file.
ASKS = frozenset(
    {
        *(
            "litter",
            "copy",
            "stray",
            "unprintable",
            "unreadable-then",
            "hidden-letter",
            "unseen-letter",
            "leak-birth",
            "leak-unread",
        ),
        *("approval-missing", "review-missing", "review-lapsed", "address-torn"),
        *("list-runs-on", "list-mark", "list-space", "list-indent", "table-runs-on", "table-line", "heading-space"),
        *("heading-line", "code-indent", "struck-out", "line-break"),
    }
)

MEANINGS: Mapping[str, Meaning] = {
    code: Meaning(code=code, title=title, text=text, remedy=remedy) for code, (title, text, remedy) in _SAID.items()
}
