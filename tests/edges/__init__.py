"""Each adapter against the real thing on loopback."""
