"""Databases for the tests of the store."""

from tests.databases import database_url, engine, upgraded_url

__all__ = ["database_url", "engine", "upgraded_url"]
