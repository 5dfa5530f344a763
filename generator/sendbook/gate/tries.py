"""What a try to sign in is slowed down by: a proof of the right person alone, or account, place and both together."""

from dataclasses import dataclass

from sendbook.gate.connections import caller_of
from sendbook.gate.sources import Source
from sendbook.gate.throttle import (
    ACCOUNT,
    ADDRESS,
    EVERYBODY,
    MOST_OF_ONE_PLACE,
    PAIR,
    PROVEN,
    SHARED_PAIR,
    Counted,
    Throttle,
)
from sendbook.gate.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try. A right password wipes out the counts that are its `own`, and takes itself back out of `shared` ones."""

    own: tuple[Counted, ...]
    shared: tuple[Counted, ...] = ()
    asked_only: tuple[Counted, ...] = ()

    @property
    def asked(self) -> tuple[Counted, ...]:
        """All counts that may make it wait."""
        return self.own + self.shared + self.asked_only

    def count(self, throttle: Throttle, now: float) -> None:
        """Count it as failed, which it is until the password is found right."""
        throttle.count(self.own + self.shared, now)

    def forgive(self, throttle: Throttle) -> None:
        """The password was right."""
        for key, _ in self.own:
            throttle.forgive(key)
        for key, _ in self.shared:
            throttle.uncount(key)


def try_of(throttle: Throttle, tokens: Tokens, email: str, source: Source, proof: str | None, now: float) -> Try:
    """What a try with this account from this source is counted by. `proof` belongs to the account, or is None."""
    if proof is not None:
        return Try(own=((tokens.name("proof", proof), PROVEN),))
    account = tokens.name("account", email), ACCOUNT
    if source.is_shared:
        pair = tokens.name("account from a proxy", email), SHARED_PAIR
        return Try(own=(pair,), shared=((tokens.name("everybody", ""), EVERYBODY),))
    place = caller_of(source.address)
    pair = tokens.name("account and address", f"{email}\0{place}"), PAIR
    address = tokens.name("address", place), ADDRESS
    if throttle.failures(pair, now) < MOST_OF_ONE_PLACE:
        return Try(own=(pair,), shared=(address, account))
    return Try(own=(pair,), shared=(address,), asked_only=(account,))
