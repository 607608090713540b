"""The rows, in the order in which they are run: each leaves the site as it found it, but for the last."""

from wits_site.proof_deploy.row import Row
from wits_site.proof_deploy.rows import arriving, failing, keeping, releasing

TABLE = [
    Row("provision-twice", "the second run of provision.sh; units rated and verified", arriving.provision_again),
    Row("join", "browse and join in Chromium over HTTPS, to a member", arriving.browse_and_join),
    Row("tls", "versions, hosts, headers, static files, logs", arriving.tls_and_headers),
    Row("observatory", "MDN's HTTP Observatory", arriving.observatory),
    Row("campus", "sixty people join at once from one address", arriving.campus),
    Row("zero-loss", "five deploys and one rollback at 20 requests a second", releasing.zero_loss),
    Row("bad-release", "one that cannot be read, one that breaks on every page", releasing.bad_release),
    Row("breaking-migration", "a column goes that the running release reads", releasing.breaking_migration),
    Row("two-deploys", "two at once", releasing.two_deploys),
    Row("killed-deploy", "killed while it builds, then once more", releasing.killed_deploy),
    Row("keys", "missing, wrong, of the other mode, swapped; an alarm past everything", failing.keys),
    Row("database-away", "at the start of web and worker", failing.database_away),
    Row("hanging", "a worker that stands still", failing.hanging),
    Row("clock", "clocks ten minutes apart", failing.wrong_clock),
    Row("soak", "1,000 sessions, events five times, kills and restarts", failing.soak),
    Row("full-disk", "PostgreSQL's disk is full", failing.full_disk),
    Row("lost-machine", "backup and drill, the machine is gone, restored on a new one", keeping.lost_machine),
]
