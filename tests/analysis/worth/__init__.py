"""Tests of `perfnb.analysis.worth`."""
