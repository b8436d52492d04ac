"""Tests of the vintages of an indicator set against each other."""
