"""What touches the world. Only the modules directly in this room know Prefect; its sub-rooms don't."""
