"""Thousands of damaged files against the container check, the readers in their child and the understanding."""
