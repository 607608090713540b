"""Files in a bucket of S3's kind, for a site that has outgrown one disk. Imported only where a bucket is set."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

# A page must not wait for a bucket that does not answer. Pictures are made by the worker, which tries again.
TIMEOUTS = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"max_attempts": 2, "mode": "standard"},
    # Others than Amazon do not all know the newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class PublicBucket(S3Storage):
    """Media that everybody may see; browsers fetch them from a host of their own and may keep them for a month."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "client_config": TIMEOUTS,  # no option of the settings: those must be plain, Wagtail writes them down
            "file_overwrite": False,  # so that no name is used twice
            "querystring_auth": False,
            "object_parameters": {"CacheControl": "public, max-age=2592000"},
        }


class PrivateBucket(S3Storage):
    """What visitors send with forms: no address leads to it, not even one that ends."""

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "client_config": TIMEOUTS, "file_overwrite": False}

    def url(self, *args: Any, **kwargs: Any) -> str:
        raise ValueError("No address leads to this file.")
