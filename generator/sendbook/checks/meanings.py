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


_YAML = "Records are plain YAML that can only be read in one way, so that no program and no person misreads a line."
_WORDS_LOST = (
    "YAML would leave words out or join lines without saying so, and what you typed should arrive as you typed it."
)
_PAGES = "A handbook page is words, headings, lists, tables and pictures; nothing else may run in a reader's browser."
_TORN = "Programs read such Markdown in different ways, so it may come out broken on the site, on paper or elsewhere."
_PUBLIC = "Anybody can read the public edition; only the contacts named in campus.yml may be named in it."

_BELIEVABLE = "A day that was filled in beforehand, or with a wrong year, is shown to the family as a fact."

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
    "duplicate-key": ("A field is there once", "One of the two would be lost.", "Keep one of the two."),
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
        "With a wrong clock a change could seem to be from before the date you ask about, and would not be found.",
        "Set the clock of the computer the version was recorded on. Its changes are still compared.",
    ),
    "history-unread": (
        "The history can be read",
        "What changed since the last meeting comes from git; without it the site has no page of changes.",
        "Fix what git reports, such as a folder of another user; a clone made with --depth has no history.",
    ),
    "litter": (
        "Files that systems and editors leave behind are ignored",
        "It is never read, and doesn't hold anything back.",
        "You don't need to do anything; you can delete it.",
    ),
    "copy": (
        "A record is there once",
        "Nobody can tell which of the two is right: the copy is not read.",
        "Move anything you need into the record itself, then delete the copy.",
    ),
    "stray": (
        "Only records are in the records folder",
        "Anything else isn't read or shown to anybody.",
        "Keep it in another place.",
    ),
    "unknown-place": (
        "A file is in the right folder",
        "Each kind has its place.",
        "See sendbook schema for the places.",
    ),
    "name-in-path": (
        "No name is in a path",
        "Paths end up in histories, logs and backups, where a child's name must not be.",
        "Name the file or folder by the student's or person's id, such as 7Q4K or p-3f8q.",
    ),
    # What the schema says
    "unknown-field": (
        "Every field is one that sendbook knows",
        "An unknown field is never shown.",
        "Correct its name, or take it out.",
    ),
    "missing-field": ("What is needed is there", "Pages and rules depend on it.", "Add the field named."),
    "wrong-type": (
        "A value is of its type",
        "Text, numbers and lists are not the same.",
        "Write it as the finding says.",
    ),
    "unknown-value": ("A value is one of the choices", "Codes have one spelling each.", "Use one of those listed."),
    "impossible-date": ("A date is a real date", "Deadlines are counted from it.", "Write it as 2026-11-23."),
    "wrong-format": ("A value is written as it must be", "Links rest on it.", "Write it as the finding says."),
    "empty-text": (
        "Text is not empty",
        "An empty text hides that something is missing.",
        "Fill it in, or take it out.",
    ),
    "text-too-long": ("Text has a sensible length", "Nobody reads longer ones.", "Say it more shortly."),
    "number-too-small": ("A number is within bounds", "A lower number is a typing mistake.", "Correct it."),
    "number-too-large": ("A number is within bounds", "A higher number is a typing mistake.", "Correct it."),
    "list-too-short": (
        "A list has enough entries",
        "An empty list hides a gap.",
        "Add an entry, or take the list out.",
    ),
    "list-too-long": ("A list has few enough entries", "A longer one is a mistake.", "Take entries out."),
    "listed-twice": ("Nothing is listed twice", "Saying it twice adds nothing.", "Take one of them out."),
    "wrong-shape": ("A record has the right structure", "Pages are made from it.", "Compare it with sendbook schema."),
    # What a schema says is owed, and what is believable
    "DUE-01": (
        "What is owed by a day is done in time",
        "The schema of a kind says what its records owe by when (x-due). Each finding has the source of its own.",
        "Do it and write down the day; where the schema asks for none, write the next day. Or agree another day.",
    ),
    "day-in-future": (
        "What has happened has a day that has come",
        _BELIEVABLE,
        "Write the day on which it happened, once it has; what is planned has fields of its own.",
    ),
    "day-before-birth": (
        "Nothing happened to a student before the birth",
        _BELIEVABLE,
        "Check the year, here and in the date of birth.",
    ),
    "day-far-ahead": (
        "A day that was agreed is near enough to be meant",
        "Nobody plans a review for the year after next: the year is usually mistyped, and the review would be missed.",
        "Check the year, or choose an earlier day.",
    ),
    "days-out-of-order": (
        "Two days come in their order",
        "Nothing ends before it begins, and nobody gets the record of a meeting before the meeting.",
        "Correct one of the two days.",
    ),
    "count-too-high": (
        "A count is no higher than the one it is held against",
        "450 of 49 sessions would be shown to the family as a share of what was planned.",
        "Correct one of the two; what was added later counts in both.",
    ),
    # What points where
    "duplicate-id": (
        "An id belongs to one record",
        "Nobody could tell which is meant.",
        "Give one of them a new id and path.",
    ),
    "unprintable": (
        "A character can be printed",
        "A character that no font has prints as a box, and a name should print the way it is written.",
        "Add a font that has it, or write it another way.",
    ),
    "table-in-text": (
        "No table is typed into a record's text",
        "A text is paragraphs and lists; readers would see a table's marks.",
        "Write an entry of a list for each row.",
    ),
    "id-not-path": ("An id and its path agree", "Records are found by their paths.", "Make the two the same."),
    "same-id-twice": ("Entries have ids of their own", "History depends on them.", "Give each entry its own."),
    "link-to-nothing": (
        "A link points to something that exists",
        "It names a record or an entry that isn't there. From a campus's record into a student's it is a warning.",
        "Point to one that exists, or add it first.",
    ),
    "same-sign-in": (
        "A sign-in address belongs to one person",
        "Two people would see each other's pages.",
        "Give each their own.",
    ),
    # The handbook
    "front-matter": ("A page's facts are complete", "Editions and reviews depend on them.", "Correct the field named."),
    "front-matter-open": (
        "A page's facts end",
        "Otherwise the whole page is read as fields.",
        "Add a line of three dashes.",
    ),
    "no-front-matter": (
        "A page begins with its facts",
        "Without them nobody knows who may read it.",
        "Begin with ---, the page's id, title and other fields, and ---.",
    ),
    "handbook-engine": (
        "The handbook can be made into pages",
        "The last published pages stay up until then.",
        "Look at what has changed in the handbook since then.",
    ),
    "handbook-file": ("The handbook holds pages and pictures", _PAGES, "Take other files out."),
    "same-id": ("A page's id is its own", "Links and acknowledgements depend on it.", "Give one of the two a new id."),
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
        "Macros show names, dates and released figures from the records.",
        "Use a name that exists; figures can be used once they are released and approved.",
    ),
    "attributes": ("Braces mark headings only", _PAGES, "Take them out, or put \\ before the brace."),
    "html": ("No HTML on a page", _PAGES, "Say it in Markdown; save drawings as plain SVG or PNG."),
    "hidden-letter": (
        "No invisible mark changes the order of words",
        "People and checks would read the page in a different order from the one you typed.",
        "Delete the word, with whatever is just before and after it, and type it again.",
    ),
    "unseen-letter": (
        "No invisible character is in a text",
        "A search would not find the word, and nobody could see why.",
        "Delete the word, with whatever is just before and after it, and type it again.",
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
    "link-nowhere": ("A link leads somewhere", "Readers would find nothing there.", "Correct the file it names."),
    "link-edition": (
        "A link stays within its edition",
        "The page is not in every edition this one is in.",
        "Put it into a block for the right edition, or link to another page.",
    ),
    "link-anchor": ("A link's place is on the page", "The heading it names is not there.", "Correct what follows #."),
    "other-host": (
        "Pictures come from the handbook",
        "Another website would learn who is reading.",
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
    "code-indent": ("Text is not shown as code", _TORN, "Take the spaces at its beginning out."),
    "struck-out": ("No text is struck through", _TORN, "Take the marks ~~ out."),
    "line-break": ("No line ends in a backslash", _TORN, "Put two spaces in its place, or leave a blank line."),
    "heading-skips": ("Headings go down by one", "Screen readers step by them.", "Use one # mark more than above."),
    "heading-title": ("A page has one title", "Screen readers begin with it.", "Use two # marks for the others."),
    "owner-unknown": (
        "A page's owner is a contact",
        "Somebody has to keep it up to date.",
        "Name a contact of campus.yml.",
    ),
    "approval-missing": (
        "A page says when it was approved",
        "Nobody would know whether it applies yet.",
        "Add approved_on.",
    ),
    "review-missing": (
        "A page says when it is next reviewed",
        "Otherwise nobody notices when it goes out of date.",
        "Add review_by.",
    ),
    "review-lapsed": ("A page was reviewed on time", "The review date has passed.", "Review it, then set new dates."),
    "mkdocs-setting": (
        "mkdocs.yml runs nothing of its own",
        "Settings can name code that reads the records.",
        "Take the setting out, or set it as in the file that sendbook new makes.",
    ),
    "template": (
        "A campus's own templates can be used",
        "Ours is used wherever one can't be read, fails or never finishes.",
        "Correct what the sentence names, or take the file out.",
    ),
    # What may not be public
    "leak-name": ("Nobody else is named in public", _PUBLIC, "Take the name out, or name the person as a contact."),
    "leak-id": ("No id is in public", _PUBLIC, "Take it out of the page."),
    "leak-contact": ("No one else's address is in public", _PUBLIC, "Take it out, or use the contact macros."),
    "leak-birth": ("No date of birth is in public", _PUBLIC, "Take it out of the page."),
    "leak-unread": (
        "Everything public can be checked",
        "A file that can't be read may name a child.",
        "Replace the file by one whose text can be read.",
    ),
}

#: The codes of which some finding or all are warnings or notes, about a file that can be named: findings of all other
#: codes here are errors, or about no file.
ASKS = frozenset(
    {
        *("litter", "copy", "stray", "unprintable", "unreadable-then", "hidden-letter", "unseen-letter"),
        *("leak-birth", "leak-unread", "DUE-01"),
        *("day-in-future", "day-before-birth", "day-far-ahead", "days-out-of-order", "count-too-high"),
        *("approval-missing", "review-missing", "review-lapsed", "address-torn"),
        *("list-runs-on", "list-mark", "list-space", "list-indent", "table-runs-on", "table-line", "heading-space"),
        *("heading-line", "code-indent", "struck-out", "line-break"),
    }
)

MEANINGS: Mapping[str, Meaning] = {
    code: Meaning(code=code, title=title, text=text, remedy=remedy) for code, (title, text, remedy) in _SAID.items()
}
