"""The local workspace: a loopback Slack for a try-out without tokens and for tests. Hides that it is not Slack."""
