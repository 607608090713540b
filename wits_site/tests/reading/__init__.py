"""Reading pages as strictly as the HTML standard asks, for tests that hold the whole site together.

`tree` parses, `visits` opens addresses and follows links. `nesting`, `naming` and `telling` hold the rules: each
takes a document and yields a sentence for everything that is wrong.
"""
