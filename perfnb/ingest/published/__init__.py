"""Take what a source profile asks for from a published file.

- `profile`: what a profile may say; `profiles`: those of a workbook; `sought`,
  `other_layouts`: what it looks for, and files that are no tables.
- `recognition`: which profile does a file look like?
- `extraction`: the engine. It finds tables (`published_tables`, `layout`, `wording`),
  reads them (`table_reading`) by `published_rows`, `published_periods` and
  `published_figures`, and gives lines of a return (`published_lines`).
- `published_files`: opens what a profile is for, also `json_records` and files whose
  rows are counted (`counting`, `counted_table`).
"""
