"""Tests of `perfnb.report.targeting`."""
