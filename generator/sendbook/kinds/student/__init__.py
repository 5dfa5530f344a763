"""The student record: who a student is, and everything that is kept of them apart from plans and meetings."""
