"""Whole stories: replays and recorded days through the entry point."""
