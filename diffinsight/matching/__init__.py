"""What two versions have in common: sequences, words, likeness."""
