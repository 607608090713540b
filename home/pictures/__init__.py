"""Pictures: what may be uploaded, which sizes of it are made and when, and how a page shows them.

No visit makes a size. A page that is published, and a picture that changes, promise the sizes that are missing; the
worker makes them; until then a page shows what there is.
"""
