"""Open a file as sheets of text.

- `sheets`: any file, as sheets whose cells are the text that people see.
- `decoding`: bytes to text, and which character separates cells.
- `workbook_texts`: spreadsheets, by way of calamine. `plain_text`: how numbers, days
  and shares are written.
"""
