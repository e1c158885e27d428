"""The Home of the people at a desk: what it shows, when it is drawn again, and what its buttons lead to."""
