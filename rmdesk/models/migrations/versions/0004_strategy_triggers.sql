CREATE TRIGGER search_campaign_insert AFTER INSERT ON campaign BEGIN INSERT INTO search_change VALUES ('campaign', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_campaign_delete AFTER DELETE ON campaign BEGIN INSERT INTO search_change VALUES ('campaign', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_campaign_update AFTER UPDATE OF name, script, note, made_on ON campaign BEGIN INSERT INTO search_change VALUES ('campaign', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_campaign_touch_insert AFTER INSERT ON campaign_touch BEGIN INSERT INTO search_change VALUES ('campaign_touch', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_campaign_touch_delete AFTER DELETE ON campaign_touch BEGIN INSERT INTO search_change VALUES ('campaign_touch', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_campaign_touch_update AFTER UPDATE OF client_id, "on", note ON campaign_touch BEGIN INSERT INTO search_change VALUES ('campaign_touch', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_specialist_request_insert AFTER INSERT ON specialist_request BEGIN INSERT INTO search_change VALUES ('specialist_request', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_specialist_request_delete AFTER DELETE ON specialist_request BEGIN INSERT INTO search_change VALUES ('specialist_request', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_specialist_request_update AFTER UPDATE OF client_id, asked_on, question, reply ON specialist_request BEGIN INSERT INTO search_change VALUES ('specialist_request', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
