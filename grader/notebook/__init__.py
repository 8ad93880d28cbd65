"""What a student works with: `check("question")` and what it shows."""
