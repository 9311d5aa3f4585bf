"""Who said, wants or did what, on which issue, when: an article -> its statements. Hides attribution altogether.

Two readers, one grammar: rules over sentences always; where plain parses are handed in, they find subjects that the
rules do not reach. Nothing is guessed: what stays open is None, what rests on a pronoun is marked unsure.
"""

from digests.statements.finder import Finder

__all__ = ["Finder"]
