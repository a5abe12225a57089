-- Messages of one channel are relayed and consumed apart from those of the others. Nearly all of
-- them tell of ratings, so the index leaves those out: they are found by their ids.
ALTER TABLE outbox_messages ADD COLUMN channel text NOT NULL DEFAULT 'ratings' COLLATE "C";
CREATE INDEX outbox_messages_beside_ratings ON outbox_messages (channel, id)
    WHERE channel <> 'ratings';
