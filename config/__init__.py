"""Which facts an office may change without a programmer. Reads its own files and the environment."""
