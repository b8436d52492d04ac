"""Tests of `perfnb.report.groups`."""
