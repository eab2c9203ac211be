"""The `ntm` command line: doors to the same flows that the Prefect UI starts."""
