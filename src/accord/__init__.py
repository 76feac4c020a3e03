"""Accord: why climate talks are stuck, and which deal could hold."""
