"""What the club runs all year: the page that lists its programs, and a page for each.

As first made, the list lies at /initiatives/ and its programs have the slugs `ada` and `hack-with-heart`; an
executive may rename them. Find them by type: `InitiativesPage.objects.first()`, and its children of `ProgramPage`.
"""
