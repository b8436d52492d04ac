"""Reckon: pure functions from frames to frames and frozen results.

Nothing here reads a file, draws, or looks at the clock. Thresholds come in
from `perfnb.methods.Methods`. A package is a question that a report asks; its
first module applies the others to every indicator of a service.

- `change`: did a series change, or does it only vary?
- `forecasting`: where will the year end, and how good were earlier forecasts?
- `targeting`: are targets met, and are they the right ones?
- `peers`: where does the council stand among others?
- `groups`: which groups and areas fare better or worse?
- `privacy`: which counts of people may be shown?
- `effects`: did something that was done make a difference?
- `weighting`: many indicators as one score that hides none.
- `worth`: is a service worth its cost?
- `voices`: what do people say, and does it run ahead of performance?
- `vintages`: do two sources of one indicator say the same?
- `data_quality`: can the figures be relied on, and who must do what?

What they share:

- `intervals`: how sure is a figure? `exact_intervals`: and how sure if it stands on
  few cases?
- `process_limits`: how far do figures vary by chance? `segments`: where are gaps?
- `targets`: which target is in force for a figure? `attainment`: is it met?
- `verdicts`: which side is good, and is the distance real?
- `correlations`, `spread`: do two series tell the same, do figures differ at all?
- `periods`, `counts`, `frames`: are days, counts and columns as they should be?
"""
