"""A council's performance, read, reckoned, shown and run.

The house, from the ground up; a room imports only from rooms above it here:

- `errors`, `quarters`, `files`, `harmless`, `new_files`: the words that all rooms
  share, and how files are read and written safely;
- `findings`: what is wrong with returns, told, counted and written;
- `records`, `registers`, `breaks`, `promises`, `catalogue`, `reference`, `methods`:
  what the council promises, whom it is compared with, and its house rules of method;
- `intake_rules`, `quality_rules`: the house rules by which files come in and the
  quality of figures is judged; `sign_offs`: what owners sign of it; `strays`: files
  that nobody reads;
- `agreement`: what registers, reference data and house rules must agree on;
- `places`: codes and names of councils and small areas, resolved or told;
- `receipts`, `ledger_findings`, `revisions`: what came when, what no longer agrees
  with that, and what was reported differently later;
- `observations`, `selection`: the one tidy frame of what happened, and the part
  of it that a report is about;
- `ingest`: READ, from returns as services send them to accepted observations;
- `store`: REMEMBER, what returns were judged to be until an input changes;
- `parameters`, `workbook`: what a run is asked for; a council's folder, opened;
- `analysis`: RECKON, pure functions from frames to results;
- `report`: SHOW, from results to sentences, tables, charts and pages;
- `importing`: from files that others publish to returns of the workbook;
- `new_quarter`, `return_form`: what a quarter begins with, and the forms in which
  services return their figures;
- `manifest`, `site`, `run`: RUN, executes the notebooks and binds their pages;
- `cli`: the ``perfnb`` command.
"""
