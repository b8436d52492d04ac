"""Read: from files as they come to accepted observations.

Every package is a step; a step knows only those before it.

- `limits`, `cells`: how large a file may be; text cells that know where they stood.
- `door`: is the file what it says it is, and safe to open?
- `opening`: from bytes to sheets of text.
- `periods`: what a text says of time, by a form that is declared, never guessed.
- `published`: what a source profile takes from a published file.
- `returned`: the workbook's own returns, long or with a column for each period.
- `rules`: what a cell of a return must keep, each rule for a whole column at once.
- `quality`: the rules together; rows that break one stay out, all faults are told.
"""
