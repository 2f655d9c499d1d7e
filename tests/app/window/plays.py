"""What an artist does with the entries of the menus: each has a play, which ends in what has to be so then."""

from collections.abc import Callable

from .conftest import Stage

Play = Callable[[Stage], None]


class Plays(dict[str, Play]):
    """The plays of some entries by their names in the table of actions."""

    def of(self, *names: str) -> Callable[[Play], Play]:
        """Keep a function as the play of these entries."""

        def keep(function: Play) -> Play:
            self.update(dict.fromkeys(names, function))
            return function

        return keep

    @property
    def once(self) -> list[str]:
        """One name for each play."""
        return list({function: name for name, function in reversed(self.items())}.values())
