"""Figures made ready to be said: values with units, intervals, limits, and what may be said of them."""
