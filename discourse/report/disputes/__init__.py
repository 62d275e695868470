"""What is argued about: disputes turn by turn, claims held against each other, what articles say."""
