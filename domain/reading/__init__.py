"""How one cell is understood: a module for each kind of thing that can be wrong.

Knows no sheet, no row, no severity.
"""
