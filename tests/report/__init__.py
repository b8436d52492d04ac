"""Tests of what is shown, a package so that its modules keep their names."""
