-- The first schema, frozen; later revisions change it step by step.

CREATE TABLE batch (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    as_of TEXT NOT NULL,
    state TEXT NOT NULL,
    counts TEXT,
    findings TEXT,
    CONSTRAINT pk_batch PRIMARY KEY (id)
) STRICT;

CREATE TABLE change (
    id INTEGER NOT NULL,
    unit TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    command TEXT NOT NULL,
    label TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    client_id INTEGER,
    "before" TEXT,
    "after" TEXT,
    CONSTRAINT pk_change PRIMARY KEY (id)
) STRICT;
CREATE INDEX ix_change_client_id ON change (client_id);
CREATE INDEX ix_change_entity ON change (entity, entity_id);

CREATE TABLE layout (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    used_at TEXT NOT NULL,
    CONSTRAINT pk_layout PRIMARY KEY (id),
    CONSTRAINT uq_layout_name UNIQUE (name)
) STRICT;

CREATE TABLE saved_view (
    id TEXT NOT NULL,
    page TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    CONSTRAINT pk_saved_view PRIMARY KEY (id)
) STRICT;

CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
) STRICT;

CREATE TABLE batch_before (
    id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    "before" TEXT NOT NULL,
    CONSTRAINT pk_batch_before PRIMARY KEY (id),
    CONSTRAINT fk_batch_before_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_batch_before_batch_id ON batch_before (batch_id, kind);

CREATE TABLE batch_file (
    id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    layout TEXT NOT NULL,
    encoding TEXT,
    rows INTEGER NOT NULL,
    CONSTRAINT pk_batch_file PRIMARY KEY (id),
    CONSTRAINT fk_batch_file_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE branch (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT,
    batch_id INTEGER,
    first_batch_id INTEGER,
    CONSTRAINT pk_branch PRIMARY KEY (id),
    CONSTRAINT uq_branch_code UNIQUE (code),
    CONSTRAINT fk_branch_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_branch_first_batch_id FOREIGN KEY(first_batch_id) REFERENCES batch (id)
) STRICT;

CREATE TABLE product (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    risk INTEGER,
    term_days INTEGER,
    rate_bp INTEGER,
    minimum_minor INTEGER,
    currency TEXT,
    batch_id INTEGER,
    first_batch_id INTEGER,
    CONSTRAINT pk_product PRIMARY KEY (id),
    CONSTRAINT uq_product_code UNIQUE (code),
    CONSTRAINT fk_product_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_product_first_batch_id FOREIGN KEY(first_batch_id) REFERENCES batch (id)
) STRICT;

CREATE TABLE client (
    id INTEGER NOT NULL,
    number TEXT,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    pinyin_also TEXT,
    sex TEXT,
    birth_date TEXT,
    id_kind TEXT,
    id_number TEXT,
    phone TEXT,
    other_phones TEXT,
    email TEXT,
    wechat TEXT,
    address TEXT,
    district TEXT,
    occupation TEXT,
    employer TEXT,
    note TEXT,
    manager TEXT,
    manager_since TEXT,
    risk_level INTEGER,
    opened_on TEXT,
    aum_minor INTEGER,
    currency TEXT,
    aum_on TEXT,
    marketing_consent INTEGER,
    branch_id INTEGER,
    merged_into INTEGER,
    as_of TEXT,
    batch_id INTEGER,
    first_batch_id INTEGER,
    older TEXT,
    kept TEXT,
    extra TEXT,
    CONSTRAINT pk_client PRIMARY KEY (id),
    CONSTRAINT uq_client_number UNIQUE (number),
    CONSTRAINT fk_client_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
    CONSTRAINT fk_client_merged_into FOREIGN KEY(merged_into) REFERENCES client (id),
    CONSTRAINT fk_client_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_client_first_batch_id FOREIGN KEY(first_batch_id) REFERENCES batch (id)
) STRICT;
CREATE INDEX ix_client_branch_id ON client (branch_id) WHERE branch_id IS NOT NULL;
CREATE INDEX ix_client_id_number ON client (id_number);
CREATE INDEX ix_client_merged_into ON client (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ix_client_name ON client (name);

CREATE TABLE account (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    second_client_id INTEGER,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    opened_on TEXT,
    closed_on TEXT,
    balance_minor INTEGER,
    average_minor INTEGER,
    year_tx_count INTEGER,
    branch_id INTEGER,
    as_of TEXT,
    batch_id INTEGER,
    first_batch_id INTEGER,
    older TEXT,
    extra TEXT,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_number UNIQUE (number),
    CONSTRAINT fk_account_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_account_second_client_id FOREIGN KEY(second_client_id) REFERENCES client (id) ON DELETE SET NULL,
    CONSTRAINT fk_account_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
    CONSTRAINT fk_account_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_account_first_batch_id FOREIGN KEY(first_batch_id) REFERENCES batch (id)
) STRICT;
CREATE INDEX ix_account_client_id ON account (client_id);
CREATE INDEX ix_account_second_client_id ON account (second_client_id) WHERE second_client_id IS NOT NULL;

CREATE TABLE care_mark (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    kind TEXT NOT NULL,
    until TEXT,
    reason TEXT,
    score INTEGER,
    CONSTRAINT pk_care_mark PRIMARY KEY (id),
    CONSTRAINT fk_care_mark_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_care_mark_client_id ON care_mark (client_id);
CREATE INDEX ix_care_mark_on ON care_mark ("on");

CREATE TABLE client_figures (
    client_id INTEGER NOT NULL,
    currency TEXT NOT NULL,
    aum_minor INTEGER,
    aum_on TEXT,
    demand_minor INTEGER,
    idle_minor INTEGER,
    last_month INTEGER,
    month_before_minor INTEGER,
    quarter_before_minor INTEGER,
    peak_minor INTEGER,
    falling_months INTEGER,
    out_minor INTEGER,
    active_months INTEGER,
    last_own_on TEXT,
    product_kinds INTEGER NOT NULL,
    since TEXT,
    left_out TEXT,
    averages BLOB,
    ends BLOB,
    CONSTRAINT pk_client_figures PRIMARY KEY (client_id),
    CONSTRAINT fk_client_figures_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_client_figures_left_out ON client_figures (left_out) WHERE left_out IS NOT NULL;

CREATE TABLE complaint (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    severity INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    allowed_days INTEGER NOT NULL,
    state TEXT NOT NULL,
    closed_on TEXT,
    verdict TEXT,
    CONSTRAINT pk_complaint PRIMARY KEY (id),
    CONSTRAINT fk_complaint_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_complaint_client_id ON complaint (client_id);

CREATE TABLE familiarity_override (
    client_id INTEGER NOT NULL,
    familiarity TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_on TEXT NOT NULL,
    CONSTRAINT pk_familiarity_override PRIMARY KEY (client_id),
    CONSTRAINT fk_familiarity_override_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE kyc_block (
    client_id INTEGER NOT NULL,
    area TEXT NOT NULL,
    tense TEXT NOT NULL,
    text TEXT NOT NULL,
    confirmed_on TEXT,
    CONSTRAINT pk_kyc_block PRIMARY KEY (client_id, area, tense),
    CONSTRAINT fk_kyc_block_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE man_answer (
    client_id INTEGER NOT NULL,
    letter TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    CONSTRAINT pk_man_answer PRIMARY KEY (client_id, letter),
    CONSTRAINT fk_man_answer_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE occasion (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    calendar TEXT NOT NULL,
    year INTEGER,
    month INTEGER NOT NULL,
    day INTEGER,
    leap INTEGER NOT NULL,
    once INTEGER NOT NULL,
    leap_policy TEXT DEFAULT 'same' NOT NULL,
    day_policy TEXT DEFAULT 'last' NOT NULL,
    both INTEGER DEFAULT '0' NOT NULL,
    person TEXT,
    title TEXT,
    CONSTRAINT pk_occasion PRIMARY KEY (id),
    CONSTRAINT fk_occasion_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_occasion_client_id ON occasion (client_id);

CREATE TABLE referral (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    "on" TEXT NOT NULL,
    confirmed INTEGER NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id),
    CONSTRAINT fk_referral_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_referral_client_id ON referral (client_id);

CREATE TABLE visit (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    "on" TEXT NOT NULL,
    at TEXT,
    minutes INTEGER,
    two_way INTEGER NOT NULL,
    inbound INTEGER NOT NULL,
    marketing INTEGER NOT NULL,
    purpose TEXT,
    content TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT fk_visit_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_visit_client_id ON visit (client_id, "on");
CREATE INDEX ix_visit_on ON visit ("on");

CREATE TABLE holding (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    account_id INTEGER,
    product_id INTEGER,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER,
    currency TEXT NOT NULL,
    started_on TEXT,
    matures_on TEXT,
    ended_on TEXT,
    rate_bp INTEGER,
    renewed INTEGER,
    as_of TEXT,
    batch_id INTEGER,
    first_batch_id INTEGER,
    older TEXT,
    extra TEXT,
    CONSTRAINT pk_holding PRIMARY KEY (id),
    CONSTRAINT uq_holding_key UNIQUE ("key"),
    CONSTRAINT fk_holding_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_holding_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT fk_holding_product_id FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT fk_holding_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_holding_first_batch_id FOREIGN KEY(first_batch_id) REFERENCES batch (id)
) STRICT;
CREATE INDEX ix_holding_account_id ON holding (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX ix_holding_client_id ON holding (client_id);
CREATE INDEX ix_holding_matures_on ON holding (matures_on);
CREATE INDEX ix_holding_product_id ON holding (product_id) WHERE product_id IS NOT NULL;

CREATE TABLE month_fact (
    id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    account_id INTEGER,
    month INTEGER NOT NULL,
    currency TEXT NOT NULL,
    end_minor INTEGER,
    average_minor INTEGER,
    in_minor INTEGER,
    out_minor INTEGER,
    tx_count INTEGER,
    last_tx_on TEXT,
    last_own_on TEXT,
    partial INTEGER NOT NULL,
    batch_id INTEGER,
    first_batch_id INTEGER,
    CONSTRAINT pk_month_fact PRIMARY KEY (id),
    CONSTRAINT fk_month_fact_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_month_fact_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT fk_month_fact_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_month_fact_first_batch_id FOREIGN KEY(first_batch_id) REFERENCES batch (id)
) STRICT;
CREATE INDEX ix_month_fact_account_id ON month_fact (account_id) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX uq_month_fact_client_id_account_id_month ON month_fact (client_id, ifnull(account_id, 0), month);

CREATE TABLE promise (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    visit_id TEXT,
    text TEXT NOT NULL,
    made_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_promise PRIMARY KEY (id),
    CONSTRAINT fk_promise_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_promise_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_promise_client_id ON promise (client_id);
