"""Read the workbook's own returns.

- `returns`: every return of a workbook.
- `headings`: where do the headings stand, and are they those of a return?
- `own_rows`: the long layout. `wide`: a column for each period.
"""
