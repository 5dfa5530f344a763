"""Plants faults, runs the tests of each, and says which ones no test noticed.

The tool answers 0 if at least nine in ten were noticed, 1 if fewer were, 2 if there was nothing to plant.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutants.chosen import as_said, chosen, modules_in, on_lines
from tests.mutants.mapped import Mapped
from tests.mutants.running import Trial, Verdict

ROOT = Path(__file__).parents[2]
#: Who decides what is seen, what is owed and what pages say.
ROOMS = ("access", "deadlines", "kinds", "pages", "site")
#: So many of ten must be noticed.
_OF_TEN = 9


def main(arguments: list[str]) -> int:
    """Plants what the arguments ask for, and prints what came of it."""
    asked = _asked(arguments)
    mapped = Mapped(ROOT)
    places = asked.only or asked.where or ROOMS
    if asked.only:
        planted = on_lines(ROOT, ROOT / mapped.package, asked.only)
    else:
        planted = chosen(ROOT, modules_in(ROOT / mapped.package, places), asked.faults, asked.seed)
    if not planted:
        print(f"There is nothing to plant in {', '.join(places)}.", file=sys.stderr)
        return 2
    drawn = "all that these lines have" if asked.only else f"seed {asked.seed}"
    print(f"{len(planted)} faults in {len({one.module for one in planted})} modules, {drawn}.", file=sys.stderr)
    done: list[Verdict] = []

    def told(verdict: Verdict) -> None:
        done.append(verdict)
        said = f"noticed by {verdict.test}" if verdict.caught else "NOT NOTICED"
        if verdict.outcome == "never ended":
            said += ", which never ended"
        fault = verdict.planted
        print(f"[{len(done)}/{len(planted)}] {fault.module}:{fault.fault.line} {said}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="sendbook-mutants-") as folder:
        trial = Trial(mapped=mapped, folder=Path(folder), jobs=asked.jobs, seconds=asked.seconds)
        return _reported(trial.verdicts(planted, told))


def _reported(verdicts: list[Verdict]) -> int:
    survivors = [verdict for verdict in verdicts if not verdict.caught]
    for verdict in sorted(survivors, key=lambda one: (one.planted.module, one.planted.fault.begin)):
        print(f"{as_said(verdict.planted)}\n    ({verdict.tried} test files tried)\n")
    caught = len(verdicts) - len(survivors)
    print(f"{caught} of {len(verdicts)} faults noticed ({100 * caught / len(verdicts):.0f}%); 90% are asked for.")
    return 0 if caught * 10 >= len(verdicts) * _OF_TEN else 1


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "where", nargs="*", metavar="WHERE", help=f"Rooms or modules of them; {', '.join(ROOMS)} if left out."
    )
    parser.add_argument(
        "--only",
        action="append",
        metavar="MODULE:LINE",
        help="Plant each fault of this line (kinds/plan/words.py:88), and no others; may be given several times.",
    )
    parser.add_argument("--faults", type=int, default=200, help="How many to plant (200).")
    parser.add_argument("--seed", type=int, default=1, help="Which ones: another number plants others (1).")
    parser.add_argument("--jobs", type=int, default=2, help="How many are tried at once (2).")
    parser.add_argument("--seconds", type=float, default=40, help="How long the tests of one fault may take (40).")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
