"""Reckon: pure functions from frames to frames and frozen results.

Nothing here reads a file, draws, or looks at the clock. Thresholds come in
from `perfnb.methods.Methods`.

- `intervals`: how sure is a figure?
- `trend`: did a series change, or does it only vary? On `segments` (where are
  gaps?), `process_limits` (how far do figures vary by chance?) and
  `special_causes` (which are more than chance?).
- `year_to_date`: how much has come together since April?
- `benchmark`: where does the council stand among its peers?
- `diversity`: do groups of people fare differently? On `areas` (small areas
  pooled) and `differences` (a group against the rest).
- `disclosure`: which counts of people may be shown?
- `verdicts`: which side is good, and is the distance real?
- `frames`: are columns and numbers as they should be?
- `findings`: each method, applied to every indicator of a report.
"""
