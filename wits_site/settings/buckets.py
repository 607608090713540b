"""Media in buckets of S3's kind (DigitalOcean's Spaces, for one), where several hosts serve the site."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wits_site.settings.base import env

TOGETHER = ["MEDIA_BUCKET", "MEDIA_PRIVATE_BUCKET", "MEDIA_DOMAIN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]


def storages() -> dict[str, Any]:
    """Django's `default` and `private` storages, in the two buckets that the environment names.

    Browsers fetch the public one's files from MEDIA_DOMAIN; the private one is read by the site alone. Raises
    ImproperlyConfigured, by name, when something is missing or both are one. The two keys are read by Amazon's
    library itself.
    """
    missing = [name for name in TOGETHER if not env.str(name, default="").strip()]
    if missing:
        raise ImproperlyConfigured(f"Media in a bucket needs also: {', '.join(missing)}. See deploy/env.example.")
    public, private = env.str("MEDIA_BUCKET"), env.str("MEDIA_PRIVATE_BUCKET")
    if public == private:
        raise ImproperlyConfigured("MEDIA_PRIVATE_BUCKET is MEDIA_BUCKET, which all may read: make a second one.")
    both = {
        "endpoint_url": env.str("MEDIA_S3_ENDPOINT", default="") or None,
        "region_name": env.str("MEDIA_S3_REGION", default="") or None,
    }
    return {
        "default": {
            "BACKEND": "home.buckets.PublicBucket",
            "OPTIONS": {**both, "bucket_name": public, "custom_domain": env.str("MEDIA_DOMAIN")},
        },
        "private": {"BACKEND": "home.buckets.PrivateBucket", "OPTIONS": {**both, "bucket_name": private}},
    }
