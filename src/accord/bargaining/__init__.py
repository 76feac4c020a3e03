"""What could hold: positions and forecasts, coalitions and clubs.

This room sees terms, positions and payoffs, and nothing of files beyond its own tables.
"""
