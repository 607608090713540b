"""What the first Owner of a fresh site does before anybody joins, step by step. It goes away when done."""
