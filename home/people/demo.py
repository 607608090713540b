"""An invented team of three years. Nobody in it exists."""

from wagtail.models import Page

from home.home_page import HomePage
from home.people.page import TeamPage
from home.people.records import Person, Portfolio, Role

PORTFOLIOS = [
    ("Co-Presidents", "The two who answer when something is on fire."),
    ("Operations", "Rooms, keys, minutes, and knowing who has the keys."),
    ("Events & Educationals", "Everything with a date, and most things with cookies."),
    ("Mentorship & Projects", "Ada and Hack with Heart, from the first form to the last demo."),
    ("SheHacks", "Thirty-six hours, five hundred hackers, one very large order of noodles."),
    ("Design", "Posters, slides, this site’s colours."),
    ("Development", "The site you are looking at."),
    ("Sponsorship", "Kind letters to companies, and a long memory."),
    ("Finance", "Every dollar, where it came from and where it went."),
    ("Marketing", "How you heard of us."),
    ("Content", "The blog, the podcast, the newsletter."),
]

# Name, pronouns, what they study, a sentence, a drawn portrait; "" for what they would rather not say.
PEOPLE = [
    (
        "Amara Nwosu-Leclair",
        "she/her",
        "Fourth year, Software Engineering",
        "Ask me about switching majors twice.",
        1,
    ),
    ("Ingrid Haugland", "she/they", "Fourth year, Statistics", "I came for the cookies. I order them now.", 16),
    ("Leila Farahani", "she/her", "Third year, Computer Science", "I have the keys.", 3),
    ("Mei-Ling Zhao", "", "Second year, Medical Sciences", "", 2),
    ("Tomasina Vega", "they/them", "Third year, Media Studies", "No event without captions.", 4),
    ("Oluwaseun Adebayo-Fairweather", "she/her", "Third year, Mechatronics", "", 5),
    ("Priya Balasubramanian", "she/her", "Second year, Data Science", "I read every feedback form.", 0),
    ("Hanne De Smet", "she/her", "Fourth year, Psychology", "", 0),
    (
        "Kateri Whitebear-Simons",
        "she/her",
        "Third year, Computer Science",
        "Mentors are just people who remember.",
        13,
    ),
    ("Zofia Mazur", "she/her", "Second year, Chemistry", "", 8),
    ("Noor Al-Sabah", "she/her", "Third year, Business", "I pair people for a living. Unpaid.", 14),
    ("Jasleen Sandhu", "she/her", "Fourth year, Computer Science", "Sleep is a feature.", 11),
    ("Chidinma Okeke", "she/her", "Third year, Electrical Engineering", "", 7),
    ("Robin Achterberg", "they/them", "Second year, Mathematics", "I once debugged a waffle iron.", 12),
    ("Camila Restrepo-Duarte", "she/her", "Third year, Visual Arts", "Everything is a grid.", 15),
    ("Yuki Tanabe", "she/they", "Second year, Film", "", 2),
    ("Ottilie Brandt", "she/her", "Fourth year, Software Engineering", "I fix what I broke last year.", 6),
    ("Fatoumata Diarra", "she/her", "Second year, Computer Science", "", 0),
    ("Wren Castellanos", "they/them", "Third year, Philosophy and Computer Science", "Yes, both.", 4),
    ("Gwendolyn Ashworth-Mbeki", "she/her", "Third year, Business", "I like asking. It’s a gift.", 10),
    ("Soraya Haidari", "she/her", "Second year, Economics", "", 3),
    ("Birgit Ólafsdóttir", "she/her", "Fourth year, Finance", "Keep the receipt.", 16),
    ("Thandiwe Moyo", "she/her", "Second year, Accounting", "", 5),
    ("Josephine Tremblay-Ng", "she/her", "Third year, Media Studies", "I know what an algorithm wants.", 0),
    ("Maeve O’Sullivan", "she/her", "First year, Undeclared", "Youngest here. Loudest, too.", 8),
    ("Aiyana Littlefeather-Roy", "she/her", "Third year, English", "Every story has a stack trace.", 13),
    ("Dalia Mansour", "she/her", "Second year, Nursing", "", 14),
    ("Xiaohan Liu", "she/her", "Fourth year, Computer Science", "I cut the podcast. I heard everything.", 0),
    ("Bea Lindqvist", "she/her", "Product designer", "", 9),
    ("Camille Okonjo-Reyes", "she/her", "Backend engineer", "Somebody saved me a seat. Save one too.", 6),
    ("Ines Baptiste", "she/her", "Doctoral student", "", 5),
    ("Temperance Osei", "she/her", "Data engineer", "", 7),
    ("Ruta Kazlauskaitė", "she/her", "Founder of a very small company", "", 0),
    ("Hyun-Jung Park", "she/her", "Firmware engineer", "", 2),
    ("Alexandrina Wolfeschlegelsteinhausen", "she/her", "Teacher", "My name breaks forms. Test with it.", 15),
    ("Nadia Petrova", "she/her", "Machine learning engineer", "", 0),
    ("Esi Mensah", "she/her", "Medical student", "", 1),
    ("Lucía Fernández-Ortega", "she/her", "Security analyst", "", 12),
    ("Manon Gauthier", "she/they", "Civic tech, in a city hall", "", 10),
    ("Rosalind Achebe", "she/her", "Site reliability engineer", "", 0),
]

