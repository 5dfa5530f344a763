"""The words of `campus.code_words`, at the place where they stood before documents and histories needed them too."""

from sendbook.campus.code_words import NEED_TYPES, STATUS, YEAR_ORDER, relation, said, wave, year, year_position

__all__ = ["NEED_TYPES", "STATUS", "YEAR_ORDER", "relation", "said", "wave", "year", "year_position"]
