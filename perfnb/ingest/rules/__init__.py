"""Keep the rules that a cell of a return must pass, by what they are about.

A rule looks at a whole column at once and gives every row that breaks it with
the fault to tell (`broken`); it changes nothing. `perfnb.ingest.quality` applies the
rules.

- `reading`: the cells as numbers, periods and statuses, once for all rules. On
  `numerals` (what counts as a number?) and `markers` (what does a mark mean?).
- `names`, `places`: indicators, sources, councils and areas. `belonging`: whose are
  they? `groups`: characteristics and their groups. `unheard`: those never held before.
- `figures`: counts, shares and values. `times`: periods. `repeats`: what stands twice.
- `jumps`: figures out of scale with the last one. `shares`: those that may be
  shares of 1.
"""
