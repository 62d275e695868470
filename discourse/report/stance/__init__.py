"""Who stands where: authors by targets and by claims, the two camps and what passes between them."""
