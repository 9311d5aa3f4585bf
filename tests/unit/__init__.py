"""Facts about the pure rules."""
