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

- `sources` (which files), `shards` (parts of the work), `engines` (who does it: this process, several, a Dask cluster);
- `scanning` reads a shard, `settling` follows many attempts at once (`batches`, `routes`), `following` one by one
  (`tables`); what comes of it is a `Part` (`parts`) of `columns`, and parts add up in any order;
- `surveying` puts the parts together (`whole`), finds `duplicates`, and `policy` chooses the attempts of record;
- `totals` adds them up (`ledgers`, `kinds`); `retelling` reads attempts once more for rows, which `spill` keeps in
  order; `scored` has one attempt's figures, `result` those of all;
- `building` makes a `Study` of what was gathered, with `statistics`.
"""
