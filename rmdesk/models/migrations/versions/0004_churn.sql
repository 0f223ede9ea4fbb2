CREATE TABLE churn_case (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    lost_on TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    peak_minor INTEGER,
    left_minor INTEGER,
    currency TEXT,
    state TEXT NOT NULL,
    cause TEXT,
    signal TEXT,
    signal_on TEXT,
    note TEXT,
    outcome TEXT,
    closed_on TEXT,
    CONSTRAINT pk_churn_case PRIMARY KEY (id),
    CONSTRAINT fk_churn_case_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_churn_case_client_id ON churn_case (client_id);
CREATE TABLE churn_step (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    who TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_churn_step PRIMARY KEY (id),
    CONSTRAINT fk_churn_step_case_id FOREIGN KEY(case_id) REFERENCES churn_case (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_churn_step_case_id ON churn_step (case_id);
