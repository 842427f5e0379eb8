"""Paper: exported text as pages, and the plan in the size of a card."""
