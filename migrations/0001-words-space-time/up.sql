-- What searching stands on: text search in two languages, space cells and month units, and the rules of time and place.
-- Runs alike on PostgreSQL 15 with PostGIS 3.3 and on the embedded database.

CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Words ------------------------------------------------------------------------------------------------------------------

-- One configuration for each language; accents are removed before the stemmer sees a word.
CREATE TEXT SEARCH CONFIGURATION vobs_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION vobs_fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION vobs_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION vobs_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;

-- Text as both sides of a search read it: `Puy-de-Dôme`, `Puy de Dôme`, `radar/lidar` and `l’Etna` are words with blanks between.
CREATE FUNCTION search_text(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN translate(content, '-_/''’–—·', '        ');

-- Both languages over all text: a negated word then excludes a record in either language. The stop words before the second half
-- take places, so that its first word does not follow the last word of the first half in a phrase.
CREATE FUNCTION search_words(content text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('public.vobs_en'::regconfig, public.search_text(content))
      || to_tsvector('public.vobs_fr'::regconfig, 'de la de la de la de la de la ' || public.search_text(content));

-- What a person typed: words that must all be found, "a phrase", -without. Each word is looked for by its English or its
-- French stem, so that a question may mix the languages. A word that is a stop word in one of them counts only when nothing
-- else was asked. NULL: no word at all.
CREATE FUNCTION search_query(q text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE term text[]; minus boolean; word text; en tsquery; fr tsquery; stem tsquery; found tsquery; weak tsquery;
BEGIN
  FOR term IN SELECT regexp_matches(q, '(-?)"([^"]*)"?|(-?)([^\s"]+)', 'g') LOOP
    minus := coalesce(term[1], term[3]) = '-';
    word := public.search_text(coalesce(term[2], term[4]));
    en := phraseto_tsquery('public.vobs_en'::regconfig, word);
    fr := phraseto_tsquery('public.vobs_fr'::regconfig, word);
    CONTINUE WHEN numnode(en) = 0 AND numnode(fr) = 0;
    stem := CASE WHEN numnode(en) = 0 THEN fr WHEN numnode(fr) = 0 OR en = fr THEN en ELSE en || fr END;
    IF numnode(en) = 0 OR numnode(fr) = 0 THEN
      IF NOT minus THEN weak := CASE WHEN weak IS NULL THEN stem ELSE weak && stem END; END IF;
    ELSE
      IF minus THEN stem := !!stem; END IF;
      found := CASE WHEN found IS NULL THEN stem ELSE found && stem END;
    END IF;
  END LOOP;
  RETURN coalesce(found, weak);
END $$;

-- Space ------------------------------------------------------------------------------------------------------------------

-- Quadtree cells of levels 9, 7, 5, 3 (0.7, 2.8, 11, 45 degrees of longitude) that preselect a box. A record lies in at most
-- four cells of its own level (level 3: as many as it takes); it carries those cells, their ancestors, and, marked by
-- 1 << 28, its own cells where they are not the finest.
CREATE FUNCTION search_cells(w float8, s float8, e float8, n float8) RETURNS int[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE l int; x0 int; y0 int; x1 int; y1 int; x int; y int; k int; m int; cells int[] := '{}';
BEGIN
  FOREACH l IN ARRAY '{9,7,5,3}'::int[] LOOP
    m := (1 << l) - 1;
    x0 := greatest(0, least(m, floor((w + 180) / 360 * (m + 1))::int));
    x1 := greatest(0, least(m, floor((e + 180) / 360 * (m + 1))::int));
    y0 := greatest(0, least(m, floor((s + 90) / 180 * (m + 1))::int));
    y1 := greatest(0, least(m, floor((n + 90) / 180 * (m + 1))::int));
    CONTINUE WHEN (x1 - x0 + 1) * (y1 - y0 + 1) > 4 AND l > 3;
    FOR x IN x0..x1 LOOP
      FOR y IN y0..y1 LOOP
        IF l < 9 THEN cells := cells || ((1 << 28) | (l << 24) | (x << 12) | y); END IF;
        FOREACH k IN ARRAY '{9,7,5,3}'::int[] LOOP
          IF k <= l THEN cells := cells || ((k << 24) | ((x >> (l - k)) << 12) | (y >> (l - k))); END IF;
        END LOOP;
      END LOOP;
    END LOOP;
    EXIT;
  END LOOP;
  RETURN (SELECT array_agg(DISTINCT c) FROM unnest(cells) c);
END $$;

-- Position of the internal table in WGS 84; in a projected system longitude is the easting and latitude the northing.
-- epsg null or 0 is 4326. NULL where the system is unknown or the point lies outside it: a wrong row never stops the others.
CREATE FUNCTION metadata_position(longitude float8, latitude float8, epsg int) RETURNS geometry LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE p geometry; stored geometry;
BEGIN
  IF longitude IS NULL OR latitude IS NULL THEN RETURN NULL; END IF;
  IF coalesce(epsg, 0) IN (0, 4326) THEN
    p := ST_SetSRID(ST_MakePoint(longitude, latitude), 4326);
  ELSE
    BEGIN
      stored := ST_SetSRID(ST_MakePoint(longitude, latitude), epsg);
      p := ST_Transform(stored, 4326);
      -- Far outside its area a projection still gives numbers, but they do not lead back.
      IF ST_Distance(ST_Transform(p, epsg), stored) > 1 THEN RETURN NULL; END IF;
    EXCEPTION WHEN OTHERS THEN RETURN NULL;
    END;
  END IF;
  RETURN CASE WHEN ST_X(p) BETWEEN -180 AND 180 AND ST_Y(p) BETWEEN -90 AND 90 THEN p END;
END $$;

-- A footprint as it can be searched: valid, without collections, and with every longitude in -180..180 (cut at the antimeridian).
CREATE FUNCTION search_shape(footprint geometry) RETURNS geometry LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE g geometry := footprint; d int := ST_Dimension(footprint);
BEGIN
  IF ST_XMax(g) > 180 OR ST_XMin(g) < -180 THEN g := ST_WrapX(ST_WrapX(g, 180, -360), -180, 360); END IF;
  IF d = 2 AND NOT ST_IsValid(g) THEN g := ST_MakeValid(g); END IF;
  IF GeometryType(g) = 'GEOMETRYCOLLECTION' THEN g := ST_CollectionExtract(g, d + 1); END IF;
  RETURN CASE WHEN NOT ST_IsEmpty(g) THEN g END;
END $$;

-- Where a geometry of several parts is narrower across the antimeridian than across the Greenwich meridian: the west edge of
-- its part that ends at 180 degrees and the east edge of its part that begins at -180 (RFC 7946, 5.2). Both NULL elsewhere.
CREATE FUNCTION antimeridian_edges(g geometry, OUT west float8, OUT east float8) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF g IS NULL OR ST_NumGeometries(g) < 2 OR ST_XMax(g) - ST_XMin(g) <= 180 THEN RETURN; END IF;
  SELECT p.w, p.e INTO west, east FROM (
    SELECT min(ST_XMin(d.geom)) FILTER (WHERE ST_XMin(d.geom) >= 0) AS w, max(ST_XMax(d.geom)) FILTER (WHERE ST_XMin(d.geom) < 0) AS e,
      bool_and(ST_XMin(d.geom) >= 0 OR ST_XMax(d.geom) <= 0) AS apart
    FROM ST_Dump(g) d) p
  WHERE p.apart AND 360 - (p.w - p.e) < ST_XMax(g) - ST_XMin(g);
END $$;

-- A box as the simplest geometry that it is: a point, a line or a polygon.
CREATE FUNCTION box_geometry(w float8, s float8, e float8, n float8) RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN w = e AND s = n THEN ST_SetSRID(ST_MakePoint(w, s), 4326)
    WHEN w = e OR s = n THEN ST_SetSRID(ST_MakeLine(ST_MakePoint(w, s), ST_MakePoint(e, n)), 4326)
    ELSE ST_MakeEnvelope(w, s, e, n, 4326) END;

-- Time -------------------------------------------------------------------------------------------------------------------

-- The time of a record as a search sees it, in UTC. Neither date: no time. No end: still open, or an instant (a whole day when
-- no time of day is stored) in an occasional service. No begin: begins at -infinity. A day without time of day begins at
-- 00:00:00 and ends at its end. The end before the begin: no time.
CREATE FUNCTION record_period(date_b date, time_b time, date_e date, time_e time, occasional boolean, OUT begins timestamptz, OUT ends timestamptz)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN t.f >= t.b THEN t.b END, CASE WHEN t.f >= t.b THEN t.f END
  FROM (SELECT
    CASE WHEN date_b IS NOT NULL THEN (date_b + coalesce(time_b, time '00:00')) AT TIME ZONE 'UTC'
      WHEN date_e IS NOT NULL THEN '-infinity'::timestamptz END AS b,
    CASE WHEN date_e IS NOT NULL THEN (date_e + coalesce(time_e, time '23:59:59.999999')) AT TIME ZONE 'UTC'
      WHEN date_b IS NULL THEN NULL
      WHEN occasional THEN (date_b + coalesce(time_b, time '23:59:59.999999')) AT TIME ZONE 'UTC'
      ELSE 'infinity'::timestamptz END AS f) t
$$;

-- Months since 1900, capped to 0..4095.
CREATE FUNCTION search_month(t timestamptz) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN CASE WHEN t = 'infinity' THEN 4095 WHEN t = '-infinity' THEN 0
    ELSE greatest(0, least(4095, (extract(year FROM t AT TIME ZONE 'UTC')::int - 1900) * 12 + extract(month FROM t AT TIME ZONE 'UTC')::int - 1)) END;

-- Units of 1, 4, 16, 64, 256 and 2048 months that preselect a period, made like the cells (at most two units of its own level).
CREATE FUNCTION search_months(b timestamptz, f timestamptz) RETURNS int[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE m0 int := public.search_month(b); m1 int := public.search_month(f); l int; i int; k int; units int[] := '{}';
BEGIN
  FOREACH l IN ARRAY '{0,2,4,6,8,11}'::int[] LOOP
    CONTINUE WHEN (m1 >> l) - (m0 >> l) > 1 AND l < 11;
    FOR i IN (m0 >> l)..(m1 >> l) LOOP
      IF l > 0 THEN units := units || ((1 << 28) | (11 << 24) | (l << 16) | i); END IF;
      FOREACH k IN ARRAY '{0,2,4,6,8,11}'::int[] LOOP
        IF k >= l THEN units := units || ((11 << 24) | (k << 16) | (i >> (k - l))); END IF;
      END LOOP;
    END LOOP;
    EXIT;
  END LOOP;
  RETURN (SELECT array_agg(DISTINCT c) FROM unnest(units) c);
END $$;
