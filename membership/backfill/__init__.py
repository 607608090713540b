"""Taking over who paid on the site before this one: what each payment is, and making members of the clear ones."""
