"""The club's own pages elsewhere: Instagram, LinkedIn and the like."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.links import leads_to

# Each network with the hosts its addresses lie on; none where anybody may run one.
NETWORKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "instagram": ("Instagram", ("instagram.com",)),
    "linkedin": ("LinkedIn", ("linkedin.com",)),
    "facebook": ("Facebook", ("facebook.com", "fb.com")),
    "tiktok": ("TikTok", ("tiktok.com",)),
    "youtube": ("YouTube", ("youtube.com", "youtu.be")),
    "discord": ("Discord", ("discord.gg", "discord.com")),
    "slack": ("Slack", ("slack.com",)),
    "github": ("GitHub", ("github.com",)),
    "medium": ("Medium", ("medium.com",)),
    "spotify": ("Spotify", ("spotify.com",)),
    "bluesky": ("Bluesky", ("bsky.app",)),
    "mastodon": ("Mastodon", ()),
    "other": ("Another", ()),
}


def lies_on(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address is on one of these hosts, or on one under it."""
    host = (urlsplit(address).hostname or "").lower()
    return not hosts or any(host == one or host.endswith(f".{one}") for one in hosts)


class ProfileValue(blocks.StructValue):
    """What templates read: `name` and `url`."""

    @property
    def name(self) -> str:
        label, _ = NETWORKS.get(self.get("network") or "", ("", ()))
        return str(self.get("label") or label)

    @property
    def url(self) -> str:
        return leads_to(self.get("address"))


class ProfileBlock(blocks.StructBlock):
    """One of the club's pages elsewhere."""

    network = blocks.ChoiceBlock(choices=[(key, label) for key, (label, _) in NETWORKS.items()], default="instagram")
    address = blocks.URLBlock(max_length=300, help_text="The club’s own page there, with https:// in front.")
    label = blocks.CharBlock(
        required=False, max_length=30, help_text="What to call it, if not by the network’s name. Needed for Another."
    )

    class Meta:
        icon = "link-external"
        value_class = ProfileValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        label, hosts = NETWORKS[cleaned["network"]]
        if not lies_on(cleaned["address"], hosts):
            message = f"This is no address on {label}: it should begin with https://{hosts[0]}/ or the like."
            raise StructBlockValidationError(block_errors={"address": ValidationError(message)})
        if cleaned["network"] == "other" and not cleaned["label"]:
            raise StructBlockValidationError(block_errors={"label": ValidationError("What should it be called?")})
        return cleaned
