"""Who the students are: the class lists that platforms export, the course's own, and whose a hand-in is."""
