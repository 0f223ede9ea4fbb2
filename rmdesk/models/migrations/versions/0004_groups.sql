CREATE TABLE capital_figure (
    id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    net_minor INTEGER,
    tier1_minor INTEGER,
    currency TEXT NOT NULL,
    source TEXT,
    CONSTRAINT pk_capital_figure PRIMARY KEY (id),
    CONSTRAINT uq_capital_figure_on UNIQUE ("on")
) STRICT;
CREATE TABLE group_client (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT,
    made_on TEXT NOT NULL,
    CONSTRAINT pk_group_client PRIMARY KEY (id)
) STRICT;
CREATE TABLE credit_party (
    id TEXT NOT NULL,
    client_id INTEGER,
    name TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_credit_party PRIMARY KEY (id),
    CONSTRAINT fk_credit_party_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_credit_party_client_id ON credit_party (client_id) WHERE client_id IS NOT NULL;
CREATE TABLE exposure (
    id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER,
    currency TEXT NOT NULL,
    draft INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_exposure PRIMARY KEY (id),
    CONSTRAINT fk_exposure_party_id FOREIGN KEY(party_id) REFERENCES credit_party (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_exposure_party_id ON exposure (party_id);
CREATE TABLE group_member (
    id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    under_id TEXT,
    share_bp INTEGER,
    note TEXT,
    CONSTRAINT pk_group_member PRIMARY KEY (id),
    CONSTRAINT fk_group_member_group_id FOREIGN KEY(group_id) REFERENCES group_client (id) ON DELETE CASCADE,
    CONSTRAINT fk_group_member_party_id FOREIGN KEY(party_id) REFERENCES credit_party (id) ON DELETE CASCADE,
    CONSTRAINT fk_group_member_under_id FOREIGN KEY(under_id) REFERENCES credit_party (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_group_member_group_id ON group_member (group_id);
CREATE INDEX ix_group_member_party_id ON group_member (party_id);
CREATE INDEX ix_group_member_under_id ON group_member (under_id) WHERE under_id IS NOT NULL;
CREATE TABLE guarantee (
    id TEXT NOT NULL,
    guarantor_id TEXT NOT NULL,
    debtor_id TEXT NOT NULL,
    amount_minor INTEGER,
    currency TEXT NOT NULL,
    as_of TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_guarantee PRIMARY KEY (id),
    CONSTRAINT fk_guarantee_guarantor_id FOREIGN KEY(guarantor_id) REFERENCES credit_party (id) ON DELETE CASCADE,
    CONSTRAINT fk_guarantee_debtor_id FOREIGN KEY(debtor_id) REFERENCES credit_party (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_guarantee_debtor_id ON guarantee (debtor_id);
CREATE INDEX ix_guarantee_guarantor_id ON guarantee (guarantor_id);
