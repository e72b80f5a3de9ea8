-- Executions of processes: the queue (rows that are `accepted`), what runs, and what became of it. Any number of server processes takes from
-- it (FOR UPDATE SKIP LOCKED); a row that is `running` belongs to the worker that it names for as long as its heartbeat is young.
CREATE TABLE job (
  id uuid PRIMARY KEY,
  process text NOT NULL,
  version text NOT NULL,
  -- Account; NULL: nobody known, and whoever holds the id may read the job.
  owner text,
  -- Whose quota it counts against: the account, or a digest of the address.
  quota_key text NOT NULL,
  protocol text NOT NULL,
  state text NOT NULL DEFAULT 'accepted' CHECK (state IN ('accepted', 'running', 'successful', 'failed', 'dismissed')),
  -- NULL once the job was removed. json, not jsonb: the order of what was asked stays.
  request json,
  viewer jsonb NOT NULL,
  sources jsonb NOT NULL DEFAULT '[]',
  note jsonb NOT NULL DEFAULT '{}',
  subscriber jsonb,
  request_hash text NOT NULL,
  idempotency_key text,
  -- Of a synchronous request: taken before others, with less time, not listed.
  hidden boolean NOT NULL DEFAULT false,
  attempt int NOT NULL DEFAULT 0,
  progress int NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  message jsonb NOT NULL,
  fault jsonb,
  outputs jsonb NOT NULL DEFAULT '[]',
  provenance jsonb,
  bytes bigint NOT NULL DEFAULT 0,
  cancel boolean NOT NULL DEFAULT false,
  worker text,
  heartbeat timestamptz,
  created timestamptz NOT NULL DEFAULT clock_timestamp(),
  started timestamptz,
  finished timestamptz,
  updated timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires timestamptz,
  -- When its results were taken away; the row itself stays for a week, so that its address says what became of it.
  removed timestamptz
);
CREATE UNIQUE INDEX job_idempotency ON job (coalesce(owner, quota_key), idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX job_queue ON job (hidden DESC, created) WHERE state = 'accepted';
CREATE INDEX job_running ON job (heartbeat) WHERE state = 'running';
CREATE INDEX job_quota ON job (quota_key, created);
CREATE INDEX job_owner ON job (owner, created DESC) WHERE NOT hidden;
CREATE INDEX job_expiry ON job (expires) WHERE removed IS NULL;

-- Bytes of the file store that results are; the same bytes may be results of several jobs and files of records besides.
CREATE TABLE job_file (
  job uuid NOT NULL REFERENCES job ON DELETE CASCADE,
  sha256 text NOT NULL,
  PRIMARY KEY (job, sha256)
);
CREATE INDEX job_file_bytes ON job_file (sha256);

-- Bytes that nothing refers to any more; they are removed a while later, when still nothing does.
CREATE TABLE released_file (
  sha256 text PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now()
);
