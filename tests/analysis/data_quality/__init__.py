"""Tests of what is reckoned of data quality."""
