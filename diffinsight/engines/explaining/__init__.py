"""The words about one file: its title, its explanation, its remarks."""
