CREATE TABLE campaign (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    product TEXT,
    state TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    filter TEXT,
    with_open INTEGER NOT NULL,
    script TEXT,
    margin_bp INTEGER,
    note TEXT,
    made_on TEXT NOT NULL,
    CONSTRAINT pk_campaign PRIMARY KEY (id)
) STRICT;
CREATE TABLE specialist (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    field TEXT NOT NULL,
    unit TEXT,
    phone TEXT,
    note TEXT,
    retired_on TEXT,
    CONSTRAINT pk_specialist PRIMARY KEY (id)
) STRICT;
CREATE TABLE campaign_target (
    campaign_id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    added_on TEXT NOT NULL,
    out_on TEXT,
    out_why TEXT,
    CONSTRAINT pk_campaign_target PRIMARY KEY (campaign_id, client_id),
    CONSTRAINT fk_campaign_target_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE,
    CONSTRAINT fk_campaign_target_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_campaign_target_client_id ON campaign_target (client_id);
CREATE TABLE campaign_touch (
    id TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    channel TEXT NOT NULL,
    outcome TEXT NOT NULL,
    amount_minor INTEGER,
    currency TEXT,
    note TEXT,
    visit_id TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_campaign_touch PRIMARY KEY (id),
    CONSTRAINT fk_campaign_touch_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE CASCADE,
    CONSTRAINT fk_campaign_touch_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_campaign_touch_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_campaign_touch_campaign_id ON campaign_touch (campaign_id);
CREATE INDEX ix_campaign_touch_client_id ON campaign_touch (client_id);
CREATE INDEX ix_campaign_touch_visit_id ON campaign_touch (visit_id);
CREATE TABLE specialist_request (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    specialist_id TEXT,
    field TEXT NOT NULL,
    campaign_id TEXT,
    visit_id TEXT,
    question TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    reply TEXT,
    replied_on TEXT,
    task_id TEXT,
    closed_on TEXT,
    CONSTRAINT pk_specialist_request PRIMARY KEY (id),
    CONSTRAINT fk_specialist_request_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_specialist_request_specialist_id FOREIGN KEY(specialist_id) REFERENCES specialist (id) ON DELETE SET NULL,
    CONSTRAINT fk_specialist_request_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE SET NULL,
    CONSTRAINT fk_specialist_request_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL,
    CONSTRAINT fk_specialist_request_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_specialist_request_campaign_id ON specialist_request (campaign_id);
CREATE INDEX ix_specialist_request_client_id ON specialist_request (client_id);
CREATE INDEX ix_specialist_request_specialist_id ON specialist_request (specialist_id);
CREATE INDEX ix_specialist_request_task_id ON specialist_request (task_id);
CREATE INDEX ix_specialist_request_visit_id ON specialist_request (visit_id);
