"""What is in the bundle for the address that a reader signs in with: a digest, never the address itself."""

from __future__ import annotations

from hashlib import blake2b

#: Stands for no address at all: nobody signs in with it.
NO_ADDRESS = ""


def stands_for(address: str) -> str:
    """Digest an address as people type it; the same whatever the case, and `NO_ADDRESS` where there is none."""
    folded = address.strip().casefold()
    return blake2b(folded.encode(errors="surrogatepass"), digest_size=16).hexdigest() if folded else NO_ADDRESS
