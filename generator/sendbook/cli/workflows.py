"""The files by which GitHub and GitLab check each change of a campus, and publish its public edition when asked to.

They need no secret, and their logs say where something is wrong and never what is in a record. The whole history
is fetched: what changed since the branch a proposal goes to can't be told from its last commit alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from sendbook import __version__

_INSTALL = f'python -m pip install --quiet "sendbook=={__version__}"'

# The records with all their history, and sendbook to look at them with.
_GITHUB_READY = f"""\
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install sendbook
        run: {_INSTALL}"""

_GITHUB_CHECK = f"""# Checks the records and the handbook at each proposal (pull request) and each change of main.
name: Check the records

on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
{_GITHUB_READY}
      - name: Check what the proposal changes, and all else
        if: github.event_name == 'pull_request'
        env:
          BASE: ${{{{ github.event.pull_request.base.sha }}}}
        run: sendbook check --format github --since "$BASE"
      - name: Check everything
        if: github.event_name != 'pull_request'
        run: sendbook check --format github
"""

_GITHUB_PUBLISH = f"""# Publishes the public edition of the handbook, and nothing else, as a site on GitHub Pages:
# only when somebody asks for it under Actions. It stops if an error is open, or if anyone is named who may not be.
# Turn Pages on first, under Settings, Pages, Source: GitHub Actions. The site is for anybody, even where this
# repository is private.
name: Publish the public edition

on:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: publish
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
{_GITHUB_READY}
      - name: Make the public edition
        run: sendbook publish --public public
      - uses: actions/upload-pages-artifact@v3
        with:
          path: public
  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
    steps:
      - uses: actions/deploy-pages@v4
"""

_GITLAB = f"""# Checks the records and the handbook at each proposal (merge request) and each change of the main
# branch; publishes the public edition, and nothing else, when somebody starts the job “pages” by hand.
image: python:3.12

variables:
  GIT_DEPTH: "0"

stages: [check, publish]

check:
  stage: check
  timeout: 15 minutes
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - {_INSTALL}
    - |
      if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then
        sendbook check --format junit --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA" > findings.xml
      else
        sendbook check --format junit > findings.xml
      fi
  artifacts:
    when: always
    expire_in: 1 week
    reports:
      junit: findings.xml

pages:
  stage: publish
  timeout: 20 minutes
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      when: manual
  script:
    - {_INSTALL}
    - sendbook publish --public public
  artifacts:
    paths: [public]
    expire_in: 1 week
"""

#: What `sendbook new` writes, by path.
WORKFLOWS: Mapping[str, str] = {
    ".github/workflows/check.yml": _GITHUB_CHECK,
    ".github/workflows/publish.yml": _GITHUB_PUBLISH,
    ".gitlab-ci.yml": _GITLAB,
}