# For this year: the portfolio, then role and person (by their number above; None is a free slot).
TEAM: list[tuple[str, list[tuple[str, int | None]]]] = [
    ("Co-Presidents", [("Co-President", 0), ("Co-President", 1)]),
    ("Operations", [("Vice-President Operations", 2), ("Operations Coordinator", 3)]),
    (
        "Events & Educationals",
        [
            ("Vice-President Events", 4),
            ("Vice-President Educationals", 5),
            ("Events Coordinator", 6),
            ("Events Coordinator", 7),
            ("First-Year Representative", None),
        ],
    ),
    (
        "Mentorship & Projects",
        [("Ada Lead", 8), ("Hack with Heart Lead", 10), ("Projects Coordinator", 9), ("Projects Coordinator", None)],
    ),
    ("SheHacks", [("SheHacks Co-Chair", 11), ("SheHacks Co-Chair", 12), ("Hacker Experience", 13)]),
    ("Design", [("Design Lead", 14), ("Designer", 15)]),
    ("Development", [("Development Lead", 16), ("Developer", 17), ("Developer", 18)]),
    ("Sponsorship", [("Vice-President Sponsorship", 19), ("Sponsorship Coordinator", 20)]),
    ("Finance", [("Vice-President Finance", 21), ("Treasurer’s Assistant", 22)]),
    ("Marketing", [("Vice-President Marketing", 23), ("Marketing Coordinator", 24)]),
    ("Content", [("Editor", 25), ("Writer", 26), ("Podcast Producer", 27)]),
]
LAST_YEAR: list[tuple[str, list[tuple[str, int | None]]]] = [
    ("Co-Presidents", [("Co-President", 29), ("Co-President", 31)]),
    ("Operations", [("Vice-President Operations", 1)]),
    ("Events & Educationals", [("Vice-President Events", 30), ("Events Coordinator", 4)]),
    ("Mentorship & Projects", [("Ada Lead", 33), ("Projects Coordinator", 8)]),
    ("SheHacks", [("SheHacks Chair", 32)]),
    ("Design", [("Design Lead", 28)]),
    ("Development", [("Development Lead", 35), ("Developer", 16)]),
    ("Finance", [("Vice-President Finance", 34)]),
    ("Content", [("Editor", 0), ("Podcast Producer", 29)]),
]
YEAR_BEFORE: list[tuple[str, list[tuple[str, int | None]]]] = [
    ("Co-Presidents", [("President", 36)]),
    ("Events & Educationals", [("Vice-President Events", 37), ("Events Coordinator", 30)]),
    ("Mentorship & Projects", [("Ada Lead", 38)]),
    ("Development", [("Development Lead", 39)]),
    ("Finance", [("Vice-President Finance", 29)]),
]


def make_demo(home: HomePage, *, apply: Page | None = None) -> TeamPage:
    """The team page and three years of teams, up to the year that runs today; a second time changes nothing."""
    page = TeamPage.objects.first()
    if page is None:
        page = TeamPage(
            title="The people who open the door",
            seo_title="The team",
            slug="team",
            lede="Forty-odd students, elected every spring, unpaid all year. Stop any of us in the hallway.",
            tone="blush",
            drawing="together",
            empty_page=apply,
        )
        home.add_child(instance=page)
    if not Role.objects.exists():
        _make_teams(page.this_year)
    return page


def _make_teams(this_year: int) -> None:
    portfolios = {
        name: Portfolio.objects.get_or_create(name=name, defaults={"words": words, "order": 10 * number})[0]
        for number, (name, words) in enumerate(PORTFOLIOS, start=1)
    }
    people = [
        Person.objects.create(
            name=name,
            pronouns=pronouns,
            studies=studies,
            words=words,
            portrait=f"portrait-{portrait}" if portrait else "",
            link="https://www.linkedin.com/" if number % 3 == 0 else "",
        )
        for number, (name, pronouns, studies, words, portrait) in enumerate(PEOPLE)
    ]
    for year, team in ((this_year, TEAM), (this_year - 1, LAST_YEAR), (this_year - 2, YEAR_BEFORE)):
        for portfolio, slots in team:
            Role.objects.bulk_create(
                Role(
                    year=year,
                    portfolio=portfolios[portfolio],
                    title=title,
                    person=people[person] if person is not None else None,
                    order=10 * place,
                )
                for place, (title, person) in enumerate(slots, start=1)
            )
