"""What is new: texts in, evidence-backed lines out. No network, no database, no Slack, no clock."""
