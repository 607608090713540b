"""What executives see of membership: the Members menu. `membership.wagtail_hooks` registers it."""
