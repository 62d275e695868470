"""A user's own table: read row by row, labelled, learned from; one row out for each row in, in order."""
