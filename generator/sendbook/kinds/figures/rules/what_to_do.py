"""What to do about the findings of each rule about released figures."""

from __future__ import annotations

from collections.abc import Mapping

WHAT_TO_DO: Mapping[str, str] = {
    "FIG-01": "Take the change back, or delete the file and run sendbook figures compute again.",
    "FIG-02": "Have somebody whose duty it is run sendbook figures approve.",
    "FIG-03": "Read them, then run sendbook figures approve; or compute them again.",
    "FIG-04": "Compute the term again; the command files it where it belongs.",
}
