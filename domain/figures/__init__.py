"""A week's snapshot turned into published figures. One module per section; `build.summarise` puts them
together.

Every function yields Figure; none knows how a figure is printed.
"""
