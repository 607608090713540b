"""What gunicorn serves while Lighthouse looks: the site, and its uploads as nginx would."""

from django.conf import settings
from whitenoise import WhiteNoise

from wits_site.wsgi import application as site

application = WhiteNoise(site)
application.add_files(settings.MEDIA_ROOT, prefix="media/")
