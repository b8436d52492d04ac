"""Tests of `perfnb.analysis.effects`."""
