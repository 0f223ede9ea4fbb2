CREATE TRIGGER search_renewal_plan_insert AFTER INSERT ON renewal_plan BEGIN INSERT INTO search_change VALUES ('renewal_plan', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_renewal_plan_delete AFTER DELETE ON renewal_plan BEGIN INSERT INTO search_change VALUES ('renewal_plan', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_renewal_plan_update AFTER UPDATE OF client_id, note, "on" ON renewal_plan BEGIN INSERT INTO search_change VALUES ('renewal_plan', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_asset_elsewhere_insert AFTER INSERT ON asset_elsewhere BEGIN INSERT INTO search_change VALUES ('asset_elsewhere', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_asset_elsewhere_delete AFTER DELETE ON asset_elsewhere BEGIN INSERT INTO search_change VALUES ('asset_elsewhere', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_asset_elsewhere_update AFTER UPDATE OF client_id, confirmed_on, note, place ON asset_elsewhere BEGIN INSERT INTO search_change VALUES ('asset_elsewhere', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_product_card_insert AFTER INSERT ON product_card BEGIN INSERT INTO search_change VALUES ('product_card', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_product_card_delete AFTER DELETE ON product_card BEGIN INSERT INTO search_change VALUES ('product_card', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_product_card_update AFTER UPDATE OF code, facts, suits, talk, written_on ON product_card BEGIN INSERT INTO search_change VALUES ('product_card', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
