-- Harvests: records in the order of their datestamps, tombstones among them, walked along one index; datestamps that are given at the
-- very end of each writing transaction, so that no record appears with a datestamp that a harvest has already passed.

-- Everything that a harvest selects by stands in the index: a rare set is found without touching the records between its members.
DROP INDEX metadata_datestamp;
CREATE INDEX metadata_harvest ON metadata (datestamp, n) INCLUDE (change, was_public, authorization_, deleted_at, embargo_until,
  service, level, acquisition, format, product_level);
CREATE INDEX metadata_embargo ON metadata (embargo_until) WHERE embargo_until IS NOT NULL;

-- Keys that all server processes share and that outlive them, such as that of the signature of resumption tokens.
CREATE TABLE server_key (
  purpose text PRIMARY KEY,
  key text NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
);
INSERT INTO server_key (purpose) VALUES ('resumption-token');

-- First half of the last step of a writing transaction: takes the writers' lock, brings the series up to date, learns the words. Gives the
-- series records that changed.
CREATE FUNCTION catalogue_prepare(records int[], names text[], stamp timestamptz) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE series int[];
BEGIN
  PERFORM public.catalogue_raise(stamp);
  series := ARRAY(SELECT public.series_refresh(names, stamp));
  PERFORM public.vocabulary_learn(records);
  RETURN series;
END $$;

-- Second half, with nothing between it and the commit: gives all these records the revision and one datestamp. The index entry of a record
-- follows only where the second has changed since it was written. Gives the revision.
CREATE FUNCTION catalogue_finish(records int[], stamp timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE raised bigint;
BEGIN
  UPDATE public.catalogue_revision SET raised_at = stamp RETURNING revision INTO raised;
  PERFORM set_config('vobs.stamping', 'on', true);
  UPDATE public.metadata SET change = raised, datestamp = stamp WHERE n = ANY (records);
  PERFORM set_config('vobs.stamping', 'off', true);
  UPDATE public.metadata_search SET updated = stamp WHERE n = ANY (records) AND updated <> stamp;
  RETURN raised;
END $$;

-- Both at once, for writers that know nothing of a clock.
CREATE OR REPLACE FUNCTION catalogue_commit(records int[], names text[], stamp timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE series int[] := public.catalogue_prepare(records, names, stamp);
BEGIN
  RETURN public.catalogue_finish(records || series, stamp);
END $$;
