"""Who stands where: to targets, author by author, and to the post answered."""
