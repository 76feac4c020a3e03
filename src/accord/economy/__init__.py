"""What a deal costs and brings: markets, leakage and border measures, fair shares."""
