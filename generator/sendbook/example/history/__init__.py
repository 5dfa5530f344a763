"""The example campus's autumn term as a git repository: what was written when, by whom, and how it read before.

The last commit is the example as it stands. Everything before it is told backwards, as data next to this module
(``september.yml``, ``october.yml``, ``november.yml``): before this commit that field read so, before that one
those records were not there. So the example can be edited without rewriting its past.
"""
