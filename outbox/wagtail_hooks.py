"""The outbox in the admin. Another room may place these viewsets in a menu of its own."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from outbox.admin.alerts import alert_viewset
from outbox.admin.deliveries import delivery_viewset
from outbox.admin.mail_texts import mail_text_viewset


class OutboxGroup(ModelViewSetGroup):
    """One menu: what goes out, what went wrong, and the words of mails."""

    menu_label = "Deliveries"
    menu_icon = "mail"
    menu_order = 800
    items = (delivery_viewset, alert_viewset, mail_text_viewset)


hooks.register("register_admin_viewset", OutboxGroup)
