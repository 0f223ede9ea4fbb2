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
CREATE TABLE export_record (
    id TEXT NOT NULL,
    client_id INTEGER,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    form TEXT NOT NULL,
    reason TEXT NOT NULL,
    rows INTEGER NOT NULL,
    encrypted INTEGER NOT NULL,
    size INTEGER,
    sha256 TEXT,
    CONSTRAINT pk_export_record PRIMARY KEY (id),
    CONSTRAINT fk_export_record_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_export_record_client_id ON export_record (client_id);
