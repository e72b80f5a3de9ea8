-- Records by the UUID that resto's clients know them by: version 5 (RFC 9562, 5.5) of the identifier in the namespace of URLs. It follows
-- from the identifier, so an index on the expression holds it: no column to fill, no writer that could forget it.

CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE INDEX metadata_uuid ON metadata (uuid_generate_v5('6ba7b811-9dad-11d1-80b4-00c04fd430c8'::uuid, identifier));
