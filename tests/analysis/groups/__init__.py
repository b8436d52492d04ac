"""Tests of `perfnb.analysis.groups`."""
