"""Plants small faults in the package, and counts how many of them the tests notice: ``python -m tests.mutants``.

Two maintained tools were looked at first. mutmut runs the whole suite once to learn which test reaches which function,
and has no sample that is the same for the same seed; cosmic-ray changes the files that people work in, and knows one
test command for all modules. Six minutes of tests for each of 200 faults would be a day.
"""
