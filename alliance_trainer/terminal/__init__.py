"""Everything a person sees or types, with one door to the screen."""
