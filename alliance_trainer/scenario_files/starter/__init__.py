"""New scenarios: four starter stories as files in this folder, what an author can wish of them, and what is written."""
