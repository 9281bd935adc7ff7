"""Many attempts in, scores and what they add up to out; as a stream, so that memory does not grow with them.

`run` is the door: `score_cohort`. Below it stand `sources` (which files, what is in them), `tables` (a scenario
compiled for fast scoring), `scored` (one attempt's figures), `sums` (what can be added up, in any order),
`spill` (more rows than memory) and `result`.
"""
