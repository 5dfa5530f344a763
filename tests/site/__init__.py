"""Tests of the site's room."""  # noqa: A005 - named as the room is
