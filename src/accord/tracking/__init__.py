"""Promises against deliveries, finance counted once, and the relation as a whole."""
