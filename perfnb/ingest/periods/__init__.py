"""Read what a text says of time, and guess nothing.

- `period_forms`: a named form for each way of writing; `yearly_forms` and `dated_forms`
  are its two families.
- `own_periods`: the period of a return, with near forms that can mean one thing only.
"""
