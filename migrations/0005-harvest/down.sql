CREATE OR REPLACE FUNCTION catalogue_commit(records int[], names text[], stamp timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE revision bigint := public.catalogue_raise(stamp);
BEGIN
  PERFORM public.catalogue_stamp(records || ARRAY(SELECT public.series_refresh(names, stamp)), revision);
  PERFORM public.vocabulary_learn(records);
  RETURN revision;
END $$;
DROP FUNCTION catalogue_finish(int[], timestamptz);
DROP FUNCTION catalogue_prepare(int[], text[], timestamptz);
DROP TABLE server_key;
DROP INDEX metadata_embargo;
DROP INDEX metadata_harvest;
CREATE INDEX metadata_datestamp ON metadata (datestamp, n);
