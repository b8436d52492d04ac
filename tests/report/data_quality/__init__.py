"""Tests of the page on data quality."""
