"""A council's performance, read, reckoned, shown and run.

The house, from the ground up; a room imports only from rooms above it here:

- `errors`, `quarters`, `files`: the words that all rooms share;
- `records`, `registers`, `breaks`, `promises`, `catalogue`, `reference`, `methods`:
  what the council promises, whom it is compared with, and its house rules of method;
- `observations`, `selection`: the one tidy frame of what happened, and the part
  of it that a report is about;
- `ingest`: READ, from returns as services send them to accepted observations;
- `parameters`, `workbook`: what a run is asked for; a council's folder, opened;
- `analysis`: RECKON, pure functions from frames to results;
- `report`: SHOW, from results to sentences, tables, charts and pages;
- `manifest`, `site`, `run`: RUN, executes the notebooks and binds their pages;
- `cli`: the ``perfnb`` command.
"""
