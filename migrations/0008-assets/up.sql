-- Files of records: which bytes of the file store belong to which record, by what name and for what. The id follows from the natural key
-- (service, record, role, name), so that an address stays when the file is corrected.
CREATE FUNCTION asset_id(service text, record int, role text, name text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT public.uuid_generate_v5('6ba7b811-9dad-11d1-80b4-00c04fd430c8'::uuid, concat_ws('/', 'asset:' || service, record::text, role, name))
$$;

CREATE TABLE asset (
  id uuid PRIMARY KEY,
  service text NOT NULL,
  record int NOT NULL,
  name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
  role text NOT NULL CHECK (role IN ('data', 'overview', 'thumbnail', 'metadata', 'source')),
  media_type text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  modified timestamptz NOT NULL,
  UNIQUE (service, record, role, name),
  FOREIGN KEY (service, record) REFERENCES metadata (service, id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX asset_bytes ON asset (sha256);

-- A record carries its own list of files, so that a search needs no second look; NULL: it has none. Kept true by the trigger below.
ALTER TABLE metadata ADD COLUMN assets jsonb;

CREATE FUNCTION asset_list(of_service text, of_record int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'role', a.role, 'mediaType', a.media_type, 'size', a.size, 'sha256', a.sha256,
      'modified', to_char(a.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
    ORDER BY array_position('{data,overview,thumbnail,metadata,source}'::text[], a.role), a.name)
  FROM public.asset a WHERE a.service = of_service AND a.record = of_record
$$;

-- Words, place and time of the record stay as they are, so its entry in the search index does too; a list that is replaced makes a version.
CREATE FUNCTION asset_keep_list() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stamping text := coalesce(current_setting('vobs.stamping', true), 'off');
BEGIN
  PERFORM set_config('vobs.stamping', 'on', true);
  WITH touched AS (
    SELECT m.n, public.asset_list(m.service, m.id) AS list
    FROM (SELECT DISTINCT service, record FROM changed) c JOIN public.metadata m ON m.service = c.service AND m.id = c.record
  ), former AS (
    INSERT INTO public.metadata_history (n, change, datestamp, content)
    SELECT m.n, m.change, m.datestamp, to_jsonb(m)
    FROM touched t JOIN public.metadata m USING (n) WHERE m.assets IS NOT NULL AND m.assets IS DISTINCT FROM t.list
  )
  UPDATE public.metadata m SET assets = t.list FROM touched t WHERE m.n = t.n AND m.assets IS DISTINCT FROM t.list;
  PERFORM set_config('vobs.stamping', stamping, true);
  RETURN NULL;
END $$;
CREATE TRIGGER asset_keep_list_insert AFTER INSERT ON asset REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION asset_keep_list();
CREATE TRIGGER asset_keep_list_update AFTER UPDATE ON asset REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION asset_keep_list();
CREATE TRIGGER asset_keep_list_delete AFTER DELETE ON asset REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION asset_keep_list();
