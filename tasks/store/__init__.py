"""What is recorded: tables, archive, revisions, deliveries. The only room that knows SQLAlchemy."""
