"""Many attempts in, scores and what they add up to out; as a stream, so that memory does not grow with them.

Two doors. `run.score_cohort` scores any number of attempts and keeps none. `gathering.study_cohort` scores a cohort
that fits into memory and keeps all of it:

    from alliance_trainer.cli.scoring import against
    from alliance_trainer.cohort.gathering import study_cohort
    gathered = study_cohort(paths, resolve=against(keys, libraries), policy="first")

`gathered.result` is the `CohortResult`; `gathered.scored` the figures of the attempts of record (`Scored`), whose
answers are the rows of `gathered.moments` (`Moments`); `gathered.kept` every scored attempt with its steps, its figures
(`scored.of_record` says whether it counts) and the compiled scenario it was scored against; `gathered.scenarios` each
scenario by its id.

Below the doors, in the order of the work:

- `reading`: which files (`sources`), parts of the work (`shards`), records from lines, journals and tables of steps;
  `engines` is who does it (this process, several, a Dask cluster);
- `scanning` takes in a shard: `settling` follows many attempts at once, `scoring.following` one by one; `scoring` has
  the compiled scenario and what answers are worth. What comes of it is a part of `arrays`, and parts add up in any
  order;
- `surveying` puts the parts together, finds `duplicates`, and `policy` chooses the attempts of record;
- `totals` adds them up; `retelling` reads attempts once more for rows, which `spill` keeps in order; `result` has what
  a run gives back, `told` an attempt step by step for the exports;
- `study` makes figures of what was gathered, by the formulas of `statistics`;
- `assessment` knows packs.
"""
