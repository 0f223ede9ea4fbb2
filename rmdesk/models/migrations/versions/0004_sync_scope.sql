CREATE INDEX ix_sync_record_scope ON sync_record (scope, entity, entity_id, wire_id, rev);
