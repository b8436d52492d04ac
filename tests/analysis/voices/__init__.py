"""Tests of `perfnb.analysis.voices`."""
