"""Do two sources of one indicator say the same? Vintages set against each other.

- `pairs`: which figures do two sources both give?
- `reconciliation`: how far do they differ, and always to the same side?
"""
