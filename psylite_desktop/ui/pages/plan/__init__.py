"""The person's plan for hard moments: six steps in their own words."""
