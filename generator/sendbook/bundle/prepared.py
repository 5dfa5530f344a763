"""Content made ready to be kept: named, compressed, its words folded.

Publishing does this by itself for content it doesn't have yet; a build that renders in several processes may do
it there, where it is spread over the cores, and hand over the result.
"""

from dataclasses import dataclass
from hashlib import blake2b

from sendbook.bundle.fragment import NO_LABEL, Content, File, Fragment, Label, PrintData
from sendbook.bundle.pieces import Compressor, pack
from sendbook.bundle.words import BREAK, plain_text, searchable, searchable_page

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An object as its rows hold it; `words` is None for what `/search` does not look at."""

    digest: bytes
    form: str
    media_type: str
    body: bytes
    title: str = ""
    title_words: str = ""
    words: str | None = None
    label: Label = NO_LABEL

    @property
    def text(self) -> tuple[str, ...] | None:
        """The row of what is searched, without its key; None if it is not."""
        if self.words is None:
            return None
        label = self.label
        return self.title, self.title_words, self.words, label.kind, label.whose, label.place, searchable(label.names)


def prepare(content: Content, compressor: Compressor) -> Prepared:
    """Do all of the work that depends on the content alone. Use one compressor for many."""
    form, media_type = form_and_type(content)
    fields = content.fields() if isinstance(content, Fragment) else (content.content,)
    digest = _named(content, fields)
    if isinstance(content, PrintData):
        body = pack((compressor.piece(content.content),))
        return Prepared(digest=digest, form=form, media_type=media_type, body=body)
    if isinstance(content, File):
        body = pack((compressor.piece(content.content),)) if content.is_text else content.content
        return Prepared(digest=digest, form=form, media_type=media_type, body=body)
    body = pack(tuple(compressor.piece(field) for field in fields))
    if content.search == "":
        return Prepared(digest=digest, form=form, media_type=media_type, body=body)
    title = " ".join(plain_text(content.title).split())
    title_words = searchable(title)
    words = searchable_page(content.content) if content.search is None else searchable(content.search)
    return Prepared(
        digest=digest,
        form=form,
        media_type=media_type,
        body=body,
        title=title,
        title_words=title_words,
        words=title_words + BREAK + words,
        label=content.label,
    )


def form_and_type(content: Content) -> tuple[str, str]:
    """How an object is kept (`fragment`; `text` and `print`: one deflated piece; `raw`: as it is), and what it is sent
    as.
    """
    if isinstance(content, Fragment):
        return "fragment", _HTML
    if isinstance(content, PrintData):
        return "print", content.media_type
    return ("text" if content.is_text else "raw"), content.media_type


def object_digest(content: Content | Prepared) -> bytes:
    """The name of an object: a digest of all it says, before compression.

    Lengths stand in it, so that no text can pass for another by moving a border.
    """
    if isinstance(content, Prepared):
        return content.digest
    return _named(content, content.fields() if isinstance(content, Fragment) else (content.content,))


def _named(content: Content, fields: tuple[bytes, ...]) -> bytes:
    """The digest of a content whose ``fields`` are known."""
    form, media_type = form_and_type(content)
    if isinstance(content, Fragment):
        search = () if content.search is None else (content.search.encode(),)
        label = () if content.label == NO_LABEL else content.label.fields()
        fields = (*fields, *search, *label)
    head = f"{form} {media_type} {' '.join(str(len(field)) for field in fields)}\n"
    digest = blake2b(head.encode(), digest_size=20)
    for field in fields:
        digest.update(field)
    return digest.digest()
