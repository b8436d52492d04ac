"""A council's performance, read, reckoned, shown and run.

The house, from the ground up; a room imports only from rooms above it here:

- `errors`, `quarters`, `methods`: the words that all rooms share;
- `records`, `registers`, `reference`, `catalogue`: what the council promises and
  whom it is compared with;
- `observations`: the one tidy frame of what happened;
- `ingest`: READ, from returns as services send them to accepted observations;
- `workbook`: opens a council's folder;
- `analysis`: RECKON, pure functions from frames to results;
- `report`: SHOW, from results to sentences, tables, charts and pages;
- `run`: executes the notebooks and binds their pages into a site;
- `cli`: the ``perfnb`` command.
"""
