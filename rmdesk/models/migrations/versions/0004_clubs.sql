CREATE TABLE gathering (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    "on" TEXT NOT NULL,
    at TEXT,
    minutes INTEGER,
    place TEXT,
    club TEXT,
    seats INTEGER,
    state TEXT NOT NULL,
    cost_minor INTEGER,
    currency TEXT,
    guests INTEGER,
    note TEXT,
    lesson TEXT,
    reason TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_gathering PRIMARY KEY (id)
) STRICT;
CREATE INDEX ix_gathering_on ON gathering ("on");
CREATE TABLE benefit_use (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    benefit TEXT NOT NULL,
    year INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    place TEXT,
    note TEXT,
    cost_minor INTEGER,
    currency TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_benefit_use PRIMARY KEY (id),
    CONSTRAINT fk_benefit_use_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_benefit_use_client_id ON benefit_use (client_id);
CREATE INDEX ix_benefit_use_on ON benefit_use ("on");
CREATE TABLE club_term (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    club TEXT NOT NULL,
    half TEXT NOT NULL,
    proposal TEXT NOT NULL,
    facts TEXT,
    decision TEXT NOT NULL,
    reason TEXT,
    circles TEXT,
    decided_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    state TEXT NOT NULL,
    lead_on TEXT,
    lead_by TEXT,
    comment TEXT,
    CONSTRAINT pk_club_term PRIMARY KEY (id),
    CONSTRAINT fk_club_term_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_club_term_client_id ON club_term (client_id);
CREATE TABLE points_entry (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    points INTEGER NOT NULL,
    basis_minor INTEGER,
    currency TEXT,
    source TEXT NOT NULL,
    note TEXT,
    expires_on TEXT,
    CONSTRAINT pk_points_entry PRIMARY KEY (id),
    CONSTRAINT fk_points_entry_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_points_entry_client_id ON points_entry (client_id);
CREATE TABLE invitation (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    gathering_id TEXT,
    title TEXT NOT NULL,
    "on" TEXT NOT NULL,
    invited_on TEXT,
    channel TEXT,
    reply TEXT,
    replied_on TEXT,
    companions INTEGER,
    came INTEGER,
    visit_id TEXT,
    task_id TEXT,
    note TEXT,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT fk_invitation_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_invitation_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id) ON DELETE SET NULL,
    CONSTRAINT fk_invitation_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL,
    CONSTRAINT fk_invitation_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_invitation_client_id ON invitation (client_id);
CREATE INDEX ix_invitation_gathering_id ON invitation (gathering_id);
CREATE INDEX ix_invitation_task_id ON invitation (task_id);
CREATE INDEX ix_invitation_visit_id ON invitation (visit_id);
