-- The extensions stay: they may have been there before, and others may use them.
DROP FUNCTION search_months(timestamptz, timestamptz);
DROP FUNCTION search_month(timestamptz);
DROP FUNCTION record_period(date, time, date, time, boolean);
DROP FUNCTION box_geometry(float8, float8, float8, float8);
DROP FUNCTION antimeridian_edges(geometry);
DROP FUNCTION search_shape(geometry);
DROP FUNCTION metadata_position(float8, float8, int);
DROP FUNCTION search_cells(float8, float8, float8, float8);
DROP FUNCTION search_query(text);
DROP FUNCTION search_words(text);
DROP FUNCTION search_text(text);
DROP TEXT SEARCH CONFIGURATION vobs_en;
DROP TEXT SEARCH CONFIGURATION vobs_fr;
