"""What every part of a report is made with: words, the book, marks in texts, the page itself."""
