"""What stands in a handout where a student is to write an answer in words."""

PLACEHOLDER = "*Write your answer here, in the place of this line.*"
