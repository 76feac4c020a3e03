"""Units, by pint, loaded only when something must be converted."""
