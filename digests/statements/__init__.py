"""Who said, wants or did what, on which issue, when: an article -> its statements. Hides attribution altogether.

Rules over sentences, one grammar for every language. Nothing is guessed: what stays open is None, what rests on a
pronoun is marked unsure.
"""

from digests.statements.finder import Finder

__all__ = ["Finder"]
