CREATE TABLE audit (
    scope_id TEXT COLLATE "C" NOT NULL,
    no BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    device_id TEXT COLLATE "C" NOT NULL,
    action TEXT NOT NULL,
    detail JSONB NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (scope_id, no)
);
CREATE TABLE bank_load (
    id TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    files JSONB NOT NULL,
    as_of DATE,
    state TEXT NOT NULL,
    counts JSONB NOT NULL,
    by TEXT COLLATE "C" NOT NULL,
    begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_bank_load PRIMARY KEY (id),
    CONSTRAINT uq_bank_load_digest UNIQUE (digest)
);
CREATE TABLE blob (
    scope_id TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    whole BOOLEAN DEFAULT false NOT NULL,
    by TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_blob PRIMARY KEY (scope_id, sha256)
);
CREATE TABLE blob_part (
    scope_id TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    part INTEGER NOT NULL,
    data BYTEA NOT NULL,
    CONSTRAINT pk_blob_part PRIMARY KEY (scope_id, sha256, part)
);
CREATE TABLE hub_client (
    id TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C",
    book TEXT COLLATE "C" NOT NULL,
    CONSTRAINT pk_hub_client PRIMARY KEY (id)
);
CREATE INDEX ix_hub_client_book ON hub_client (book);
CREATE TABLE hub_state (
    id INTEGER NOT NULL,
    hub TEXT COLLATE "C" NOT NULL,
    epoch INTEGER NOT NULL,
    signing_key BYTEA NOT NULL,
    partitions INTEGER NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_hub_state PRIMARY KEY (id)
);
CREATE TABLE login_attempt (
    id TEXT COLLATE "C" NOT NULL,
    login TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    went_well BOOLEAN NOT NULL,
    CONSTRAINT pk_login_attempt PRIMARY KEY (id)
);
CREATE INDEX ix_login_attempt_address ON login_attempt (address, at);
CREATE INDEX ix_login_attempt_login ON login_attempt (login, at);
CREATE TABLE quarantine (
    scope_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    device_id TEXT COLLATE "C" NOT NULL,
    push_no BIGINT NOT NULL,
    item JSONB NOT NULL,
    reason TEXT NOT NULL,
    late_id TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    settled_by TEXT COLLATE "C",
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_quarantine PRIMARY KEY (scope_id, id)
);
CREATE TABLE record (
    scope_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C",
    parent_id TEXT COLLATE "C",
    rev BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    deleted BOOLEAN DEFAULT false NOT NULL,
    fields JSONB NOT NULL,
    field_rev JSONB NOT NULL,
    conflicts JSONB NOT NULL,
    by TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    at TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_record PRIMARY KEY (scope_id, id)
)
 PARTITION BY HASH (scope_id);
