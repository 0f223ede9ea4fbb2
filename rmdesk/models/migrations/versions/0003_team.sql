-- Following a hub: what it does not know yet, and what a team says of its records.

CREATE TABLE colleague (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    book TEXT,
    team TEXT,
    CONSTRAINT pk_colleague PRIMARY KEY (id)
) STRICT;

CREATE TABLE sync_batch (
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    made_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    CONSTRAINT pk_sync_batch PRIMARY KEY (number)
) STRICT;

CREATE TABLE sync_control (
    id INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    applying INTEGER NOT NULL,
    CONSTRAINT pk_sync_control PRIMARY KEY (id),
    CONSTRAINT ck_sync_control_one_row CHECK (id = 1)
) STRICT;

CREATE TABLE sync_record (
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    wire_id TEXT,
    client_id INTEGER,
    scope TEXT DEFAULT '' NOT NULL,
    rev INTEGER DEFAULT '0' NOT NULL,
    field_rev TEXT DEFAULT '{}' NOT NULL,
    dirty TEXT DEFAULT '{}' NOT NULL,
    deleted INTEGER,
    resolves TEXT DEFAULT '[]' NOT NULL,
    offers TEXT DEFAULT '[]' NOT NULL,
    conflicts TEXT DEFAULT '{}' NOT NULL,
    state TEXT DEFAULT 'clean' NOT NULL,
    refusal TEXT,
    edits INTEGER DEFAULT '0' NOT NULL,
    sent INTEGER,
    edited_at TEXT,
    changed_by TEXT,
    changed_at TEXT,
    CONSTRAINT pk_sync_record PRIMARY KEY (entity, entity_id)
) STRICT;
CREATE INDEX ix_sync_record_client_id ON sync_record (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX ix_sync_record_conflicts ON sync_record (entity) WHERE conflicts <> '{}';
CREATE INDEX ix_sync_record_state ON sync_record (state, entity) WHERE state <> 'clean';
CREATE UNIQUE INDEX uq_sync_record_wire_id ON sync_record (wire_id) WHERE wire_id IS NOT NULL;

CREATE TABLE sync_scope (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    owner TEXT NOT NULL,
    write INTEGER NOT NULL,
    phase TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    head INTEGER NOT NULL,
    live INTEGER NOT NULL,
    digest TEXT NOT NULL,
    top INTEGER,
    below INTEGER,
    CONSTRAINT pk_sync_scope PRIMARY KEY (id)
) STRICT;

CREATE TABLE sync_state (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_sync_state PRIMARY KEY (name)
) STRICT;

CREATE TABLE sync_waiting (
    wire_id TEXT NOT NULL,
    entity TEXT NOT NULL,
    scope TEXT NOT NULL,
    needs TEXT,
    "row" TEXT NOT NULL,
    CONSTRAINT pk_sync_waiting PRIMARY KEY (wire_id)
) STRICT;
CREATE INDEX ix_sync_waiting_needs ON sync_waiting (needs);

CREATE TABLE addendum (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    text TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_addendum PRIMARY KEY (id),
    CONSTRAINT fk_addendum_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_addendum_client_id ON addendum (client_id);
CREATE INDEX ix_addendum_entity ON addendum (entity, entity_id);

CREATE TABLE late_edit (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    item TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_by TEXT,
    CONSTRAINT pk_late_edit PRIMARY KEY (id),
    CONSTRAINT fk_late_edit_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_late_edit_client_id ON late_edit (client_id);

CREATE TABLE review (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    comment TEXT,
    tag TEXT,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    rev_reviewed INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    before_hash TEXT,
    hash TEXT NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id),
    CONSTRAINT fk_review_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_review_client_id ON review (client_id);
CREATE INDEX ix_review_entity ON review (entity, entity_id);

CREATE TABLE sync_client (
    client_id INTEGER NOT NULL,
    wire_id TEXT NOT NULL,
    book TEXT,
    CONSTRAINT pk_sync_client PRIMARY KEY (client_id),
    CONSTRAINT fk_sync_client_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT uq_sync_client_wire_id UNIQUE (wire_id)
) STRICT;
CREATE INDEX ix_sync_client_book ON sync_client (book);

CREATE INDEX ix_client_birth_day ON client (substr(birth_date, -5), birth_date, kind, status, merged_into);
CREATE INDEX ix_client_opened_day ON client (substr(opened_on, -5), opened_on, status, merged_into);

CREATE INDEX ix_visit_entered_at ON visit (entered_at) WHERE state = 'held';

INSERT INTO sync_control (id, joined, applying) VALUES (1, 0, 0);
