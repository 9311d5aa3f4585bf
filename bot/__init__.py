"""Who talks: Slack, database, HTTP, schedule, and the one place that wires them together."""
