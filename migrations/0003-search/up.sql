-- The search index: a narrow side table, filled by statement triggers in the transaction that writes the record. One GIN index
-- over words, cells and months preselects; exact comparisons decide, so that the answer never depends on the cells.

-- Everything in a record that words are looked for in.
CREATE FUNCTION record_text(m metadata) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT concat_ws(' ', m.name, m.description, m.translations #>> '{en,title}', m.translations #>> '{en,abstract}',
    m.translations #>> '{fr,title}', m.translations #>> '{fr,abstract}', array_to_string(m.keywords, ' '),
    array_to_string(m.instrument, ' '), m.platform, m.service,
    CASE WHEN m.fields IS NOT NULL THEN
      (SELECT string_agg(v #>> '{}', ' ') FROM jsonb_path_query(m.fields, '$.*[*] ? (@.type() == "string")') v) END)
$$;

-- What the search row of each record says.
CREATE VIEW metadata_indexed AS
SELECT m.n, s.tag AS service, m.authorization_ AS access, m.level, m.format, m.acquisition, m.product_level, m.elevation, m.elevation_max,
  CASE WHEN isfinite(t.begins) THEN extract(year FROM t.begins AT TIME ZONE 'UTC')::smallint END AS year,
  m.datestamp AS updated,
  ST_XMin(g.g) AS west, ST_YMin(g.g) AS south, ST_XMax(g.g) AS east, ST_YMax(g.g) AS north,
  a.west AS west_of_180, a.east AS east_of_180, t.begins, t.ends,
  CASE WHEN g.g IS NULL OR GeometryType(g.g) = 'POINT' THEN NULL
    WHEN GeometryType(g.g) = 'POLYGON' AND ST_NPoints(g.g) = 5
      AND abs(ST_Area(g.g) / nullif((ST_XMax(g.g) - ST_XMin(g.g)) * (ST_YMax(g.g) - ST_YMin(g.g)), 0) - 1) < 1e-9 THEN NULL
    ELSE g.g END AS shape,
  m.instrument, m.platform,
  public.search_words(public.record_text(m)) AS words,
  CASE WHEN a.west IS NULL THEN public.search_cells(ST_XMin(g.g), ST_YMin(g.g), ST_XMax(g.g), ST_YMax(g.g))
    ELSE public.search_cells(a.west, ST_YMin(g.g), 180, ST_YMax(g.g)) || public.search_cells(-180, ST_YMin(g.g), a.east, ST_YMax(g.g)) END
    || -s.tag::int AS cells,
  public.search_months(t.begins, t.ends) AS months
FROM metadata m
JOIN service s ON s.name = m.service
-- OFFSET 0 keeps the planner from computing the geometry once for each of its uses.
CROSS JOIN LATERAL (SELECT CASE WHEN m.footprint IS NOT NULL THEN public.search_shape(m.footprint)
  ELSE public.metadata_position(m.longitude, m.latitude, m.epsg) END AS g OFFSET 0) g
CROSS JOIN LATERAL public.antimeridian_edges(g.g) a
CROSS JOIN LATERAL public.record_period(m.date_b, m.time_b, m.date_e, m.time_e, s.occasional) t
WHERE m.deleted_at IS NULL;

CREATE TABLE metadata_search (
  n int PRIMARY KEY REFERENCES metadata ON DELETE CASCADE,
  -- Tag of the service, authorization_.
  service smallint NOT NULL,
  access smallint NOT NULL,
  level text NOT NULL,
  format smallint,
  acquisition smallint,
  product_level text,
  elevation int,
  elevation_max int,
  year smallint,
  updated timestamptz NOT NULL,
  -- Box in degrees of WGS 84. A record that crosses the antimeridian spans -180..180 here; its shape decides, and its true
  -- west and east edges stand beside.
  west float8,
  south float8,
  east float8,
  north float8,
  west_of_180 float8,
  east_of_180 float8,
  begins timestamptz,
  ends timestamptz,
  -- NULL where the record's geometry is its box or point.
  shape geometry(Geometry, 4326),
  instrument text[],
  platform text,
  words tsvector NOT NULL,
  -- Space cells, and -tag of the service.
  cells int[] NOT NULL,
  months int[],
  -- Makes every row larger than 2 kB, which is where PostgreSQL begins to move wide columns out of the row; blanks compress to
  -- nothing. Rows without words, cells and months are then read five times faster.
  filler text DEFAULT repeat(' ', 2100)
) WITH (toast_tuple_target = 128);
ALTER TABLE metadata_search
  ALTER words SET STORAGE EXTERNAL, ALTER cells SET STORAGE EXTERNAL, ALTER months SET STORAGE EXTERNAL,
  ALTER level SET STORAGE MAIN, ALTER product_level SET STORAGE MAIN, ALTER instrument SET STORAGE MAIN, ALTER platform SET STORAGE MAIN;
CREATE INDEX metadata_search_find ON metadata_search USING gin (words, cells, months) WITH (fastupdate = off);
CREATE INDEX metadata_search_newest ON metadata_search (updated DESC, n) INCLUDE (access, service);
CREATE INDEX metadata_search_service ON metadata_search (service, updated DESC, n) INCLUDE (access);
-- Order for CLUSTER: records near each other on the ground lie near each other in the table (Hilbert curve).
CREATE INDEX metadata_search_place ON metadata_search (ST_SetSRID(ST_MakePoint((west + east) / 2, (south + north) / 2), 4326));

-- Makes the search rows of these records anew; a withdrawn record has none.
CREATE FUNCTION metadata_reindex(records int[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM public.metadata_search s USING public.metadata m WHERE s.n = ANY (records) AND m.n = s.n AND m.deleted_at IS NOT NULL;
  INSERT INTO public.metadata_search (n, service, access, level, format, acquisition, product_level, elevation, elevation_max, year, updated,
    west, south, east, north, west_of_180, east_of_180, begins, ends, shape, instrument, platform, words, cells, months)
  SELECT n, service, access, level, format, acquisition, product_level, elevation, elevation_max, year, updated,
    west, south, east, north, west_of_180, east_of_180, begins, ends, shape, instrument, platform, words, cells, months
  FROM public.metadata_indexed WHERE n = ANY (records)
  ON CONFLICT (n) DO UPDATE SET (service, access, level, format, acquisition, product_level, elevation, elevation_max, year, updated,
    west, south, east, north, west_of_180, east_of_180, begins, ends, shape, instrument, platform, words, cells, months)
  = (EXCLUDED.service, EXCLUDED.access, EXCLUDED.level, EXCLUDED.format, EXCLUDED.acquisition, EXCLUDED.product_level, EXCLUDED.elevation,
    EXCLUDED.elevation_max, EXCLUDED.year, EXCLUDED.updated, EXCLUDED.west, EXCLUDED.south, EXCLUDED.east, EXCLUDED.north,
    EXCLUDED.west_of_180, EXCLUDED.east_of_180, EXCLUDED.begins, EXCLUDED.ends, EXCLUDED.shape, EXCLUDED.instrument, EXCLUDED.platform,
    EXCLUDED.words, EXCLUDED.cells, EXCLUDED.months);
END $$;

CREATE FUNCTION metadata_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.metadata_reindex(array_agg(n)) FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER metadata_index_insert AFTER INSERT ON metadata REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION metadata_index();
CREATE TRIGGER metadata_index_update AFTER UPDATE ON metadata REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (current_setting('vobs.stamping', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION metadata_index();

-- Words as they are written in records, for suggestions; never removed, because a suggestion is counted before it is made.
CREATE TABLE vocabulary (
  word text PRIMARY KEY,
  -- Without accents and case.
  folded text NOT NULL
);
CREATE INDEX vocabulary_folded ON vocabulary (folded text_pattern_ops);
CREATE INDEX vocabulary_similar ON vocabulary USING gin (folded gin_trgm_ops);

-- Extent of each series = union of its members that everybody may see (authorization_ 0 to 2), in one pass over the narrow rows;
-- what no member says is as the service declares it. A begin that a member does not know does not make that of the series unknown.
-- A begin at midnight is a plain day. Gives the n of the series records that changed.
CREATE FUNCTION series_refresh(names text[], stamp timestamptz) RETURNS SETOF int LANGUAGE sql AS $$
  WITH member AS (
    SELECT s.name, min(x.west) AS w, min(x.south) AS s, max(x.east) AS e, max(x.north) AS n,
      min(x.elevation) AS low, max(greatest(x.elevation, x.elevation_max)) AS high,
      min(coalesce(x.west_of_180, x.west)) FILTER (WHERE x.west_of_180 IS NOT NULL OR x.west >= 0) AS w180,
      max(coalesce(x.east_of_180, x.east)) FILTER (WHERE x.east_of_180 IS NOT NULL OR x.west < 0) AS e180,
      bool_and(x.west_of_180 IS NOT NULL OR x.west >= 0 OR x.east <= 0) AS apart,
      min(x.begins) FILTER (WHERE isfinite(x.begins)) AT TIME ZONE 'UTC' AS b, max(x.ends) AT TIME ZONE 'UTC' AS f
    FROM public.service s JOIN public.metadata_search x ON x.service = s.tag
    WHERE s.name = ANY (names) AND x.level = 'dataset' AND x.access <= 2 GROUP BY s.name
  ), extent AS (
    SELECT s.name,
      CASE WHEN m.w IS NULL THEN s.extent_footprint
        WHEN m.apart AND 360 - (m.w180 - m.e180) < m.e - m.w THEN ST_Collect(public.box_geometry(m.w180, m.s, 180, m.n), public.box_geometry(-180, m.s, m.e180, m.n))
        ELSE public.box_geometry(m.w, m.s, m.e, m.n) END AS footprint,
      m.low AS elevation, nullif(m.high, m.low) AS elevation_max,
      CASE WHEN m.f IS NULL THEN s.extent_date_b ELSE m.b::date END AS date_b,
      CASE WHEN m.f IS NULL THEN s.extent_time_b ELSE nullif(m.b::time, '00:00') END AS time_b,
      CASE WHEN m.f IS NULL THEN s.extent_date_e WHEN isfinite(m.f) THEN m.f::date END AS date_e,
      CASE WHEN m.f IS NULL THEN s.extent_time_e WHEN isfinite(m.f) THEN nullif(m.f::time, '23:59:59.999999') END AS time_e
    FROM public.service s LEFT JOIN member m ON m.name = s.name
    WHERE s.name = ANY (names)
  )
  UPDATE public.metadata m SET footprint = x.footprint, elevation = x.elevation, elevation_max = x.elevation_max,
    date_b = x.date_b, time_b = x.time_b, date_e = x.date_e, time_e = x.time_e, datestamp = stamp
  FROM extent x WHERE m.service = x.name AND m.id = 0 AND m.level = 'series' AND m.deleted_at IS NULL
    AND (m.footprint, m.elevation, m.elevation_max, m.date_b, m.time_b, m.date_e, m.time_e)
      IS DISTINCT FROM (x.footprint, x.elevation, x.elevation_max, x.date_b, x.time_b, x.date_e, x.time_e)
  RETURNING m.n
$$;

-- Learns the words of these records.
CREATE FUNCTION vocabulary_learn(records int[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.vocabulary (word, folded)
  SELECT w, public.unaccent(w) FROM (
    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, public.search_text(public.record_text(m))))) AS w
    FROM public.metadata m WHERE m.n = ANY (records) AND m.deleted_at IS NULL) t
  WHERE w ~ '^[[:alpha:]][[:alnum:]]{2,39}$' AND NOT EXISTS (SELECT FROM public.vocabulary v WHERE v.word = t.w)
    AND numnode(plainto_tsquery('public.vobs_en'::regconfig, w)) > 0 AND numnode(plainto_tsquery('public.vobs_fr'::regconfig, w)) > 0
  ON CONFLICT DO NOTHING
$$;

-- Takes the one lock of the writers, until the end of the transaction, and gives the next revision.
CREATE FUNCTION catalogue_raise(stamp timestamptz) RETURNS bigint LANGUAGE sql AS $$
  UPDATE public.catalogue_revision SET revision = revision + 1, raised_at = stamp RETURNING revision
$$;

-- Gives these records their revision; neither their versions nor their search rows change by that.
CREATE FUNCTION catalogue_stamp(records int[], revision bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('vobs.stamping', 'on', true);
  UPDATE public.metadata SET change = revision WHERE n = ANY (records);
  PERFORM set_config('vobs.stamping', 'off', true);
END $$;

-- Last step of each transaction that wrote records of these services: takes the lock, brings the series up to date, gives all
-- of them the new revision, learns their words. Gives the revision.
CREATE FUNCTION catalogue_commit(records int[], names text[], stamp timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE revision bigint := public.catalogue_raise(stamp);
BEGIN
  PERFORM public.catalogue_stamp(records || ARRAY(SELECT public.series_refresh(names, stamp)), revision);
  PERFORM public.vocabulary_learn(records);
  RETURN revision;
END $$;
