"""Whether figures can be relied on: checked, rated and put into somebody's hands.

- `grades`: good, fair, poor or not judged, and the worst of several.
- `due_spans`: for which periods is a figure due? `known_days`: on which day was it
  here? On both `arrivals`: did each figure come, and in time?
- `completeness`: which figures are there, and which are missing?
- `timeliness`: were they here when they should be?
- `recomputation`: do values follow from their counts?
- `jumps`: which changes are out of the ordinary?
- `twins`: which indicators tell the same?
- `source_systems`: does each indicator have one source, and each source a use?
- `registered`: what do the registers say of definitions, owners and reviews?
- `told`: what is wrong with an indicator's returns?
- `evidence`: all of that for one indicator; `judging`: what it means for each of the
  six characteristics of good data.
- `ratings`: one rating an indicator, its owner's signature included.
- `council`: all that, for the whole council.

References
----------
Audit Commission (2007) Improving information to support decision making: standards
for better quality data.
"""
