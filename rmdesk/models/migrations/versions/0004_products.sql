CREATE TABLE product_card (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    facts TEXT NOT NULL,
    suits TEXT,
    talk TEXT,
    written_on TEXT NOT NULL,
    CONSTRAINT pk_product_card PRIMARY KEY (id),
    CONSTRAINT uq_product_card_code UNIQUE (code)
) STRICT;
ALTER TABLE client ADD COLUMN risk_on TEXT;
CREATE TABLE asset_elsewhere (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER,
    currency TEXT NOT NULL,
    confirmed_on TEXT NOT NULL,
    matures_on TEXT,
    note TEXT,
    CONSTRAINT pk_asset_elsewhere PRIMARY KEY (id),
    CONSTRAINT fk_asset_elsewhere_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_asset_elsewhere_client_id ON asset_elsewhere (client_id);
CREATE TABLE renewal_plan (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    holding_key TEXT NOT NULL,
    way TEXT NOT NULL,
    product_code TEXT,
    "on" TEXT,
    note TEXT,
    planned_on TEXT NOT NULL,
    CONSTRAINT pk_renewal_plan PRIMARY KEY (id),
    CONSTRAINT fk_renewal_plan_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT uq_renewal_plan_holding_key UNIQUE (holding_key)
) STRICT;
CREATE INDEX ix_renewal_plan_client_id ON renewal_plan (client_id);
