"""Tests of `perfnb.analysis.targeting`."""