CREATE INDEX ix_record_client_id ON record (scope_id, client_id);
CREATE INDEX ix_record_parent_id ON record (scope_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX ix_record_sha256 ON record (scope_id, (fields ->> 'sha256')) WHERE type = 'attachment';
CREATE UNIQUE INDEX uq_record_seq ON record (scope_id, seq);
CREATE TABLE record_dir (
    id TEXT COLLATE "C" NOT NULL,
    home TEXT COLLATE "C" NOT NULL,
    CONSTRAINT pk_record_dir PRIMARY KEY (id)
);
CREATE TABLE record_history (
    scope_id TEXT COLLATE "C" NOT NULL,
    entry TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    rev BIGINT NOT NULL,
    patch JSONB NOT NULL,
    status TEXT NOT NULL,
    by TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    push_no BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_record_history PRIMARY KEY (scope_id, entry)
)
 PARTITION BY HASH (scope_id);
CREATE INDEX ix_record_history_id ON record_history (scope_id, id);
CREATE TABLE scope (
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    head BIGINT DEFAULT 0 NOT NULL,
    live INTEGER DEFAULT 0 NOT NULL,
    digest NUMERIC(20, 0) DEFAULT 0 NOT NULL,
    min_cursor BIGINT DEFAULT 0 NOT NULL,
    audit_no BIGINT DEFAULT 0 NOT NULL,
    audit_head BYTEA DEFAULT ''::bytea NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_scope PRIMARY KEY (id)
);
CREATE TABLE scope_exit (
    scope_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    handover_id TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_scope_exit PRIMARY KEY (scope_id, seq)
);
CREATE INDEX ix_scope_exit_client_id ON scope_exit (scope_id, client_id);
CREATE TABLE sign_in (
    state TEXT COLLATE "C" NOT NULL,
    told JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_sign_in PRIMARY KEY (state)
);
CREATE TABLE team (
    id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_team PRIMARY KEY (id)
);
CREATE TABLE bank_finding (
    load_id TEXT COLLATE "C" NOT NULL,
    no INTEGER NOT NULL,
    severity TEXT NOT NULL,
    code TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT,
    told JSONB NOT NULL,
    CONSTRAINT pk_bank_finding PRIMARY KEY (load_id, no),
    CONSTRAINT fk_bank_finding_load_id FOREIGN KEY(load_id) REFERENCES bank_load (id)
);
CREATE TABLE bank_load_scope (
    load_id TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE NOT NULL,
    counts JSONB NOT NULL,
    CONSTRAINT pk_bank_load_scope PRIMARY KEY (load_id, scope),
    CONSTRAINT fk_bank_load_scope_load_id FOREIGN KEY(load_id) REFERENCES bank_load (id)
);
CREATE TABLE hub_user (
    id TEXT COLLATE "C" NOT NULL,
    login TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    team_id TEXT COLLATE "C",
    password_hash TEXT,
    issuer TEXT,
    subject TEXT,
    active BOOLEAN DEFAULT true NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_hub_user PRIMARY KEY (id),
    CONSTRAINT uq_hub_user_login UNIQUE (login),
    CONSTRAINT fk_hub_user_team_id FOREIGN KEY(team_id) REFERENCES team (id)
);
CREATE INDEX ix_hub_user_team_id ON hub_user (team_id);
CREATE UNIQUE INDEX uq_hub_user_subject ON hub_user (issuer, subject);
CREATE TABLE book (
    id TEXT COLLATE "C" NOT NULL,
    team_id TEXT COLLATE "C" NOT NULL,
    owner_id TEXT COLLATE "C",
    name TEXT NOT NULL,
    number TEXT COLLATE "C",
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_book PRIMARY KEY (id),
    CONSTRAINT fk_book_team_id FOREIGN KEY(team_id) REFERENCES team (id),
    CONSTRAINT fk_book_owner_id FOREIGN KEY(owner_id) REFERENCES hub_user (id),
    CONSTRAINT uq_book_number UNIQUE (number)
);
CREATE INDEX ix_book_owner_id ON book (owner_id);
CREATE INDEX ix_book_team_id ON book (team_id);
CREATE TABLE device (
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    public_key BYTEA,
    status TEXT NOT NULL,
    push_no BIGINT DEFAULT 0 NOT NULL,
    push_digest BYTEA,
    push_answer BYTEA,
    speaks INTEGER DEFAULT 0 NOT NULL,
    app TEXT DEFAULT '' NOT NULL,
    offset_s INTEGER DEFAULT 0 NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE,
    lease_until TIMESTAMP WITH TIME ZONE,
    escrow BYTEA,
    "order" TEXT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    approved_by TEXT COLLATE "C",
    approved_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_device PRIMARY KEY (id),
    CONSTRAINT fk_device_user_id FOREIGN KEY(user_id) REFERENCES hub_user (id)
);
CREATE INDEX ix_device_user_id ON device (user_id);
CREATE TABLE handover (
    id TEXT COLLATE "C" NOT NULL,
    batch TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    from_book TEXT COLLATE "C" NOT NULL,
    to_book TEXT COLLATE "C" NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT COLLATE "C" NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by TEXT COLLATE "C",
    decided_at TIMESTAMP WITH TIME ZONE,
    done_at TIMESTAMP WITH TIME ZONE,
    grace_until DATE NOT NULL,
    bank_load TEXT COLLATE "C",
    CONSTRAINT pk_handover PRIMARY KEY (id),
    CONSTRAINT fk_handover_from_book FOREIGN KEY(from_book) REFERENCES book (id),
    CONSTRAINT fk_handover_to_book FOREIGN KEY(to_book) REFERENCES book (id)
);
CREATE INDEX ix_handover_batch ON handover (batch);
CREATE INDEX ix_handover_client_id ON handover (client_id);
CREATE INDEX ix_handover_from_book ON handover (from_book);
CREATE INDEX ix_handover_to_book ON handover (to_book);
CREATE UNIQUE INDEX uq_handover_open ON handover (client_id) WHERE state IN ('asked', 'confirmed');
CREATE TABLE membership (
    id TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    book_id TEXT COLLATE "C" NOT NULL,
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_membership PRIMARY KEY (id),
    CONSTRAINT fk_membership_user_id FOREIGN KEY(user_id) REFERENCES hub_user (id),
    CONSTRAINT fk_membership_book_id FOREIGN KEY(book_id) REFERENCES book (id)
);
CREATE INDEX ix_membership_book_id ON membership (book_id);
CREATE INDEX ix_membership_user_id ON membership (user_id);
CREATE TABLE refresh_token (
    hash TEXT COLLATE "C" NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL,
    device_id TEXT COLLATE "C",
    family TEXT COLLATE "C" NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    next_hash TEXT COLLATE "C",
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_refresh_token PRIMARY KEY (hash),
    CONSTRAINT fk_refresh_token_user_id FOREIGN KEY(user_id) REFERENCES hub_user (id),
    CONSTRAINT fk_refresh_token_device_id FOREIGN KEY(device_id) REFERENCES device (id)
);
CREATE INDEX ix_refresh_token_device_id ON refresh_token (device_id);
CREATE INDEX ix_refresh_token_family ON refresh_token (family);
CREATE INDEX ix_refresh_token_user_id ON refresh_token (user_id);
CREATE TABLE purge_receipt (
    handover_id TEXT COLLATE "C" NOT NULL,
    device_id TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    counts JSONB,
    CONSTRAINT pk_purge_receipt PRIMARY KEY (handover_id, device_id),
    CONSTRAINT fk_purge_receipt_handover_id FOREIGN KEY(handover_id) REFERENCES handover (id),
    CONSTRAINT fk_purge_receipt_device_id FOREIGN KEY(device_id) REFERENCES device (id)
);
CREATE INDEX ix_purge_receipt_device_id ON purge_receipt (device_id);
