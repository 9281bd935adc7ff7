"""Rules about the key, run by `check --key`: can it be guessed, can the skills be told apart, does erring pay."""
