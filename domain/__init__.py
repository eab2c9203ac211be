"""What is true, without touching the world: week, reporter, criterion, debt, verdict, summary, revision."""
