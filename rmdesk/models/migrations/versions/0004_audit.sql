CREATE TABLE audit_entry (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    facts TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (seq)
) STRICT;
CREATE INDEX ix_audit_entry_act ON audit_entry (act, at);
CREATE INDEX ix_audit_entry_entity ON audit_entry (entity, entity_id, at);
