DROP TABLE asset;
ALTER TABLE metadata DROP COLUMN assets;
DROP FUNCTION asset_keep_list();
DROP FUNCTION asset_list(text, int);
DROP FUNCTION asset_id(text, int, text, text);
