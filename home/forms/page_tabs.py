"""What executives see when they make a form, in the order in which they think of it."""

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from home.base_page import HeroPage
from home.guide_panel import GuidePanel

MOST_QUESTIONS = 40

TABS = [
    ObjectList(
        [
            *HeroPage.content_panels,
            GuidePanel("build-a-form", "How to build a form"),
            MultiFieldPanel(
                [FieldPanel("lede"), FieldPanel("tone"), FieldPanel("drawing"), FieldPanel("picture")],
                "Top of the page",
            ),
            InlinePanel("questions", heading="Questions", label="question", min_num=1, max_num=MOST_QUESTIONS),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("form_heading"), FieldPanel("send_button")]),
                    FieldPanel("about"),
                    FieldPanel("readers_words"),
                ],
                "Around the questions",
            ),
            MultiFieldPanel([FieldPanel("thanks_title"), FieldPanel("thanks_text")], "After it was sent"),
        ],
        heading="Questions",
    ),
    ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
                "Open",
                help_text="The form comes and goes by itself.",
            ),
            MultiFieldPanel([FieldPanel("before_title"), FieldPanel("before_text")], "Before it opens"),
            MultiFieldPanel(
                [FieldPanel("closed_title"), FieldPanel("closed_text"), FieldPanel("late_text")],
                "After it has closed",
            ),
        ],
        heading="When",
    ),
    ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("readers", widget=forms.CheckboxSelectMultiple), FieldPanel("told")], "Who reads it"
            ),
            MultiFieldPanel([FieldPanel("keep_days")], "How long it is kept"),
            MultiFieldPanel(
                [
                    FieldPanel("for_members"),
                    FieldPanel("members_words"),
                    FieldPanel("stranger_subject"),
                    FieldPanel("stranger_body"),
                ],
                "Only for members",
            ),
        ],
        heading="Who",
    ),
    ObjectList(
        [FieldPanel("sends_mail"), FieldPanel("mail_subject"), FieldPanel("mail_body")],
        heading="Mail to them",
    ),
    ObjectList(HeroPage.promote_panels, heading="Address and search"),
]
