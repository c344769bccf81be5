"""Certificates for servers on loopback: a good one, and one for each way to be wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificates:
    """An authority's certificate in `ca`, and the server's certificate with its key."""

    ca: Path
    certificate: Path
    key: Path

    @property
    def options(self) -> tuple[str, ...]:
        """For mariadbd."""
        return (f"--ssl-ca={self.ca}", f"--ssl-cert={self.certificate}", f"--ssl-key={self.key}")


def issued(folder: Path, *names: str, expired: bool = False) -> Certificates:
    """A server's certificate for the names, by an authority of its own."""
    authority = trustme.CA()
    until = datetime.now(UTC) - timedelta(days=1) if expired else None
    made = authority.issue_cert(*names, not_after=until)
    folder.mkdir(parents=True, exist_ok=True)
    found = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    authority.cert_pem.write_to_path(str(found.ca))
    made.private_key_pem.write_to_path(str(found.key))
    found.certificate.write_bytes(b"".join(blob.bytes() for blob in made.cert_chain_pems))
    return found
