"""From submissions to grades: one (pipeline), many (batch), a class with its gradebook and pages (classroom)."""
