CREATE TABLE agreed_cadence (
    id TEXT NOT NULL,
    book TEXT NOT NULL,
    tier TEXT NOT NULL,
    "group" TEXT,
    days INTEGER NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_on TEXT NOT NULL,
    agreed_by TEXT,
    agreed_on TEXT,
    ended_on TEXT,
    CONSTRAINT pk_agreed_cadence PRIMARY KEY (id)
) STRICT;
CREATE TABLE made_report (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    seen_at TEXT,
    content TEXT NOT NULL,
    CONSTRAINT pk_made_report PRIMARY KEY (id)
) STRICT;
CREATE UNIQUE INDEX uq_made_report_kind_last_on ON made_report (kind, last_on);
