"""Slack: the only folder that knows slack_sdk and slack_bolt. Hides sockets, payloads, limits and error names."""
