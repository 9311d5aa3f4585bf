"""What to watch: files that a person edits, checked as a whole. Hides YAML, pydantic and how problems are found.

config.load("config").directory      # raises ConfigProblems, which lists every problem of every file
"""

from config.loading import load
from config.problems import ConfigProblems, Problem
from config.values import Access, Config, SlackApp, is_slack_id

__all__ = ["Access", "Config", "ConfigProblems", "Problem", "SlackApp", "is_slack_id", "load"]
