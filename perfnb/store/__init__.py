"""REMEMBER: what returns were judged to be, kept until any input changes."""
