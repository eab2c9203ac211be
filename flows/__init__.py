"""In what order things happen, and what if a step fails. Touches the world only through tasks."""
