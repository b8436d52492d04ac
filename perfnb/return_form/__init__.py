"""The form in which a service returns its figures.

`asking` says which figures are due and what was held of each, `breakdowns` for
which groups and areas; `guidance` and `checking` say what the person who fills it
in is told, `writing` makes the workbook.
"""
