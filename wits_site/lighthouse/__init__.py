"""`make lighthouse`: what Lighthouse says of four pages, with production's settings behind gunicorn.

Lighthouse is a Node program: it is installed, in the version named here, into a folder that git ignores.
"""
