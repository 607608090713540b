"""One row of the proof: what is done to the site, and what must hold."""

from collections.abc import Callable
from dataclasses import dataclass

from wits_site.proof.row import Findings
from wits_site.proof_deploy.site import Site


@dataclass(frozen=True)
class Row:
    name: str
    done: str
    run: Callable[[Site, Findings], None]
